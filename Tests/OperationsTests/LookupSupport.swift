import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

extension Wallet {
    var pharmacy: Caller { stage.pharmacy }

    /// Asks to see somebody's records; the customer's own without a name.
    func ask(_ name: String? = nil, key: String? = nil) async throws -> PrescriptionLookup {
        let answered = try await gateway.startLookup(
            userID: name ?? userID, caller: pharmacy,
            identity: stage.identity("lookups", key: key, name ?? userID))
        return try await look(try Stage.id(in: answered))
    }

    /// Looks at a look-up without being told to slow down.
    func look(_ id: LookupID, known: Int? = nil, seconds: Int = 1) async throws -> PrescriptionLookup {
        try await gateway.lookup(
            id, caller: pharmacy, wait: WaitRequest(seconds: seconds, knownVersion: known))
    }

    /// Offers a code for a look-up's question, on its page.
    func offer(
        _ lookup: PrescriptionLookup, _ factor: Factor, _ code: Redacted<String>?
    ) async throws -> String {
        let id = lookup.confirmation.id
        let answered = try await gateway.offerFactor(
            id, FactorOffer(factor: factor, code: code),
            by: .page(token: gateway.keys.pageToken(for: id)), identity: nil)
        let words = String(decoding: answered.body, as: UTF8.self).split(separator: " ")
        return words.last.map(String.init) ?? ""
    }

    /// What the page of a look-up's question shows.
    func page(_ lookup: PrescriptionLookup) async throws -> ConfirmationPageView {
        let id = lookup.confirmation.id
        return try await gateway.confirmationPage(
            id, pageToken: gateway.keys.pageToken(for: id),
            wait: WaitRequest(seconds: 1, knownVersion: nil))
    }

    /// The customer answers in the app.
    func answer(_ lookup: PrescriptionLookup, _ verdict: Verdict = .approve) async throws {
        let id = lookup.confirmation.id
        let compact = try await stage.signed(id, by: actor.app, verdict)
        _ = try await gateway.answer(id, compact: compact, from: actor.app.id)
    }

    /// A code that is none of the customer's.
    var wrongCode: Redacted<String> { Redacted("none") }
}

/// A record of a customer as it would be after its filing, without a text.
struct PlacedRecord: Command {
    let customer: CustomerID
    let owner: Owner
    let version: Int
    var status = PrescriptionStatus.open

    func run(in transaction: Transaction) throws -> PrescriptionID {
        let id: PrescriptionID = transaction.makeID()
        try transaction.db.execute(
            sql: """
                INSERT INTO prescriptions (id, merchant, is_live, kind, record_key, version, patient_hash,
                    signer_hash, status, flaw, valid_to, created_at, updated_at)
                SELECT ?, ?, ?, 'prescriber', ?, ?, person_number_hash, x'01', ?, ?, '2027-01-01', 0, 0
                FROM customers WHERE id = ?
                """,
            arguments: [
                id.text, owner.merchant.text, owner.isLive, Data("record \(version)".utf8), version,
                status.rawValue, status == .invalid ? "rx_signature_invalid" : nil, customer.text,
            ])
        return id
    }
}

/// What somebody outside can tell two look-ups apart by, apart from what is drawn anew for each.
struct Look: Hashable {
    let status: LookupStatus
    let confirmation: ConfirmationStatus
    let expiresAt: Instant
    let openUntil: Instant?
    let hasRecords: Bool
    let version: Int
    let numberLength: Int
    let idAge: Int64
    let page: [String]

    init(_ lookup: PrescriptionLookup, _ page: ConfirmationPageView, at now: Instant) {
        status = lookup.status
        confirmation = lookup.confirmation.status
        expiresAt = lookup.confirmation.expiresAt
        openUntil = lookup.openUntil
        hasRecords = lookup.records != nil
        version = lookup.version
        numberLength = lookup.keyNumber.filter(\.isNumber).count
        idAge = now.milliseconds - lookup.confirmation.id.instant.milliseconds
        self.page = [
            page.status.rawValue, page.kind.rawValue, page.payee, "\(page.money == nil)",
            "\(page.matchCode?.text.count ?? 0)", page.expiresAt.rfc3339, "\(page.version)",
            "\(page.returnURL == nil)",
        ]
    }
}
