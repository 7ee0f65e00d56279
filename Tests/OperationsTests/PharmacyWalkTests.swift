import Foundation
import Lifecycles
import Operations
import Proofs
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// Goes its own way through everything that can happen to two patients' records at two pharmacies.
struct PharmacyWalk {
    let still: StillPharmacy
    let actors: [Actor]
    private var records: [PrescriptionID] = []
    private var random: SplitMix
    private var orders: [AuthorizationID] = []
    private var handovers: [(id: HandoverID, order: AuthorizationID)] = []
    /// What was done and went through, for the end to say how much ground was covered.
    private(set) var done: [String: Int] = [:]

    init(seed: UInt64) async throws {
        still = try await StillPharmacy { $0.seed = seed }
        random = SplitMix(seed: seed)
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        actors = [kaja, niels]
    }

    /// A record of two lines: one that may be used again at once, and one after two days.
    private mutating func file() async throws -> PrescriptionID {
        let lines = [
            try RecordDraft.line("1", packages: "2", handovers: 5, interval: nil),
            try RecordDraft.line("2", packages: "3", interval: HandoverInterval(2, .days)),
        ]
        let filed = try await still.file(lines, record: "rx-\(records.count + 1)")
        records.append(filed)
        return filed
    }

    /// One step. What is refused is part of the walk.
    mutating func step() async throws {
        let choice = Int.random(in: 0..<100, using: &random)
        let name: String
        do {
            switch choice {
            case ..<30: name = try await order()
            case ..<45: name = try await money()
            case ..<60: name = try await hand()
            case ..<68: name = try await undo()
            case ..<78: name = try await refund()
            case ..<82: name = try await giveUp()
            case ..<84: name = try await cancelRecord()
            case ..<90: name = try await sweep()
            default: name = wait()
            }
        } catch is Rejection {
            name = "refused"
        } catch let refusal as Refusal {
            #expect(refusal.code != .internalError, "\(choice)")
            name = "refused"
        }
        done[name, default: 0] += 1
    }

    private mutating func order() async throws -> String {
        let isNew = records.isEmpty || Int.random(in: 0..<4, using: &random) == 0
        let known = isNew ? nil : records.suffix(4).randomElement(using: &random)
        let record = if let known { known } else { try await file() }
        let actor = actors[Int.random(in: 0...1, using: &random)]
        let caller = Bool.random(using: &random) ? still.pharmacy : still.otherPharmacy
        var draws = [Draw(record, line: "1", quantity: Int.random(in: 1...2, using: &random))]
        if Bool.random(using: &random) { draws.append(Draw(record, line: "2", quantity: 3)) }
        let replaced = Int.random(in: 0..<6, using: &random) == 0 ? orders.randomElement(using: &random) : nil
        let asked = try await still.order(actor, draws, replaces: replaced, at: caller)
        guard asked.status == .requiresConfirmation else { return "declined" }
        orders.append(asked.id)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return "left waiting"
        case 1:
            try await still.answer(asked, by: actor, .deny)
            return "denied"
        default: break
        }
        try await still.answer(asked, by: actor)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return "left with the bank"
        case 1: try await still.bank(asked.id, says: .declined(.insufficientFunds))
        case 2: try await still.bank(asked.id, says: .silent)
        default: try await still.bank(asked.id)
        }
        return "answered"
    }

    private mutating func money() async throws -> String {
        guard let id = orders.suffix(4).randomElement(using: &random) else { return "nothing" }
        if try await still.load(id).status == .processing {
            try await still.bank(id)
            return "bank answered late"
        }
        let isFinal = Int.random(in: 0..<3, using: &random) > 0
        try await still.beginCapture(id, isFinal ? nil : 500, isFinal: isFinal)
        guard Int.random(in: 0..<8, using: &random) > 0 else { return "capture left open" }
        try await still.settle(id, isAccepted: Int.random(in: 0..<6, using: &random) > 0)
        return "captured"
    }

    private mutating func hand() async throws -> String {
        guard let id = orders.suffix(4).randomElement(using: &random) else { return "nothing" }
        let holds = try await still.load(id).holds
        guard let hold = holds.randomElement(using: &random) else { return "nothing" }
        let owner = try await still.owner(of: id)
        let caller = owner.merchant == still.pharmacy.merchant.id ? still.pharmacy : still.otherPharmacy
        let line = try PharmacyStage.given(
            line: hold.line, quantity: Int.random(in: 1...2, using: &random))
        let handed = try await still.rx.handOver(
            id, [line], isFinal: Int.random(in: 0..<4, using: &random) == 0, at: caller)
        handovers.append((handed, id))
        return "handed over"
    }

    private mutating func undo() async throws -> String {
        guard let one = handovers.suffix(8).randomElement(using: &random) else { return "nothing" }
        let owner = try await still.owner(of: one.order)
        let caller = owner.merchant == still.pharmacy.merchant.id ? still.pharmacy : still.otherPharmacy
        // Mostly reopened: a closed record makes a short walk.
        let reopen = Int.random(in: 0..<10, using: &random) > 0
        try await still.rx.undo(one.id, of: one.order, reopen: reopen, at: caller)
        return "undone"
    }

    private mutating func refund() async throws -> String {
        guard let id = orders.suffix(8).randomElement(using: &random) else { return "nothing" }
        try await still.settle(id)
        try await still.beginRefund(id, Bool.random(using: &random) ? nil : 300)
        try await still.settle(id, isAccepted: Int.random(in: 0..<5, using: &random) > 0)
        return "refunded"
    }

    private mutating func giveUp() async throws -> String {
        guard let id = orders.suffix(4).randomElement(using: &random) else { return "nothing" }
        try await still.giveUp(id)
        return "given up"
    }

    private mutating func cancelRecord() async throws -> String {
        guard let number = records.indices.suffix(4).randomElement(using: &random) else { return "nothing" }
        try await still.cancel(records[number], record: "rx-\(number + 1)")
        return "record canceled"
    }

    private mutating func sweep() async throws -> String {
        try await still.sweep()
        return "swept"
    }

    private mutating func wait() -> String {
        let seconds = [1, 1, 10, 299, 300, 3_600, 86_400, 7 * 86_400].randomElement(using: &random) ?? 1
        still.clock.advance(seconds: seconds)
        return "waited"
    }
}

@Suite struct PharmacyWalkTests {
    /// Longer and elsewhere with `GODKEND_SEED` and `GODKEND_WALK_STEPS`.
    static let seeds = TestSeed.usual([1, 2], "RX-ATOMIC, a walk")

    @Test(arguments: seeds)
    func `RX-ATOMIC, RX-HOLD-TTL, RX-UNDO: payment, holds and handovers agree after every step of a walk`(
        seed: UInt64
    ) async throws {
        let steps = ProcessInfo.processInfo.environment["GODKEND_WALK_STEPS"].flatMap { Int($0) } ?? 250
        var walk = try await PharmacyWalk(seed: seed)
        for step in 0..<steps {
            try await walk.step()
            let broken = try await walk.still.broken()
            #expect(broken.isEmpty, "seed \(seed), step \(step)")
            if !broken.isEmpty { break }
        }
        for name in ["answered", "captured", "handed over", "undone", "refunded", "refused"] {
            #expect(walk.done[name, default: 0] > 0, "seed \(seed): \(walk.done)")
        }
        #expect(walk.still.stage.logFindings == [], "seed \(seed)")
        await walk.still.stop()
    }
}
