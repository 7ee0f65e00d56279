import Decisions
import GRDB
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// A pharmacy stage whose time stands still and whose bank is the test itself: nothing happens by itself.
struct StillPharmacy: Sendable {
    let rx: PharmacyStage
    let clock: ManualClock

    var stage: Stage { rx.stage }
    var gateway: Gateway { rx.gateway }
    var ledger: Ledger { rx.gateway.ledger }
    var pharmacy: Caller { stage.pharmacy }
    var otherPharmacy: Caller { stage.otherPharmacy }

    init(_ change: (inout Stage.Options) -> Void = { _ in }) async throws {
        let clock = ManualClock()
        self.clock = clock
        var options = Stage.Options()
        options.clock = clock
        options.isRunning = false
        change(&options)
        let made = options
        rx = try await PharmacyStage { $0 = made }
    }

    // MARK: People

    /// A customer of their own card; `number` tells the cards apart.
    func person(_ person: SpecimenPatient, _ number: Int) async throws -> Actor {
        try await rx.patient(person, card: try cardNumber(number))
    }

    /// Somebody may act for a patient from today on.
    @discardableResult
    func relate(
        _ holder: Actor, to patient: SpecimenPatient, _ kind: RelationKind = .powerOfAttorney
    ) async throws -> RelationID {
        try await gateway.issuer.addRelation(
            NewRelation(
                kind: kind, patient: try PersonNumber(patient.number), holder: holder.id, from: nil, to: nil,
                isApproved: true)
        ).id
    }

    // MARK: Records

    /// A record of these lines, filed now.
    func file(
        _ lines: [PrescribedLine], of person: SpecimenPatient = .kaja, record: String = "rx-1",
        version: Int64 = 1, by signer: SpecimenSigner = .doctor
    ) async throws -> PrescriptionID {
        try await rx.file(
            rx.content(lines, of: person, record: record, version: version, by: signer), by: signer)
    }

    /// Takes a record back on its signer's word.
    @discardableResult
    func cancel(
        _ id: PrescriptionID, record: String = "rx-1", version: Int64 = 1, by signer: SpecimenSigner = .doctor
    ) async throws -> Answered {
        let compact = try rx.trust.pki.cancel(
            record: record, version: version, reason: "another medicine instead", by: signer, at: clock.now())
        return try await gateway.cancelPrescription(
            id, FilingRequest(compact: compact, stapled: []), caller: stage.clinic,
            identity: stage.identity("cancel \(id.text)"))
    }

    func status(of record: PrescriptionID) async throws -> String? {
        try await stage.texts("SELECT status FROM prescriptions WHERE id = ?", record.text).first
    }

    /// What is left of the first line, by a dry run of the clinic that filed the record.
    func coverage(of record: PrescriptionID) async throws -> LineCoverage? {
        try await gateway.dryRun(record, DryRunRequest(), caller: stage.clinic).lines.first?.coverage
    }

    // MARK: The payment's steps, one transaction each

    /// T1.
    func order(
        _ actor: Actor, _ draws: [Draw], reference: String? = nil, for patient: PersonNumber? = nil,
        replaces: AuthorizationID? = nil, at caller: Caller? = nil
    ) async throws -> Authorization {
        try await rx.order(
            actor, draws, reference: reference, for: patient, replaces: replaces, at: caller)
    }

    /// T2.
    @discardableResult
    func answer(
        _ asked: Authorization, by actor: Actor, _ verdict: Verdict = .approve
    ) async throws -> FactorAttempt {
        try await stage.answer(asked, by: actor.app, verdict)
    }

    /// T3.
    @discardableResult
    func bank(
        _ id: AuthorizationID, says result: AuthorizeResult? = nil
    ) async throws -> SettleAuthorize.Outcome {
        let intent = try #require(
            try await ledger.read { db in try IntentRecord.original(of: id, in: db) })
        return try await ledger.submit(
            SettleAuthorize(
                intent: intent.id,
                result: result ?? .approved(approvedMinor: intent.amountMinor, code: "A1B2C3"),
                daysToCapture: gateway.settings.authorizationDays))
    }

    /// T1 to T3.
    func approved(_ actor: Actor, _ draws: [Draw], at caller: Caller? = nil) async throws -> Authorization {
        let asked = try await order(actor, draws, at: caller)
        try await answer(asked, by: actor)
        try await bank(asked.id)
        return try await load(asked.id)
    }

    /// T1 to the end of a final capture.
    func paid(_ actor: Actor, _ draws: [Draw], at caller: Caller? = nil) async throws -> Authorization {
        let id = try await approved(actor, draws, at: caller).id
        try await capture(id)
        return try await load(id)
    }

    func beginCapture(_ id: AuthorizationID, _ amount: Int64? = nil, isFinal: Bool = true) async throws {
        _ = try await ledger.submit(
            BeginCapture(
                id: id, owner: try await owner(of: id), amountMinor: amount, isFinal: isFinal, key: nil))
    }

    func beginRefund(_ id: AuthorizationID, _ amount: Int64? = nil) async throws {
        _ = try await ledger.submit(
            BeginRefund(id: id, owner: try await owner(of: id), amountMinor: amount, reason: nil, key: nil))
    }

    /// The bank's word on every capture and refund that is open.
    func settle(_ id: AuthorizationID, isAccepted: Bool = true) async throws {
        let open = try await stage.texts(
            """
            SELECT id FROM intents WHERE authorization = ? AND status = 'open'
                AND kind IN ('capture', 'refund') ORDER BY id
            """, id.text)
        for intent in open.compactMap({ IntentID($0) }) {
            try await ledger.submit(SettleFollowUp(intent: intent, isAccepted: isAccepted))
        }
    }

    func capture(_ id: AuthorizationID, _ amount: Int64? = nil, isFinal: Bool = true) async throws {
        try await beginCapture(id, amount, isFinal: isFinal)
        try await settle(id)
    }

    func refund(_ id: AuthorizationID, _ amount: Int64? = nil) async throws {
        try await beginRefund(id, amount)
        try await settle(id)
    }

    func giveUp(_ id: AuthorizationID) async throws {
        _ = try await ledger.submit(
            CancelAuthorization(id: id, owner: try await owner(of: id), key: nil))
    }

    func sweep() async throws { _ = try await ledger.submit(Sweep(keepAnswersDays: 31)) }

    // MARK: What stands

    func load(_ id: AuthorizationID) async throws -> Authorization {
        try #require(try await ledger.read { db in try AuthorizationReading.find(id, of: nil, in: db) })
    }

    func owner(of id: AuthorizationID) async throws -> Owner {
        let found = try await load(id)
        return Owner(merchant: found.merchant, isLive: found.isLive)
    }

    /// How the holds of an order stand, by its lines.
    func holds(of id: AuthorizationID) async throws -> [String] {
        try await stage.texts("SELECT status FROM holds WHERE authorization = ? ORDER BY order_line", id.text)
    }

    /// The words of what a request was refused with, where they are rejections of the writer.
    func broken() async throws -> [String] { try await stage.brokenInvariants() }

    func stop() async { await stage.stop() }
}

extension Stage {
    /// What breaks the invariants of pharmacy orders.
    func brokenInvariants() async throws -> [String] {
        try await gateway.ledger.read { db in
            try PharmacyInvariants.check { try String.fetchAll(db, sql: $0) }
        }
    }
}

/// Why the writer rejected something, or nil.
func rejection(_ body: () async throws -> Void) async throws -> Rejection? {
    do {
        try await body()
        return nil
    } catch let rejection as Rejection {
        return rejection
    }
}
