/// Waits until a condition holds. A test that waits for something else to work uses this, and no number of
/// milliseconds of its own: a machine that is busy is slow, not wrong.
///
/// - Parameters:
///   - limit: After this time the wait is given up. It is far longer than anything takes on a busy machine.
///   - pause: The time between two looks.
/// - Throws: `TooLong` with what was waited for, and what the condition throws.
package func eventually(
    _ what: String, limit: Duration = .seconds(60), pause: Duration = .milliseconds(10),
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: pause)
    }
    if try await condition() { return }
    throw TooLong(what: what)
}

/// A wait that had no end within its limit.
package struct TooLong: Error, CustomStringConvertible {
    package let what: String

    package var description: String { "waited too long for: \(what)" }
}
