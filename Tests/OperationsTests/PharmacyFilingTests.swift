import Foundation
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

@Suite struct PharmacyFilingTests {
    @Test func `RX-ID: the same record again is the same record, with the verdict that stands`() async throws
    {
        let still = try await StillPharmacy()
        let content = try still.rx.content()
        let compact = try still.rx.trust.pki.sign(content, by: .doctor, at: still.clock.now())
        let first = try await still.rx.file(compact: compact)
        let verdict = try await still.stage.texts("SELECT verdict FROM prescription_filings")
        // Two days later the lists of today say nothing of the first sight.
        still.clock.advance(seconds: 2 * 86_400)
        #expect(try await still.rx.file(compact: compact) == first)
        #expect(try await still.rx.file(compact: compact, at: still.pharmacy) == first)
        #expect(try await still.stage.texts("SELECT verdict FROM prescription_filings") == verdict)
        #expect(try await still.status(of: first) == "open")
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-ID: the same payload signed anew is the same record, another payload is a conflict`()
        async throws
    {
        let still = try await StillPharmacy()
        let first = try await still.rx.file(still.rx.content())
        #expect(try await still.rx.file(still.rx.content()) == first)
        let before = try await still.stage.number("SELECT count(*) FROM leaves")
        let other = try still.rx.content([try RecordDraft.line(handovers: 3)])
        #expect(try await refusalCode { try await still.rx.file(other) } == .prescriptionConflict)
        // The alarm is a leaf; its reason is a commitment, since it is about a prescription.
        #expect(try await still.stage.number("SELECT count(*) FROM leaves") == before + 1)
        let alarm = try await still.stage.texts(
            "SELECT subject FROM leaves WHERE instr(bytes, CAST('conflict' AS BLOB)) > 0")
        #expect(alarm == [first.text])
        #expect(try await still.stage.number("SELECT count(*) FROM prescriptions") == 1)
        #expect(try await still.coverage(of: first)?.prescribed == 4)
        let byOther = try still.rx.content(by: .onCallDoctor)
        let conflict = try await refusalCode { try await still.rx.file(byOther, by: .onCallDoctor) }
        #expect(conflict == .prescriptionConflict)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-ID: a newer version takes the place of the older, an older one comes too late`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let first = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(first)])
        let second = try await still.file([try RecordDraft.line(handovers: 2)], version: 2)
        #expect(second != first)
        #expect(try await still.status(of: first) == "cancel_pending")
        #expect(try await still.order(kaja, [Draw(second)]).reason == .confirmationPendingElsewhere)
        try await still.giveUp(asked.id)
        #expect(try await still.status(of: first) == "canceled")
        #expect(try await still.order(kaja, [Draw(first)]).reason == .rxCanceled)
        #expect(try await still.order(kaja, [Draw(second)]).status == .requiresConfirmation)
        let third = try still.rx.content(version: 3)
        _ = try await still.rx.file(third)
        let late = try await refusalCode {
            _ = try await still.file([try RecordDraft.line(handovers: 3)], version: 1)
        }
        #expect(late == .prescriptionConflict)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-ID, RX-COUNT: handovers of an older version count against the newer`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let first = try await still.file([try RecordDraft.line(handovers: 2, interval: nil)])
        let id = try await still.paid(kaja, [Draw(first)]).id
        try await still.rx.handOver(id)
        let second = try await still.file([try RecordDraft.line(handovers: 2, interval: nil)], version: 2)
        #expect(try await still.coverage(of: second)?.left == 1)
        let next = try await still.paid(kaja, [Draw(second)])
        #expect(next.holds.first?.handover == 2)
        try await still.rx.handOver(next.id)
        #expect(try await still.order(kaja, [Draw(second)]).reason == .rxExhausted)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-ID: a line that replaces a record ends that record`() async throws {
        let still = try await StillPharmacy()
        let old = try await still.file([try RecordDraft.line()])
        let strange = try await still.file([try RecordDraft.line()], of: .niels, record: "rx-9")
        let prior = try #require(RecordIdentity(system: .godkend, value: "rx-1"))
        let foreign = try #require(RecordIdentity(system: .godkend, value: "rx-9"))
        _ = try await still.file(
            [try replacing(prior, "1"), try replacing(foreign, "2")], record: "rx-2")
        #expect(try await still.status(of: old) == "canceled")
        // Somebody else's record is not theirs to replace.
        #expect(try await still.status(of: strange) == "open")
        await still.stop()
    }

    private func replacing(_ record: RecordIdentity, _ id: String) throws -> PrescribedLine {
        let line = try RecordDraft.line(id)
        return PrescribedLine(
            id: id, product: line.product, packagesPerHandover: line.packagesPerHandover, handovers: 1,
            isSubstitutionAllowed: true, replaces: record)
    }

    @Test func `RX-ID: a forged record does not stand in the way of the true one`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let compact = try still.rx.trust.pki.sign(
            still.rx.content(), by: .doctor, at: still.clock.now())
        let forged = String(compact.dropLast(4)) + (compact.hasSuffix("AAAA") ? "BBBB" : "AAAA")
        let bad = try await still.rx.file(compact: forged)
        #expect(try await still.status(of: bad) == "invalid")
        let good = try await still.rx.file(compact: compact)
        #expect(good != bad)
        #expect(try await still.status(of: good) == "open")
        #expect(try await still.rx.file(compact: forged) == bad)
        #expect(try await still.order(kaja, [Draw(bad)]).reason == .rxSignatureInvalid)
        #expect(try await still.order(kaja, [Draw(good)]).status == .requiresConfirmation)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-ID: a register's newest word counts, an older one changes nothing`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        func word(_ handedOver: Int) throws -> PrescriptionContent {
            let history = AttestedHistory(
                handedOver: handedOver,
                lastHandover: handedOver > 0 ? still.rx.today.adding(days: -200) : nil,
                residual: Quantity(400 - 100 * handedOver))
            return try still.rx.content(
                [try RecordDraft.line(history: history)], record: "270120261120001", by: .register)
        }
        let old = try word(1)
        still.clock.advance(seconds: 300)
        let first = try await still.rx.file(try word(2), by: .register)
        #expect(try await still.coverage(of: first)?.handedOver == 2)
        #expect(try await still.rx.file(old, by: .register) == first)
        #expect(try await still.coverage(of: first)?.handedOver == 2)
        still.clock.advance(seconds: 600)
        #expect(try await still.order(kaja, [Draw(first)]).status == .requiresConfirmation)
        still.clock.advance(seconds: 301)
        #expect(try await still.order(kaja, [Draw(first)]).reason == .rxAttestationStale)
        #expect(try await still.rx.file(try word(3), by: .register) == first)
        #expect(try await still.coverage(of: first)?.handedOver == 3)
        let fourth = try await still.paid(kaja, [Draw(first)])
        #expect(fourth.holds.first?.handover == 4)
        try await still.rx.handOver(fourth.id)
        #expect(try await still.status(of: first) == "closed")
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-REV-DOWN, RX-ID: without evidence it waits, with a fresh answer it is open`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let pki = still.rx.trust.pki
        // The trust folder has gone stale.
        still.rx.trust.keepLists(of: still.clock.now().adding(days: -2))
        let compact = try pki.sign(still.rx.content(), by: .doctor, at: still.clock.now())
        let record = try await still.rx.file(compact: compact)
        #expect(try await still.status(of: record) == "pending")
        let waiting = try await still.order(kaja, [Draw(record)])
        #expect(waiting.reason == .rxRevocationUnknown)
        #expect(waiting.decline?.reason.isRetryable == true)
        still.clock.advance(seconds: 3_600)
        let stale = try pki.response(about: .doctor, .good, at: still.clock.now().adding(days: -2))
        #expect(try await still.rx.file(compact: compact, stapled: [stale]) == record)
        #expect(try await still.status(of: record) == "pending")
        // The issuing authority's own certificate needs its list, fresh too.
        still.rx.trust.keepLists(of: nil)
        let fresh = try pki.response(about: .doctor, .good, at: still.clock.now())
        #expect(try await still.rx.file(compact: compact, stapled: [fresh]) == record)
        #expect(try await still.status(of: record) == "open")
        #expect(try await still.stage.number("SELECT count(*) FROM prescription_filings") == 2)
        #expect(try await still.order(kaja, [Draw(record)]).status == .requiresConfirmation)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [1, 2, 3, 4])
    func `RX-COUNT, RX-INTERVAL: so many handovers, one after the other by the calendar`(
        handovers: Int
    ) async throws {
        let still = try await StillPharmacy()
        // 31 January 2027, noon: a month later is 28 February, not 3 March.
        still.clock.set(Instant(milliseconds: 1_801_396_800_000))
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line(handovers: handovers, interval: HandoverInterval(1, .months))
        ])
        for number in 1...handovers {
            let order = try await still.paid(kaja, [Draw(record)])
            #expect(order.holds.first?.handover == number)
            try await still.rx.handOver(order.id)
            let left = try await still.coverage(of: record)
            #expect(left?.left == handovers - number)
            guard number < handovers, let next = left?.nextFrom else { continue }
            #expect(next == still.rx.today.adding(months: 1))
            let days = (1...31).first { still.rx.today.adding(days: $0) == next } ?? 0
            still.clock.advance(seconds: (days - 1) * 86_400)
            #expect(try await still.order(kaja, [Draw(record)]).reason == .rxTooEarly)
            still.clock.advance(seconds: 86_400)
        }
        still.clock.advance(seconds: 60 * 86_400)
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxExhausted)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-AUDIT: every stored verdict is found again offline from what is stored`() async throws {
        let still = try await StillPharmacy()
        let pki = still.rx.trust.pki
        for name in SpecimenCase.allCases where name != .cancellation {
            still.rx.trust.keepLists(of: name.needsStaleLists ? pki.moment.adding(days: -2) : nil)
            _ = try? await still.rx.file(name)
        }
        still.clock.advance(seconds: 3_600)
        let unknown = try pki.prescription(.revocationUnknown)
        let fresh = try pki.response(about: .doctor, .good, at: still.clock.now())
        _ = try await still.rx.file(compact: unknown.compact, stapled: [fresh])
        // Years later, with another trust folder.
        still.clock.advance(seconds: 3 * 365 * 86_400)
        let audit = VerdictAudit(ledger: still.ledger, keys: still.gateway.keys)
        let found = try await audit.run()
        #expect(found.count > 35)
        #expect(found.filter { $0.outcome != .same } == [])
        #expect(found.contains { $0.number == 2 })
        let other = VerdictAudit(
            ledger: still.ledger, keys: try KeyRing(master: Array(repeating: 8, count: 32)))
        #expect(try await other.run().allSatisfy { $0.outcome == .textUnreadable })
        await still.stop()
    }

    @Test func `RX-AUDIT: an order keeps the revocation list that spoke for its record`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.rx.file(.good)
        still.clock.advance(seconds: 7_200)
        let order = try await still.order(kaja, [Draw(record)])
        let decision = try #require(try await still.ledger.decisions(of: order.id).first)
        let rule = decision.trace.array?.first { $0.object?["rule"]?.text == "not-revoked" }
        let inputs = try #require(rule?.object?["inputs"]?.object)
        let named = try #require(inputs["lines[0].evidence"]?.text.flatMap { Hex.decode($0) })
        let kept = try await still.ledger.read { db in
            try Data.fetchOne(
                db, sql: "SELECT bytes FROM evidence WHERE digest = ?", arguments: [Data(named)])
        }
        #expect(Digest.sha256(try #require(kept)) == named)
        await still.stop()
    }
}
