import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Vocabulary

extension Bench {
    /// The number on the shop's page, in every test of the records.
    static let matchCode = MatchCode("47")

    func terms(seconds: Int = 300, pushBudget: Int = 1_000) -> ConfirmationTerms {
        ConfirmationTerms(seconds: seconds, pushBudget: pushBudget, pushWindowSeconds: 600)
    }

    /// The command that asks for a payment; not yet submitted.
    func asking(
        _ token: CardTokenID, amount: Int64 = 100, reference: String = "1001",
        capture: CaptureMode = .manual, of owner: Owner? = nil, isSuspended: Bool = false,
        key: RequestKey? = nil
    ) throws -> CreateAuthorization {
        let order = Order(
            reference: try OrderReference(reference),
            lines: [
                OrderLine(
                    kind: .goods, description: try PlainText("Kanariefugl", maximum: 100), quantity: 1,
                    unitAmountMinor: amount, productNumber: nil, prescription: nil)
            ])
        return CreateAuthorization(
            owner: owner ?? shop,
            draft: AuthorizationDraft(
                money: try Money(amountMinor: amount, currency: .dkk), card: token, capture: capture,
                order: order, orderDigest: "digest-of-" + reference, replaces: nil, returnURL: nil,
                metadata: []),
            merchant: MerchantTerms(
                payee: try DisplayName("Bogbixen ApS"), isSuspended: isSuspended, isPharmacy: false,
                currencies: [.dkk], limitMinor: nil),
            terms: terms(), pharmacy: .none(guardianUntilAge: 15, attestationSeconds: 600), key: key)
    }

    /// T1.
    func create(
        _ person: Person, amount: Int64 = 100, reference: String = "1001", capture: CaptureMode = .manual,
        of owner: Owner? = nil, isSuspended: Bool = false
    ) async throws -> Authorization {
        let token = try await token(of: person, for: owner)
        let outcome = try await ledger.submit(
            try asking(
                token, amount: amount, reference: reference, capture: capture, of: owner,
                isSuspended: isSuspended))
        guard let created = outcome.created else { throw BenchError.bad("replayed") }
        return created
    }

    /// A signed answer of a person's app, checked but not yet recorded.
    func answering(
        _ authorization: Authorization, by person: Person, _ verdict: Verdict = .approve, code: String = "47"
    ) async throws -> RecordAnswer {
        guard let id = authorization.confirmation?.id, let matchCode = Self.matchCode else {
            throw BenchError.bad("confirmation")
        }
        let pending = try await ledger.submit(FetchStatements(device: person.device))
        guard let question = pending.first(where: { $0.id == id }) else { throw BenchError.bad("not asked") }
        let compact = try AnswerDraft.sign(
            statement: question.statement, verdict: verdict, verifiedBy: .pin,
            matchCode: verdict == .approve ? MatchCode(code) : nil, device: person.device, key: person.key)
        return RecordAnswer(
            answer: try Answer.verify(
                compact, statement: question.statement, key: person.key.publicKey, device: person.device),
            matchCode: matchCode, payeeNow: try DisplayName("Bogbixen ApS"),
            terms: AnswerTerms(wrongAnswers: 5, reportBlockSeconds: 86_400))
    }

    /// T2.
    @discardableResult
    func answer(
        _ authorization: Authorization, by person: Person, _ verdict: Verdict = .approve, code: String = "47"
    ) async throws -> FactorAttempt {
        try await ledger.submit(try await answering(authorization, by: person, verdict, code: code))
    }

    /// T3.
    @discardableResult
    func settle(
        _ id: AuthorizationID, _ result: AuthorizeResult? = nil, secondsToAnswer: Int? = nil
    ) async throws -> SettleAuthorize.Outcome {
        let intent = try await ledger.read { db in try IntentRecord.original(of: id, in: db) }
        guard let intent else { throw BenchError.bad("no intent") }
        return try await ledger.submit(
            SettleAuthorize(
                intent: intent.id,
                result: result ?? .approved(approvedMinor: intent.amountMinor, code: "A1B2C3"),
                daysToCapture: [.visa: 7], secondsToAnswer: secondsToAnswer))
    }

    /// T1 to T3 with a yes everywhere.
    func approved(
        _ person: Person, amount: Int64 = 100, reference: String = "1001", capture: CaptureMode = .manual
    ) async throws -> AuthorizationID {
        let asked = try await create(person, amount: amount, reference: reference, capture: capture)
        try await answer(asked, by: person)
        try await settle(asked.id)
        return asked.id
    }

    func load(_ id: AuthorizationID) async throws -> Authorization {
        let found = try await ledger.read { db in try AuthorizationReading.find(id, of: nil, in: db) }
        guard let found else { throw BenchError.bad(id.text) }
        return found
    }

    func beginCapture(
        _ id: AuthorizationID, _ amount: Int64?, isFinal: Bool = true, key: RequestKey? = nil
    ) async throws -> FollowUpStart {
        try await ledger.submit(
            BeginCapture(id: id, owner: shop, amountMinor: amount, isFinal: isFinal, key: key))
    }

    func beginRefund(
        _ id: AuthorizationID, _ amount: Int64?, key: RequestKey? = nil
    ) async throws -> FollowUpStart {
        try await ledger.submit(
            BeginRefund(id: id, owner: shop, amountMinor: amount, reason: nil, key: key))
    }

    /// Ends an intent that was begun.
    func end(_ start: FollowUpStart, isAccepted: Bool = true) async throws {
        guard case .begun(let intent) = start else { throw BenchError.bad("not begun") }
        try await ledger.submit(SettleFollowUp(intent: intent, isAccepted: isAccepted))
    }

    func capture(_ id: AuthorizationID, _ amount: Int64?, isFinal: Bool = true) async throws {
        try await end(try await beginCapture(id, amount, isFinal: isFinal))
    }

    func cancel(_ id: AuthorizationID, key: RequestKey? = nil) async throws -> WrittenAnswer {
        try await ledger.submit(CancelAuthorization(id: id, owner: shop, key: key))
    }

    /// The open intents of an authorization as `kind amount`.
    func openIntents(of id: AuthorizationID) async throws -> [String] {
        try await texts(
            """
            SELECT kind || ' ' || amount FROM intents WHERE authorization = ? AND status = 'open' ORDER BY id
            """, [id])
    }

    /// Ends the reversal of an authorization.
    func endReversal(of id: AuthorizationID) async throws {
        let found = try await texts(
            "SELECT id FROM intents WHERE authorization = ? AND kind = 'reversal'", [id])
        guard let intent = found.first.flatMap({ IntentID($0) }) else { throw BenchError.bad("reversal") }
        try await ledger.submit(SettleFollowUp(intent: intent, isAccepted: true))
    }

    /// A payment with all that can happen to one: approved, captured in part, refunded, the rest given up.
    func wholeLife(_ person: Person, reference: String = "1001") async throws -> AuthorizationID {
        let id = try await approved(person, reference: reference)
        try await capture(id, 60, isFinal: false)
        try await end(try await beginCapture(id, 10, isFinal: false), isAccepted: false)
        try await end(try await beginRefund(id, 20))
        _ = try await cancel(id)
        try await endReversal(of: id)
        return id
    }

    func key(
        _ text: String, route: String = "authorize", of owner: Owner? = nil, _ parameters: [String: String]
    )
        -> RequestKey
    {
        RequestKey(
            stored: StoredAnswerKey(owner: owner ?? shop, route: route, key: text),
            parameters: parameters.map { RequestKey.Parameter(name: $0.key, digest: Array($0.value.utf8)) })
    }
}
