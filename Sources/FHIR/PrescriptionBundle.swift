package import Notation
package import Vocabulary

/// A prescription as a FHIR R4 `Bundle` of type `collection`, read and written.
package enum PrescriptionBundle {
    /// Reads a bundle strictly: what is missing, unknown, repeated or contradictory is an error with its
    /// path, never a guess.
    ///
    /// `kind` comes from the header of the signed object: `meta.lastUpdated` and the extensions about earlier
    /// handovers are a register's only, and are refused from a prescriber.
    package static func read(_ bytes: [UInt8], kind: SignerKind) throws(FHIRError) -> PrescriptionContent {
        try BundleReader(bytes, kind: kind).read()
    }

    /// The bundle that `read` gives back equal, for a content that keeps the limits of `read`.
    package static func json(_ content: PrescriptionContent) -> JSON {
        BundleWriter(content: content).json
    }
}
