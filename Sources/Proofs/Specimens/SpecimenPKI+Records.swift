import FHIR
import Notation
package import Vocabulary

extension SpecimenPKI {
    /// A record with this content, signed by one of the specimens at a moment.
    package func sign(
        _ content: PrescriptionContent, by signer: SpecimenSigner, at moment: Instant
    ) throws -> String {
        try PrescriptionSigning.sign(
            payload: PrescriptionBundle.json(content).written(), kind: signer.kind, chain: chain(of: signer),
            key: Self.key(of: signer), at: moment)
    }

    /// A cancellation of one version of a record.
    package func cancel(
        record: String, version: Int64, reason: String, by signer: SpecimenSigner, at moment: Instant
    ) throws -> String {
        try PrescriptionSigning.signCancellation(
            record: record, version: version, reason: reason, kind: signer.kind, chain: chain(of: signer),
            key: Self.key(of: signer), at: moment)
    }
}
