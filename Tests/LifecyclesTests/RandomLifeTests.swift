import Lifecycles
import SeedKit
import Testing
import Vocabulary

/// Random lives: whatever is asked, in whatever order, what must never happen does not.
@Suite struct RandomLifeTests {
    static let livesEach = 2_000
    static let commandsEach = 40

    @Test(arguments: TestSeed.usual([1, 2026, 0xC0FFEE], "PAY-STATE, random lives"))
    func `PAY-STATE: random commands never break the sums, and never leave a terminal state`(seed: UInt64) {
        var dice = SplitMix(seed: seed)
        var ends: Set<AuthorizationStatus> = []
        for number in 0..<Self.livesEach {
            ends.insert(live(&dice, number: number, seed: seed))
        }
        // Random walks that always ended the same way would have shown nothing.
        #expect(ends.isSuperset(of: [.captured, .declined, .canceled, .expired]))
    }

    /// Lives one life to its end and says where it ended.
    private func live(_ dice: inout SplitMix, number: Int, seed: UInt64) -> AuthorizationStatus {
        var lived = life(.requiresConfirmation)
        var now = today
        var path = [lived.state.status]
        for _ in 0..<Self.commandsEach {
            now = now.adding(milliseconds: .random(in: 0...40_000_000, using: &dice))
            let before = lived
            let outcome = lived.outcome(of: command(&dice), at: now)
            check(before, lived, outcome, "seed \(seed), life \(number)")
            if lived.state.status != path.last { path.append(lived.state.status) }
        }
        #expect(path.filter(\.isTerminal).count <= 1, "seed \(seed), life \(number)")
        return lived.state.status
    }

    private func check(
        _ before: AuthorizationLifecycle, _ after: AuthorizationLifecycle, _ outcome: Outcome,
        _ place: String
    ) {
        let sums = after.sums
        let holds =
            sums.captured >= 0 && sums.capturing >= 0 && sums.refunded >= 0 && sums.refunding >= 0
            && sums.captured + sums.capturing <= sums.authorized
            && sums.refunded + sums.refunding <= sums.captured
            && sums.captured >= before.sums.captured && sums.refunded >= before.sums.refunded
            && (sums.captured == 0 || [.approved, .captured].contains(after.state.status))
            && (sums.capturing == 0 || after.state.status == .approved)
            && (after.state.status != .captured || sums.captured > 0)
        #expect(holds, "\(place): \(after.figures)")
        let (from, to) = (before.state.status, after.state.status)
        #expect(from == to || from.successors.contains(to), "\(place): \(from) to \(to)")
        if from.isTerminal { #expect(before.state == after.state, "\(place)") }
        switch outcome {
        case .no: #expect(before == after, "\(place): a rejection changed something")
        case .to(_, let events): #expect(!events.isEmpty, "\(place): a change without an event")
        }
    }

    /// Any command with any amount; the way to an approval a little likelier than the others.
    private func command(_ dice: inout SplitMix) -> AuthorizationCommand {
        let amount = Int64.random(in: -1...60, using: &dice)
        let (isFinal, accepted) = (Int.random(in: 0..<8, using: &dice) == 0, Bool.random(using: &dice))
        switch Int.random(in: 0..<18, using: &dice) {
        case 0...2: return .confirm
        case 3...5: return .approve(approval)
        case 6: return .decline(decline)
        case 7: return .cancel
        case 8: return .expire
        case 9...11: return .beginCapture(amountMinor: amount, isFinal: isFinal)
        case 12...14: return .endCapture(amountMinor: amount, isFinal: isFinal, accepted: accepted)
        case 15: return .beginRefund(amountMinor: amount)
        default: return .endRefund(amountMinor: amount, accepted: accepted)
        }
    }
}
