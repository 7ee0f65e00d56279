/// Why a command ends with 1, or with 2 where it was used wrongly: one clear sentence with what to do, for
/// standard error.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
    let message: String
    /// What was typed cannot be read.
    let isUsage: Bool

    init(_ message: String, isUsage: Bool = false) {
        self.message = message
        self.isUsage = isUsage
    }

    var description: String { message }
}
