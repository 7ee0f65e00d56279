package import Vocabulary

/// One entry of a specimen list, or the word of a specimen response.
package struct SpecimenRevocation: Hashable, Sendable {
    package let signer: SpecimenSigner
    package let at: Instant
    /// Nil: the entry gives no reason.
    package let reason: RevocationReason?

    package init(_ signer: SpecimenSigner, at moment: Instant, reason: RevocationReason?) {
        self.signer = signer
        self.at = moment
        self.reason = reason
    }
}

/// What a specimen responder says.
package enum SpecimenStatus: Hashable, Sendable {
    case good
    case revoked(at: Instant, reason: RevocationReason?)
    case unknown
}
