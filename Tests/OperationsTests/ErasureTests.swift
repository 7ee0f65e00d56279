import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Two administrators on a stage of another kind.
struct Registrars {
    let first: Operations.Actor
    let second: Operations.Actor

    init(on gateway: Gateway) async throws {
        func id(_ userID: String) async throws -> OperatorID {
            try #require(try await gateway.ledger.operators().first { $0.userID == userID }).id
        }
        _ = try await gateway.addOperator(try Office.candidate("anna-admin", .administrator), by: .local)
        first = .operator(try await id("anna-admin"), .administrator)
        _ = try await gateway.addOperator(try Office.candidate("bo-admin", .administrator), by: first)
        second = .operator(try await id("bo-admin"), .administrator)
    }

    @discardableResult
    func erase(_ customer: CustomerID, on gateway: Gateway) async throws -> ChangeMade {
        let change = try await gateway.requestChange(.eraseCustomer(customer), by: first)
        return try await gateway.approveChange(change.id, digest: change.digestText, by: second)
    }
}

@Suite struct ErasureTests {
    /// Values as they lie in the file before an erasure: whole sealed blobs, hashes, texts.
    private func canaries(of customer: CustomerID, in stage: Stage) async throws -> [Data] {
        try await stage.gateway.ledger.read { db in
            let id = customer.text
            let queries = [
                "SELECT name_sealed FROM customers WHERE id = ?",
                "SELECT person_number_sealed FROM customers WHERE id = ?",
                "SELECT person_number_hash FROM customers WHERE id = ?",
                "SELECT CAST(user_id AS BLOB) FROM customers WHERE id = ?",
                "SELECT number_sealed FROM cards WHERE customer = ?",
                "SELECT fingerprint FROM cards WHERE customer = ?",
                "SELECT secret FROM authenticators WHERE customer = ?",
                """
                SELECT code_mac FROM key_card_codes
                WHERE key_card IN (SELECT id FROM key_cards WHERE customer = ?)
                """,
                "SELECT order_sealed FROM authorizations WHERE customer = ?",
                """
                SELECT p.detail_sealed FROM handover_parts p JOIN handovers h ON h.id = p.handover
                JOIN authorizations a ON a.id = h.authorization WHERE a.customer = ?
                """,
                "SELECT sealed FROM decision_inputs WHERE customer = ?",
                "SELECT salt FROM leaf_salts WHERE customer = ?",
                """
                SELECT s.statement FROM statements s JOIN confirmations c ON c.id = s.confirmation
                WHERE c.customer = ?
                """,
                """
                SELECT f.body_sealed FROM prescription_filings f JOIN prescriptions p
                ON p.id = f.prescription JOIN customers c ON c.person_number_hash = p.patient_hash
                WHERE c.id = ?
                """,
                "SELECT CAST(metadata AS BLOB) FROM authorizations WHERE customer = ? AND metadata <> '{}'",
            ]
            return try queries.flatMap {
                try Optional<Data>.fetchAll(db, sql: $0, arguments: [id]).compactMap(\.self)
            }
        }
    }

    private func isFound(_ canary: Data, in files: [(name: String, bytes: Data)]) -> String? {
        files.first { $0.name.hasPrefix("godkend.sqlite") && $0.bytes.range(of: canary) != nil }?.name
    }

    /// A pharmacy with a patient who has been through everything, and a neighbour who stays.
    private func town() async throws -> (
        still: PharmacyStage, patient: TestKit.Actor, neighbour: TestKit.Actor, paid: AuthorizationID,
        record: PrescriptionID
    ) {
        let rx = try await PharmacyStage()
        let (stage, issuer) = (rx.stage, rx.gateway.issuer)
        let patient = try await rx.patient(.kaja)
        let neighbour = try await rx.patient(.niels, card: "5555555555554444")
        for person in [patient, neighbour] {
            try await issuer.setPassword(Password("Hemmeligt-42", personNumber: nil), of: person.id)
            _ = try await issuer.issueKeyCard(customer: person.id)
            _ = try await issuer.issueCodeToken(customer: person.id)
        }
        let record = try await rx.file(try rx.content())
        let paid = try await rx.paidOrder(patient, [Draw(record)])
        try await rx.handOver(
            paid.id, [try PharmacyStage.given(batch: "KANARIE-77")], isFinal: true)
        // An ordinary payment too, with the shop's own words.
        let asked = try await stage.authorize(
            patient, metadata: [Metadata(name: "note", value: "KANARIE-88 til fru Kaja")])
        try await stage.answer(asked, by: patient.app, .deny)
        let other = try await stage.authorize(neighbour)
        try await stage.answer(other, by: neighbour.app, .deny)
        return (rx, patient, neighbour, paid.id, record)
    }

    @Test func `LOG-ERASE: what is erased is in no byte of the file, and the log stands as it was`()
        async throws
    {
        let (rx, patient, neighbour, paid, record) = try await town()
        let (stage, gateway) = (rx.stage, rx.gateway)
        let people = try await Registrars(on: gateway)
        let values = try await canaries(of: patient.id, in: stage)
        let kept = try await canaries(of: neighbour.id, in: stage)
        #expect(values.count > 160, "a key card's codes and one of nearly everything else")
        let before = try await gateway.ledger.read { db in
            (
                tree: try CommittedTree.read(after: nil, in: db),
                leaves: try LogReading.leaves(0..<(.max), in: db)
            )
        }

        let made = try await people.erase(patient.id, on: gateway)
        #expect(made == .erased(patient.id, isGoneFromFile: true))

        let after = try await gateway.ledger.read { db in
            (
                tree: try CommittedTree.read(after: before.tree.size, in: db),
                leaves: try LogReading.leaves(0..<before.tree.size, in: db)
            )
        }
        #expect(after.leaves == before.leaves, "no leaf changed")
        #expect(after.tree.earlierRoot == before.tree.root)
        #expect(after.tree.size > before.tree.size)
        let files = try stage.folder.allBytes()
        for value in values { #expect(isFound(value, in: files) == nil) }
        for text in ["KANARIE-88", "kaja"] { #expect(isFound(Data(text.utf8), in: files) == nil) }
        // The search can find something: what is the neighbour's is all there.
        for value in kept { #expect(isFound(value, in: files) != nil) }
        let report = AuditVerifier(path: stage.folder.file("godkend.sqlite"), vault: gateway.vault).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")

        #expect(try await stage.texts("SELECT name FROM devices WHERE customer = ?", patient.id.text) == [""])

        // The accounting record and the merchant's reading stay.
        let found = try await stage.load(paid, at: stage.pharmacy)
        #expect(found.status == .captured)
        #expect(found.lifecycle.sums.captured == 5_725)
        #expect(found.card.last4 == "4242")
        #expect(gateway.presenter.order(of: found).lines.isEmpty)
        _ = try await gateway.receipt(of: paid, caller: stage.pharmacy)
        _ = try await gateway.explain(paid, by: people.first)
        let dispenses = try await refusalCode {
            _ = try await gateway.dispenses(
                of: try #require(found.handovers.first).id, in: paid, caller: stage.pharmacy)
        }
        #expect(dispenses == .notFound)
        #expect(
            try await refusalCode {
                _ = try await gateway.prescription(record, caller: stage.pharmacy, wait: nil)
            }
                == .notFound)
        #expect(
            try await stage.texts("SELECT status FROM prescriptions WHERE id = ?", record.text) == [
                "canceled"
            ])
        await stage.stop()
    }

    @Test func `LOG-ERASE: the erased can do nothing, and the person may come back as somebody new`()
        async throws
    {
        let (rx, patient, _, _, _) = try await town()
        let gateway = rx.gateway
        let people = try await Registrars(on: gateway)
        try await people.erase(patient.id, on: gateway)
        let issuer = gateway.issuer
        let refusals = [
            try await refusalCode { _ = try await issuer.activationCode(customer: patient.id) },
            try await refusalCode { _ = try await issuer.issueKeyCard(customer: patient.id) },
            try await refusalCode {
                try await issuer.setPassword(Password("Hemmeligt-42", personNumber: nil), of: patient.id)
            },
            try await refusalCode { try await issuer.unblock(customer: patient.id) },
            try await refusalCode {
                _ = try await gateway.requestChange(.unblockCustomer(patient.id), by: people.first)
            },
            try await refusalCode {
                _ = try await gateway.requestChange(.eraseCustomer(patient.id), by: people.first)
            },
        ]
        #expect(refusals == Array(repeating: .notFound, count: refusals.count))
        let app = try await refusalCode { _ = try await gateway.pendingConfirmations(for: patient.app.id) }
        #expect(app == .deviceBlocked)
        let shown = try await issuer.customer(patient.id)
        #expect(shown.name.exposed().isEmpty)
        let again = try await rx.patient(.kaja)
        #expect(again.id != patient.id)
        await rx.stage.stop()
    }

    @Test func `LOG-ERASE: nobody is erased while money or medicine is on its way`() async throws {
        let rx = try await PharmacyStage()
        let (stage, gateway) = (rx.stage, rx.gateway)
        let people = try await Registrars(on: gateway)
        let patient = try await rx.patient(.kaja)
        func attempt() async throws -> String? {
            try await refusal {
                _ = try await gateway.requestChange(.eraseCustomer(patient.id), by: people.first)
            }?.detail
        }
        let waiting = try await stage.authorize(patient)
        #expect(try await attempt()?.contains(waiting.id.text) == true)
        try await stage.answer(waiting, by: patient.app, .deny)
        let approved = try await stage.approved(patient)
        #expect(try await attempt()?.contains("is not finished") == true)
        _ = try await stage.capture(approved.id, 24_900)
        _ = try await stage.settled(approved.id)
        let record = try await rx.file(try rx.content())
        let owed = try await rx.paidOrder(patient, [Draw(record)])
        #expect(try await attempt()?.contains("still to be handed over") == true)
        try await rx.handOver(owed.id, isFinal: true)
        try await people.erase(patient.id, on: gateway)
        await stage.stop()
    }

    @Test func `LOG-ERASE: a payment begun after the request stands against its approval`() async throws {
        let rx = try await PharmacyStage()
        let (stage, gateway) = (rx.stage, rx.gateway)
        let people = try await Registrars(on: gateway)
        let patient = try await rx.patient(.kaja)
        let change = try await gateway.requestChange(.eraseCustomer(patient.id), by: people.first)
        let waiting = try await stage.authorize(patient)
        let code = try await refusalCode {
            _ = try await gateway.approveChange(change.id, digest: change.digestText, by: people.second)
        }
        #expect(code == .changeNotPossible)
        try await stage.answer(waiting, by: patient.app, .deny)
        _ = try await gateway.approveChange(change.id, digest: change.digestText, by: people.second)
        await stage.stop()
    }

    @Test func `LOG-ERASE: medicine that a guardian paid goes with the patient, the payment stays`()
        async throws
    {
        let rx = try await PharmacyStage()
        let (stage, gateway) = (rx.stage, rx.gateway)
        let people = try await Registrars(on: gateway)
        let patient = try await rx.patient(.kaja)
        let payer = try await rx.patient(.niels, card: "5555555555554444")
        _ = try await gateway.issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: try PersonNumber(SpecimenPatient.kaja.number),
                holder: payer.id, from: nil, to: nil, isApproved: true))
        let record = try await rx.file(try rx.content())
        let paid = try await rx.paidOrder(payer, [Draw(record)])
        try await rx.handOver(paid.id, isFinal: true)
        try await people.erase(patient.id, on: gateway)
        let found = try await stage.load(paid.id, at: stage.pharmacy)
        #expect(found.lifecycle.sums.captured == 5_725)
        #expect(gateway.presenter.order(of: found).lines.isEmpty)
        #expect(try await stage.texts("SELECT patient_initials FROM holds") == [""])
        #expect(try await stage.texts("SELECT status FROM relations") == ["revoked"])
        #expect(try await !gateway.issuer.customer(payer.id).name.exposed().isEmpty)
        let report = AuditVerifier(path: stage.folder.file("godkend.sqlite"), vault: gateway.vault).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
        await stage.stop()
    }

    @Test func `LOG-ERASE: an operator's identity is not erased`() async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let code = try await refusalCode {
            _ = try await office.gateway.requestChange(.eraseCustomer(bo.identity), by: anna.actor)
        }
        #expect(code == .changeNotPossible)
    }

    @Test func `LOG-ERASE: nobody's kept answer is taken for another's payment of the same moment`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let people = try await Registrars(on: stage.gateway)
        let erased = try await stage.customer()
        let neighbour = try await stage.customer(card: "5555555555554444")
        var asked: [Authorization] = []
        for person in [erased, neighbour] {
            let payment = try await stage.authorize(person)
            try await stage.answer(payment, by: person.app, .deny)
            asked.append(payment)
        }
        #expect(asked[0].createdAt == asked[1].createdAt)
        let sql =
            """
            SELECT count(*) || '' FROM stored_answers
            WHERE created_at = (SELECT max(created_at) FROM authorizations)
            """
        let before = try #require(Int(try await stage.texts(sql)[0]))
        try await people.erase(erased.id, on: stage.gateway)
        // The payment's and its token's; the neighbour's two stay.
        #expect(before == 4)
        #expect(try await stage.texts(sql) == ["2"])
        await stage.stop()
    }
}
