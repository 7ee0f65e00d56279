import Testing
import Vocabulary

@testable import Operations

/// A circuit that is changed where it is looked at.
private final class Held {
    private var circuit = Circuit()

    var state: Circuit.State { circuit.state }
    func admits(_ intent: IntentID, at now: Int64) -> Bool { circuit.admits(intent, at: now) }
    func failed(_ intent: IntentID, at now: Int64, chance: Double) {
        circuit.failed(intent, at: now, chance: chance)
    }
    func answered() { circuit.answered() }
    func left(_ intent: IntentID, at now: Int64) { circuit.left(intent, at: now) }
}

@Suite struct CircuitTests {
    private func intent(_ number: UInt64) -> IntentID {
        IntentID(at: Instant(milliseconds: 1_795_348_800_000), random: (0, number << 2))
    }

    /// Lets so many payments fail, one after the other.
    private func failed(_ count: UInt64) -> Held {
        let circuit = Held()
        for number in 0..<count {
            #expect(circuit.admits(intent(number), at: 0))
            circuit.failed(intent(number), at: 0, chance: 0)
        }
        return circuit
    }

    @Test func `ACQ-INTENT: ten payments that fail in a row open the circuit, nine do not`() {
        #expect(failed(UInt64(Circuit.patience) - 1).state == .closed)
        #expect(failed(UInt64(Circuit.patience)).state == .open)
    }

    @Test func `ACQ-INTENT: one payment alone never opens it, and an answer begins the count anew`() {
        var circuit = Held()
        for _ in 0..<1_000 { circuit.failed(intent(1), at: 0, chance: 0) }
        #expect(circuit.state == .closed)
        circuit = failed(UInt64(Circuit.patience) - 1)
        circuit.answered()
        circuit.failed(intent(99), at: 0, chance: 0)
        #expect(circuit.state == .closed)
    }

    @Test
    func `ACQ-INTENT: an open circuit lets one call through when its time is over, a moment before none`() {
        let circuit = failed(UInt64(Circuit.patience))
        #expect(!circuit.admits(intent(50), at: Circuit.first - 1))
        #expect(circuit.admits(intent(50), at: Circuit.first))
        #expect(circuit.state == .halfOpen)
        #expect(!circuit.admits(intent(51), at: Circuit.first))
        #expect(circuit.admits(intent(50), at: Circuit.first))
        circuit.answered()
        #expect(circuit.admits(intent(51), at: Circuit.first))
    }

    @Test func `ACQ-INTENT: each try that fails opens it for twice as long, up to a bound`() {
        let circuit = failed(UInt64(Circuit.patience))
        var (now, length) = (Int64(0), Circuit.first)
        for _ in 0..<20 {
            #expect(!circuit.admits(intent(50), at: now + length - 1))
            #expect(circuit.admits(intent(50), at: now + length))
            now += length
            circuit.failed(intent(50), at: now, chance: 0)
            length = min(Circuit.longest, length * 2)
        }
        #expect(length == Circuit.longest)
        #expect(circuit.admits(intent(50), at: now + Circuit.longest))
    }

    @Test func `ACQ-INTENT: a try that is left makes room for the next one`() {
        let circuit = failed(UInt64(Circuit.patience))
        #expect(circuit.admits(intent(50), at: Circuit.first))
        circuit.left(intent(51), at: Circuit.first)
        #expect(!circuit.admits(intent(51), at: Circuit.first))
        circuit.left(intent(50), at: Circuit.first)
        #expect(circuit.admits(intent(51), at: Circuit.first))
    }
}
