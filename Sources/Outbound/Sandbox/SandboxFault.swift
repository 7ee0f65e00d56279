package import Vocabulary

/// A way for a test to cut the line to the sandbox bank, or to see how far a call has come.
package struct SandboxFault: Sendable {
    /// Where the line is cut.
    package enum Moment: Sendable, Hashable {
        /// Nothing reached the bank: the call answers `notSent`.
        case beforeSend
        /// The bank has written its books, the answer is lost: the call answers `sentUnknown`.
        case afterBooking
    }

    /// What is being asked of the bank.
    package enum Call: Sendable, Hashable, CaseIterable {
        case authorize, capture, refund, reversal, inquiry
    }

    /// True to cut the line at this moment of this call. It may wait as long as the test likes.
    package let cuts: @Sendable (Moment, Call, IntentID) async -> Bool

    package init(cuts: @escaping @Sendable (Moment, Call, IntentID) async -> Bool) {
        self.cuts = cuts
    }

    /// The line is never cut.
    package static let none = SandboxFault { _, _, _ in false }
}
