import Logging
import Records

extension Gateway {
    /// Looks at the clock every second, so that a jump is noticed when nobody asks for the time.
    func watchClock() async {
        while !Task.isCancelled {
            await recordClockEvents()
            GatewayMeters.clockGap(clock.standing.gapMilliseconds)
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Writes down what happened to the clock since the last look; what cannot be written is kept.
    package func recordClockEvents() async {
        let events = clock.takeEvents()
        for (index, event) in events.enumerated() {
            do {
                try await ledger.submit(
                    RecordClockEvent(
                        outcome: event.kind.rawValue, expected: event.expected, wall: event.wall))
            } catch {
                return clock.putBack(events[index...])
            }
            GatewayMeters.clockEvent(event.kind)
            logger.warning(
                "the machine's clock: \(event.kind.rawValue)",
                metadata: [
                    "milliseconds": "\(event.milliseconds)", "expected": "\(event.expected)",
                    "wall": "\(event.wall)",
                ])
        }
    }
}
