import FHIR
import Notation
import Vocabulary

/// What the payload of a record says, and how it compares with the signature.
struct RecordReading: Sendable {
    /// How far a register's moment of attestation may be from its signature, in seconds.
    static let longestAttestation = 5 * 60

    let content: PrescriptionContent?
    let error: FHIRError?

    /// Reads the payload by the kind of its signer; a record without a kind is not read.
    init(_ record: SignedRecord) {
        guard let kind = record.kind else {
            (content, error) = (nil, nil)
            return
        }
        do throws(FHIRError) {
            content = try PrescriptionBundle.read(record.payload, kind: kind)
            error = nil
        } catch {
            content = nil
            self.error = error
        }
    }

    /// RX-DAY: a prescriber's record is issued on the local day of its signature. A register attests what
    /// others issued, so its own moment is compared and the day of issue is not.
    func issueDay(signedAt: Instant?) -> SignerExamination.Outcome {
        guard let content else { return SignerExamination.notLookedAt(.content) }
        guard let signedAt else { return SignerExamination.notLookedAt(.signingTime) }
        switch content.kind {
        case .prescriber:
            let day = LocalDate(signedAt)
            return content.issuedOn == day
                ? (.pass, .issuedOnSigningDay(day))
                : (.fail(.rxDateMismatch), .issuedOnOtherDay(issued: content.issuedOn, signed: day))
        case .registry:
            guard let attested = content.attestedAt,
                abs(attested.milliseconds - signedAt.milliseconds) <= Self.longestAttestation * 1_000
            else {
                return (
                    .fail(.rxDateMismatch),
                    .attestedAtOtherTime(attested: content.attestedAt, signed: signedAt)
                )
            }
            return (.pass, .attestedAtSigning(attested))
        }
    }

    /// RX-ROLE: a prescriber's record names the role and the authorisation of the certificate.
    func role(
        _ certificate: SignerExamination.Outcome, signer: SignerIdentity?
    ) -> SignerExamination.Outcome {
        guard case .pass = certificate.verdict, let signer else { return certificate }
        guard let content else { return SignerExamination.notLookedAt(.content) }
        guard signer.kind == .prescriber else { return certificate }
        if content.prescriber.role != signer.role {
            return (
                .fail(.rxPrescriberNotEntitled),
                .recordNamesOtherRole(certificate: signer.role, record: content.prescriber.role)
            )
        }
        if content.prescriber.authorisation != signer.authorisation {
            return (.fail(.rxPrescriberNotEntitled), .recordNamesOtherAuthorisation)
        }
        return certificate
    }
}
