import Decisions
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// What is proved against a record counts whoever brings it, and one record is one record whoever vouches.
@Suite struct PharmacyEvidenceTests {
    @Test func `RX-REV: a filing that proves a compromised key ends all that the key signed`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let pki = still.rx.trust.pki
        let good = try await still.rx.file(.good)
        let other = try await still.file([try RecordDraft.line()], record: "rx-2")
        let proof = try pki.response(
            about: .doctor, .revoked(at: still.clock.now(), reason: .keyCompromise), at: still.clock.now())
        _ = try await still.rx.file(compact: try pki.prescription(.good).compact, stapled: [proof])
        #expect(try await still.order(kaja, [Draw(good)]).reason == .rxRevoked)
        #expect(try await still.order(kaja, [Draw(other)]).reason == .rxRevoked)
        let shown = try await still.gateway.prescription(good, caller: still.stage.clinic, wait: nil)
        #expect(!shown.row.isAuthentic)
        await still.stop()
    }

    @Test func `RX-REV: a revocation that comes to light before the answer ends the order`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let pki = still.rx.trust.pki
        let asked = try await still.order(kaja, [Draw(try await still.rx.file(.good))])
        let proof = try pki.response(
            about: .doctor, .revoked(at: still.clock.now(), reason: .keyCompromise), at: still.clock.now())
        _ = try await still.rx.file(compact: try pki.prescription(.good).compact, stapled: [proof])
        try await still.answer(asked, by: kaja)
        let ended = try await still.load(asked.id)
        #expect(ended.decline?.reason == .rxRevoked)
        #expect(ended.holds.map(\.status) == [.released])
        await still.stop()
    }

    @Test func `RX-REV: staples that decide nothing, or are known, make no new filing`() async throws {
        let still = try await StillPharmacy()
        let text = try still.rx.trust.pki.prescription(.good).compact
        let fresh = try still.rx.trust.pki.response(about: .doctor, .good, at: still.clock.now())
        _ = try await still.rx.file(compact: text, stapled: [])
        for _ in 0..<3 {
            _ = try await still.rx.file(compact: text, stapled: [Array(repeating: 120, count: 16_000)])
        }
        #expect(try await still.stage.number("SELECT count(*) FROM prescription_filings") == 1)
        still.clock.advance(seconds: 60)
        let later = try still.rx.trust.pki.response(about: .doctor, .good, at: still.clock.now())
        for _ in 0..<3 { _ = try await still.rx.file(compact: text, stapled: [later]) }
        #expect(try await still.stage.number("SELECT count(*) FROM prescription_filings") == 2)
        #expect(fresh != later)
        await still.stop()
    }

    @Test func `RX-ID: where a register attests a record, its prescriber's copy is drawn on no more`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let copy = try await still.file([try RecordDraft.line(handovers: 2)])
        let register = try await still.rx.file(try sameRecord(still), by: .register)
        #expect(try await still.status(of: copy) == "canceled")
        #expect(try await still.order(kaja, [Draw(copy)]).reason == .rxCanceled)
        #expect(try await still.order(kaja, [Draw(register)]).reason == .rxExhausted)
        await still.stop()
    }

    @Test func `RX-ID: a prescriber's copy of what a register attests counts for nothing`() async throws {
        let still = try await StillPharmacy()
        _ = try await still.rx.file(try sameRecord(still), by: .register)
        let copy = try await still.file([try RecordDraft.line(handovers: 2)])
        #expect(try await still.status(of: copy) == "canceled")
        let other = try await refusalCode {
            _ = try await still.file([try RecordDraft.line()], of: .niels)
        }
        #expect(other == .prescriptionConflict)
        await still.stop()
    }

    @Test func `RX-ID: a register that attests more handovers opens its closed record again`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let id = try await still.rx.file(try attested(still, handovers: 1, used: 0), by: .register)
        let paid = try await still.paid(kaja, [Draw(id)])
        try await still.rx.handOver(paid.id)
        #expect(try await still.status(of: id) == "closed")
        still.clock.advance(seconds: 120)
        #expect(
            try await still.rx.file(try attested(still, handovers: 3, used: 1), by: .register) == id)
        #expect(try await still.status(of: id) == "open")
        #expect(try await still.order(kaja, [Draw(id)]).holds.first?.handover == 2)
        await still.stop()
    }

    @Test func `RX-INTERVAL: a pharmacy is told the first day that is allowed`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let id = try await still.paid(kaja, [Draw(try await still.rx.file(.good))]).id
        try await still.rx.handOver(id)
        let record = try #require(try await still.load(id).holds.first?.prescription)
        let decline = try await still.order(kaja, [Draw(record)]).decline
        #expect(decline?.reason == .rxTooEarly)
        #expect(decline?.nextFrom == still.rx.today.adding(months: 3))
        #expect(decline?.isOpenToPharmacy == true)
        await still.stop()
    }

    @Test func `RX-SUBST: no list is put into days whose orders another list decided`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        _ = try await still.order(kaja, [Draw(try await still.rx.file(.good))])
        still.clock.advance(seconds: 3 * 86_400)
        let today = LocalDate(still.clock.now())
        func outcome(_ day: LocalDate) async throws -> PriceListOutcome {
            try await still.ledger.submit(
                ImportPriceList(validFrom: day, digest: Array(repeating: 5, count: 32), products: []))
        }
        #expect(try await outcome(today.adding(days: -3)) == .alreadyCounted)
        #expect(try await outcome(today.adding(days: -2)) == .imported)
        await still.stop()
    }

    /// The register's word on `rx-1`: two of two are handed over.
    private func sameRecord(_ still: StillPharmacy) throws -> PrescriptionContent {
        let content = try RecordDraft.content(
            [try RecordDraft.line(handovers: 2, history: used(2, still))], record: "1", by: .register,
            at: still.clock.now())
        let identity = try #require(RecordIdentity(system: .godkend, value: "rx-1"))
        return PrescriptionContent(
            identity: identity, version: content.version, kind: content.kind, issuedAt: content.issuedAt,
            issuedOn: content.issuedOn, attestedAt: content.attestedAt, patient: content.patient,
            prescriber: content.prescriber, lines: content.lines)
    }

    private func attested(
        _ still: StillPharmacy, handovers: Int, used count: Int
    ) throws -> PrescriptionContent {
        try RecordDraft.content(
            [try RecordDraft.line(handovers: handovers, interval: nil, history: used(count, still))],
            record: "77", by: .register, at: still.clock.now())
    }

    private func used(_ count: Int, _ still: StillPharmacy) -> AttestedHistory {
        AttestedHistory(
            handedOver: count, lastHandover: count == 0 ? nil : still.rx.today, residual: nil)
    }
}
