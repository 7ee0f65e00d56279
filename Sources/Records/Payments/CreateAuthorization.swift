import Decisions
import Foundation
import GRDB
package import Lifecycles
import Notation
import Proofs
package import Vocabulary

/// The merchant's side of the facts, as its file says at this moment.
package struct MerchantTerms: Sendable, Hashable {
    package let payee: DisplayName
    package let isSuspended: Bool
    package let isPharmacy: Bool
    package let currencies: Set<Currency>
    /// For the currency of the request, minor units.
    package let limitMinor: Int64?

    package init(
        payee: DisplayName, isSuspended: Bool, isPharmacy: Bool, currencies: Set<Currency>, limitMinor: Int64?
    ) {
        self.payee = payee
        self.isSuspended = isSuspended
        self.isPharmacy = isPharmacy
        self.currencies = currencies
        self.limitMinor = limitMinor
    }
}

/// What a merchant asks for; every value is valid already.
package struct AuthorizationDraft: Sendable, Hashable {
    package let money: Money
    package let card: CardTokenID
    package let capture: CaptureMode
    package let order: Order
    package let orderDigest: String
    package let replaces: AuthorizationID?
    package let returnURL: String?
    package let metadata: [Metadata]

    package init(
        money: Money, card: CardTokenID, capture: CaptureMode, order: Order, orderDigest: String,
        replaces: AuthorizationID?, returnURL: String?, metadata: [Metadata]
    ) {
        self.money = money
        self.card = card
        self.capture = capture
        self.order = order
        self.orderDigest = orderDigest
        self.replaces = replaces
        self.returnURL = returnURL
        self.metadata = metadata
    }

    /// SHA-256 of the RFC 8785 form of what was asked: the request hash of a leaf (LOG-LEAF).
    func digest() throws -> [UInt8] {
        var asked = JSONObject()
        asked.set("amount", .integer(money.amountMinor))
        asked.set("capture", .text(capture.rawValue))
        asked.set("card", .text(card.text))
        asked.set("currency", .text(money.currency.code))
        asked.set("metadata", .text(AuthorizationReading.metadataText(metadata)))
        asked.set("order_digest", .text(orderDigest))
        asked.set("order_reference", .text(order.reference.text))
        asked.set("replaces", replaces.map { .text($0.text) } ?? .null)
        asked.set("return_url", returnURL.map { .text($0) } ?? .null)
        return Digest.sha256(try JSON.object(asked).canonical())
    }
}

/// How long questions live and how many may be put.
package struct ConfirmationTerms: Sendable, Hashable {
    package let seconds: Int
    package let pushBudget: Int
    package let pushWindowSeconds: Int

    package init(seconds: Int, pushBudget: Int, pushWindowSeconds: Int) {
        self.seconds = seconds
        self.pushBudget = pushBudget
        self.pushWindowSeconds = pushWindowSeconds
    }
}

/// T1: the authorization with its decision, and the question to the customer when the rules let it through.
package struct CreateAuthorization: Command {
    package let owner: Owner
    package let draft: AuthorizationDraft
    package let merchant: MerchantTerms
    package let terms: ConfirmationTerms
    package let pharmacy: PharmacyOrder
    package let key: RequestKey?

    package init(
        owner: Owner, draft: AuthorizationDraft, merchant: MerchantTerms, terms: ConfirmationTerms,
        pharmacy: PharmacyOrder, key: RequestKey?
    ) {
        self.owner = owner
        self.draft = draft
        self.merchant = merchant
        self.terms = terms
        self.pharmacy = pharmacy
        self.key = key
    }

    /// What was answered, and the authorization unless it was a replay.
    package struct Outcome: Sendable {
        package let answer: WrittenAnswer
        package let created: Authorization?
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        if case .answered(let first) = try transaction.state(of: key) {
            return Outcome(answer: first, created: nil)
        }
        let token = try transaction.take(draft.card, for: owner)
        try transaction.checkReplaced(draft.replaces, of: owner)
        try transaction.supersede(draft.order.reference, of: owner)
        guard let card = AuthorizationReading.card(token) else {
            throw LedgerFault.unreadable(table: "card_tokens", id: draft.card.text)
        }
        let facts = try transaction.createFacts(
            draft, card: card, fingerprint: token["fingerprint"], merchant: merchant, terms: terms,
            pharmacy: pharmacy)
        try transaction.keep(pharmacy.evidence)
        let decision = RuleSet.create.decide(facts.rules, at: transaction.now)
        var authorization = authorization(card: card, customer: facts.customer, decision, in: transaction)
        try transaction.insert(authorization, draft: draft, orderSealed: pharmacy.orderSealed)
        if decision.decline == nil, let customer = facts.customer {
            try transaction.makeWay(for: facts.drawn, replacing: draft.replaces, of: owner)
            try transaction.reserve(facts.drawn, for: authorization.id)
            authorization.holds = try HoldRecord.all(of: authorization.id, in: transaction.db).map(\.summary)
            authorization.confirmation = try transaction.openConfirmation(
                NewConfirmation(
                    kind: .cardPayment, authorization: authorization.id, subject: nil, customer: customer,
                    merchant: owner.merchant, payee: merchant.payee, seconds: terms.seconds))
        }
        let events: [AuthorizationEvent] = decision.decline == nil ? [.created] : [.created, .declined]
        try transaction.record(
            events, of: &authorization, from: nil,
            decision: DecisionDraft(.create, decision, otherwise: "go_on"),
            secrets: [LeafSecret("request", try draft.digest())] + evidence(of: facts.drawn, in: transaction))
        let answer = try transaction.answer(.authorization(authorization, isNew: true), for: key)
        return Outcome(answer: answer, created: authorization)
    }

    private func authorization(
        card: MaskedCard, customer: CustomerID?, _ decision: Decision, in transaction: Transaction
    ) -> Authorization {
        let state: AuthorizationState =
            decision.decline.map { .declined(decline($0, by: decision)) } ?? .requiresConfirmation
        return Authorization(
            id: transaction.makeID(), merchant: owner.merchant, isLive: owner.isLive, customer: customer,
            money: draft.money, capture: draft.capture, card: card, order: draft.order,
            metadata: draft.metadata, returnURL: draft.returnURL, replaces: draft.replaces,
            createdAt: transaction.now, updatedAt: transaction.now, version: 1,
            lifecycle: AuthorizationLifecycle(
                state: state, sums: AuthorizationSums(authorized: draft.money.amountMinor)),
            confirmation: nil, decisions: [])
    }

    /// For each line on a prescription: the hash of the signed record, and who signed it.
    private func evidence(of drawn: [DrawnRecord], in transaction: Transaction) throws -> [LeafSecret] {
        try drawn.flatMap { record in
            let filing = try FilingRow.current(of: record.row.id, in: transaction.db)
            return [
                LeafSecret("record:\(record.orderLine)", filing?.recordDigest ?? []),
                LeafSecret("signer:\(record.orderLine)", record.row.signerHash ?? []),
            ]
        }
    }

    private func isAboutTheOrderOnly(_ decision: Decision) -> Bool {
        guard decision.decline == .rxMissing, let line = decision.declinedLine else { return false }
        return draft.order.lines[line].prescription == nil
    }

    /// A pharmacy that the patient turned to sees the reason itself; everybody else a class (RX-PRIVACY).
    /// That a line of its own order names no record says nothing about anybody.
    private func decline(_ reason: DeclineReason, by decision: Decision) -> Decline {
        Decline(
            reason: reason, line: decision.declinedLine,
            isOpenToPharmacy: pharmacy.pharmacy != nil && reason.by == .prescription
                && (isAboutTheOrderOnly(decision) || decision.passed("patient-matches")),
            nextFrom: decision.nextDay)
    }
}

extension Transaction {
    /// `replaces` names an authorization of the same merchant.
    func checkReplaced(_ id: AuthorizationID?, of owner: Owner) throws {
        guard let id else { return }
        guard try AuthorizationReading.find(id, of: owner, in: db) != nil else {
            throw Rejection.replacesUnknown
        }
    }

    /// A newer request for the same order takes the place of the one that still waits (SCA-12).
    func supersede(_ reference: OrderReference, of owner: Owner) throws {
        let waiting = try rows(
            """
            SELECT c.* FROM authorizations a JOIN confirmations c ON c.authorization = a.id
            WHERE a.merchant = ? AND a.is_live = ? AND a.order_reference = ?
                AND a.status = 'requires_confirmation'
            """,
            [owner.merchant, owner.isLive, reference.text])
        for row in waiting {
            var confirmation = try ConfirmationRecord(row)
            if isOverdue(confirmation) {
                try expire(&confirmation)
                continue
            }
            try close(&confirmation, by: .supersede)
            guard let id = confirmation.authorization else { continue }
            var authorization = try authorization(id)
            try apply(.cancel, to: &authorization)
        }
    }

    /// An authorization that still holds what the new one draws on gives way to it.
    fileprivate func makeWay(
        for drawn: [DrawnRecord], replacing id: AuthorizationID?, of owner: Owner
    ) throws {
        guard let id, !drawn.isEmpty else { return }
        // Looked up first: if its time is over, its holds are.
        var replaced = try current(id, of: owner)
        let isHolding = try HoldRecord.all(of: id, in: db).contains { hold in
            hold.lifecycle.status.isActive
                && drawn.contains { $0.recordKey == hold.recordKey && $0.line.id == hold.line }
        }
        guard isHolding else { return }
        try cancel(&replaced)
    }

    func insert(_ authorization: Authorization, draft: AuthorizationDraft, orderSealed: [UInt8]?) throws {
        // Lines with product numbers stand in the sealed order only.
        let shown = orderSealed == nil ? draft.order : draft.order.withoutProducts
        let document = String(decoding: OrderDocument.json(shown).written(), as: UTF8.self)
        try execute(
            """
            INSERT INTO authorizations (id, merchant, is_live, customer, card_token, brand, first6, last4,
                exp_month, exp_year, amount, currency, capture_mode, order_reference, order_document,
                order_digest, metadata, return_url, replaces, status, decline_reason, decline_line,
                decline_next_from, decline_is_open, prescription_lines, order_sealed, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                authorization.id, authorization.merchant, authorization.isLive, authorization.customer,
                draft.card, authorization.card.brand.rawValue, authorization.card.first6,
                authorization.card.last4, authorization.card.expiry.month, authorization.card.expiry.year,
                authorization.money.amountMinor, authorization.money.currency.code,
                authorization.capture.rawValue, draft.order.reference.text, document, draft.orderDigest,
                AuthorizationReading.metadataText(draft.metadata), draft.returnURL, draft.replaces,
                authorization.status.rawValue, authorization.decline?.reason.rawValue,
                authorization.decline?.line, authorization.decline?.nextFrom?.description,
                authorization.decline?.isOpenToPharmacy ?? false,
                draft.order.lines.count { $0.prescription != nil }, orderSealed.map { Data($0) }, now, now,
            ])
        for record in Set(draft.order.lines.compactMap(\.prescription?.record)) {
            try execute(
                "INSERT INTO order_records (authorization, prescription) VALUES (?, ?)",
                [authorization.id, record])
        }
    }
}
