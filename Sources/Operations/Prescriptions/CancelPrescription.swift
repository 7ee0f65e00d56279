import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// Takes a record back on the signed word of its prescriber or register (RX-CANCEL).
    package func cancelPrescription(
        _ id: PrescriptionID, _ request: FilingRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        guard caller.kind == .secret else { throw Refusal(.secretKeyRequired) }
        guard caller.merchant.kind == .filer else { throw Refusal(.merchantKindNotAllowed) }
        return try await refusing {
            // Examined first: without the signer's word nobody learns which records there are.
            let examination = PrescriptionVerifier(trust: try trust.current().anchors).examineCancellation(
                request.compact, stapled: request.stapled, firstSeen: clock.now())
            guard let verified = examination.verified else {
                throw Refusal(.cancellationRefused, detail: Self.explanation(of: examination))
            }
            guard let opened = try await opened(id, isLive: caller.isLive),
                let content = opened.content
            else { throw Refusal(.notFound) }
            guard verified.record == content.identity.value else {
                throw Refusal(opened.row.owner == caller.owner ? .cancellationRefused : .notFound)
            }
            return Answered(
                try await ledger.submit(
                    CancelPrescription(
                        id: id, owner: caller.owner, signerHash: keys.signerHash(of: verified.signer),
                        recordKey: keys.recordKey(of: content.identity), version: verified.version,
                        digest: verified.digest, key: identity.requestKey(of: caller.owner),
                        recordText: content.identity.value)))
        }
    }

    private static func explanation(of examination: CancellationExamination) -> String {
        if let flaw = examination.payloadFlaw { return flaw.explanation }
        let failed = examination.checks.first { $0.verdict.reason != nil }
        return failed?.detail ?? ErrorCode.cancellationRefused.detail
    }
}
