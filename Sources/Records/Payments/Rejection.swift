package import Lifecycles
package import Vocabulary

/// Why the writer did not carry out a command: something about the request or the state, never about the
/// disk.
package enum Rejection: Error, Sendable, Hashable {
    case notFound
    case cardTokenUnknown
    case cardTokenUsed
    case cardTokenExpired
    case replacesUnknown
    case authorization(AuthorizationRejection)
    case confirmationOver(ConfirmationStatus)
    /// The answer does not belong to the text that this device was shown.
    case statementUnknown
    case deviceUnknown
    case deviceBlocked
    case deviceOnHold(until: Instant)
    /// A record was attested anew between reading and writing: read again.
    case recordChanged
    /// The hold, or the relation it rests on, is over: nothing is captured for it.
    case holdEnded
    case hold(HoldRejection)
    case prescription(PrescriptionRejection)
    /// A cancellation signed by somebody else, or of another record than the one named.
    case cancellationNotByTheSigner
    case handover(HandoverRejection)
    /// The key was used for another request; the parameters that differ.
    case idempotencyKeyReused(differing: [String])
}
