import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct PharmacyPersonTests {
    @Test func `RX-PATIENT, RX-PRIVACY: another patient's record is no record of the payer's`() async throws {
        let still = try await StillPharmacy()
        let niels = try await still.person(.niels, 2)
        let record = try await still.file([try RecordDraft.line()])
        let declined = try await still.order(niels, [Draw(record)])
        #expect(declined.reason == .rxPatientMismatch)
        #expect(declined.decline?.isOpenToPharmacy == false)
        #expect(declined.holds.isEmpty)
        let trace = try await still.stage.trace(of: declined.id)
        for secret in [SpecimenPatient.kaja.number, "900801", "Levothyroxin", "stofskifte"] {
            #expect(!trace.contains(secret))
        }
        await still.stop()
    }

    @Test func `RX-PATIENT: the order form must name the patient of the record, or nobody`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let wrong = try PersonNumber(SpecimenPatient.niels.number)
        let right = try PersonNumber(SpecimenPatient.kaja.number)
        let declined = try await still.order(kaja, [Draw(record)], for: wrong)
        #expect(declined.reason == .rxPatientMismatch)
        #expect(declined.decline?.isOpenToPharmacy == false)
        #expect(try await still.order(kaja, [Draw(record)], for: right).status == .requiresConfirmation)
        await still.stop()
    }

    @Test func `RX-MINOR: a guardian orders for a child below the age, and not from the birthday on`()
        async throws
    {
        let still = try await StillPharmacy()
        let ruddi = try await still.person(.ruddi, 3)
        let record = try await still.file([try RecordDraft.line()], of: .rikke)
        #expect(try await still.order(ruddi, [Draw(record)]).reason == .rxPatientMismatch)
        try await still.relate(ruddi, to: .rikke, .guardian)
        let order = try await still.order(ruddi, [Draw(record)])
        #expect(order.status == .requiresConfirmation)
        try await still.giveUp(order.id)
        await still.stop()
    }

    @Test(arguments: [-1, 0])
    func `RX-MINOR: served through a guardian until the day before the birthday`(days: Int) async throws {
        // Rikke is born on 5 May 2020.
        let still = try await StillPharmacy { $0.settings[.guardianUntilAge] = "7" }
        let ruddi = try await still.person(.ruddi, 3)
        try await still.relate(ruddi, to: .rikke, .guardian)
        let birthday = try PersonNumber(SpecimenPatient.rikke.number).birthDate.adding(years: 7)
        let away = (0..<400).first { still.rx.today.adding(days: $0) == birthday } ?? 0
        still.clock.advance(seconds: (away + days) * 86_400)
        let record = try await still.file([try RecordDraft.line()], of: .rikke)
        let order = try await still.order(ruddi, [Draw(record)])
        #expect(order.reason == (days < 0 ? nil : .rxProxyMissing))
        await still.stop()
    }

    @Test func `RX-PROXY: revoked between question and answer, the order is declined`() async throws {
        let still = try await StillPharmacy()
        let nancy = try await still.person(.nancy, 4)
        let relation = try await still.relate(nancy, to: .aage)
        let record = try await still.file([try RecordDraft.line()], of: .aage)
        let asked = try await still.order(nancy, [Draw(record)])
        _ = try await still.gateway.issuer.revokeRelation(relation)
        try await still.answer(asked, by: nancy)
        let declined = try await still.load(asked.id)
        #expect(declined.reason == .rxProxyMissing)
        #expect(try await still.holds(of: asked.id) == ["released"])
        #expect(try await still.stage.number("SELECT count(*) FROM intents") == 0)
        let again = try await still.order(nancy, [Draw(record)])
        #expect(again.reason == .rxProxyMissing)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-PROXY: revoked while the bank is asked, declined and reversed`() async throws {
        let still = try await StillPharmacy()
        let nancy = try await still.person(.nancy, 4)
        let relation = try await still.relate(nancy, to: .aage)
        let record = try await still.file([try RecordDraft.line()], of: .aage)
        let asked = try await still.order(nancy, [Draw(record)])
        try await still.answer(asked, by: nancy)
        _ = try await still.gateway.issuer.revokeRelation(relation)
        #expect(try await still.bank(asked.id) == .declined)
        #expect(try await still.load(asked.id).reason == .rxProxyMissing)
        #expect(try await still.holds(of: asked.id) == ["released"])
        let reversals = "SELECT count(*) FROM intents WHERE kind = 'reversal' AND status = 'open'"
        #expect(try await still.stage.number(reversals) == 1)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-PROXY: revoked before the capture, nothing is captured`() async throws {
        let still = try await StillPharmacy()
        let nancy = try await still.person(.nancy, 4)
        let relation = try await still.relate(nancy, to: .aage)
        let record = try await still.file([try RecordDraft.line()], of: .aage)
        let id = try await still.approved(nancy, [Draw(record)]).id
        _ = try await still.gateway.issuer.revokeRelation(relation)
        #expect(try await refusalCode { try await still.rx.capture(id) } == .holdEnded)
        #expect(try await still.load(id).lifecycle.sums.capturing == 0)
        try await still.giveUp(id)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-PROXY: a power of attorney covers its last day and no day more`() async throws {
        let still = try await StillPharmacy()
        let nancy = try await still.person(.nancy, 4)
        let today = still.rx.today
        _ = try await still.gateway.issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: try PersonNumber(SpecimenPatient.aage.number),
                holder: nancy.id, from: nil, to: today, isApproved: true))
        let record = try await still.file([try RecordDraft.line()], of: .aage)
        let asked = try await still.order(nancy, [Draw(record)])
        #expect(asked.status == .requiresConfirmation)
        try await still.giveUp(asked.id)
        still.clock.advance(seconds: 86_400)
        #expect(try await still.order(nancy, [Draw(record)]).reason == .rxProxyMissing)
        await still.stop()
    }

    // MARK: What is confirmed

    private func statement(_ asked: Authorization, _ actor: Actor, _ still: StillPharmacy) async throws
        -> JSON
    {
        let pending = try await still.gateway.pendingConfirmations(for: actor.app.id)
        let question = try #require(pending.first { $0.id == asked.confirmation?.id })
        return try JSON.parse(question.statement.utf8)
    }

    @Test
    func `RX-CONFIRM: the app shows shop, amount, effect and whose medicine, and signs order and records`()
        async throws
    {
        let still = try await StillPharmacy()
        let (nancy, kaja) = (try await still.person(.nancy, 4), try await still.person(.kaja, 1))
        try await still.relate(nancy, to: .aage)
        let record = try await still.file(
            [try RecordDraft.line(interval: nil), try RecordDraft.line("2", product: "900101")], of: .aage)
        let first = try await still.paid(nancy, [Draw(record)])
        try await still.rx.handOver(first.id)
        let draws = [Draw(record), Draw(record, line: "2", product: "900101")]
        let asked = try await still.order(nancy, draws)
        let shown = try await statement(asked, nancy, still)
        #expect(shown.object?["payee"]?.text == still.pharmacy.merchant.name.text)
        #expect(shown.object?["amount"]?.written() == JSON.integer(11_450).written())
        #expect(
            shown.object?["effect"]?.array?.compactMap(\.text) == [
                "Bruger udlevering 2 af 4", "Bruger udlevering 1 af 4",
            ])
        #expect(shown.object?["patient_initials"]?.text == "ÅTB")
        let uses = shown.object?["prescriptions"]?.array ?? []
        #expect(uses.count == 2)
        #expect(uses.compactMap { $0.object?["record"]?.text } == [record.text, record.text])
        #expect(uses.compactMap { $0.object?["line"]?.text } == ["1", "2"])
        let digest = try await still.stage.texts(
            "SELECT order_digest FROM authorizations WHERE id = ?", asked.id.text)
        #expect(shown.object?["order_digest"]?.text == digest.first)
        let text = String(decoding: shown.written(), as: UTF8.self)
        for secret in ["Levothyroxin", SpecimenPatient.aage.number, "900801", "900101"] {
            #expect(!text.contains(secret))
        }
        let own = try await still.file([try RecordDraft.line()], record: "rx-2")
        let ownAsked = try await still.order(kaja, [Draw(own)])
        #expect(try await statement(ownAsked, kaja, still).object?["patient_initials"]?.text == "")
        await still.stop()
    }

    @Test func `RX-CONFIRM: a changed cart is a new question, and the old answer counts for nothing`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "2")])
        let first = try await still.order(kaja, [Draw(record)], reference: "cart-1")
        let old = try await still.stage.signed(
            try #require(first.confirmation).id, by: kaja.app, .approve)
        let second = try await still.order(kaja, [Draw(record, quantity: 2)], reference: "cart-1")
        #expect(second.status == .requiresConfirmation)
        #expect(second.confirmation?.id != first.confirmation?.id)
        let late = try await refusalCode {
            _ = try await still.gateway.answer(
                try #require(first.confirmation).id, compact: old, from: kaja.app.id)
        }
        #expect(late == .confirmationOver)
        let crossed = try await refusalCode {
            _ = try await still.gateway.answer(
                try #require(second.confirmation).id, compact: old, from: kaja.app.id)
        }
        #expect(crossed == .answerMalformed)
        let (before, after) = try await (
            still.stage.texts("SELECT order_digest FROM authorizations WHERE id = ?", first.id.text),
            still.stage.texts("SELECT order_digest FROM authorizations WHERE id = ?", second.id.text)
        )
        #expect(before != after)
        #expect(try await still.holds(of: first.id) == ["released"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}
