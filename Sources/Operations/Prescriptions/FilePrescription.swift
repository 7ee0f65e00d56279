import Decisions
import FHIR
import Logging
package import Notation
package import Proofs
import Records
import Vocabulary

/// `POST /v1/prescriptions`.
package struct FilingRequest: Sendable, Hashable {
    package let compact: String
    /// OCSP responses, DER.
    package let stapled: [[UInt8]]

    package init(compact: String, stapled: [[UInt8]]) {
        self.compact = compact
        self.stapled = stapled
    }
}

extension Gateway {
    /// Examines a record and files it, authentic or not (RX-ID). What is not authentic is kept with its
    /// verdict and never believed; what is authentic and cannot be read is refused and not kept.
    package func filePrescription(
        _ request: FilingRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try mayFile(caller)
        return try await refusing {
            let snapshot = try trust.current()
            let textDigest = Digest.sha256(request.compact.utf8)
            let known = try await ledger.read { db in try FilingRow.first(textDigest, in: db) }
            let stapled = request.stapled.isEmpty ? [] : try await stapledBefore(to: known)
            let now = clock.now()
            let verifier = PrescriptionVerifier(trust: snapshot.anchors)
            let examination = verifier.examine(
                request.compact, stapled: request.stapled, firstSeen: known?.firstSeen ?? now)
            if let error = examination.bundleError, examination.flaw == nil {
                throw Refusal(
                    .prescriptionUnreadable, parameter: error.path, detail: error.explanation)
            }
            let verdict = FilingVerdict(
                examination, by: verifier, stapled: request.stapled,
                firstSeen: known?.firstSeen ?? now, at: now)
            let filing = try filing(
                request, verdict, hasNewEvidence: known != nil && verdict.restsOnStaple(notIn: stapled),
                snapshot, caller)
            let outcome = try await ledger.submit(
                FilePrescription(filing: filing, key: identity.requestKey(of: caller.owner)))
            switch outcome {
            case .answered(let written): return Answered(written)
            case .conflict(let id):
                logger.warning("a record was filed with other contents", metadata: ["record": "\(id.text)"])
                throw Refusal(.prescriptionConflict)
            }
        }
    }

    /// The answers that the filing of a text which counts now came with.
    private func stapledBefore(to known: FilingRow?) async throws -> [[UInt8]] {
        guard let id = known?.prescription,
            let current = try await ledger.read({ db in try FilingRow.current(of: id, in: db) }),
            !current.bodySealed.isEmpty
        else { return [] }
        let bytes = try keys.open(current.bodySealed, for: .filing(current.textDigest))
        return FiledText(bytes)?.stapled ?? []
    }

    /// Whoever signed is believed for the signature, never for the key that filed it.
    private func mayFile(_ caller: Caller) throws(Refusal) {
        guard caller.kind == .secret else { throw Refusal(.secretKeyRequired) }
        guard caller.merchant.kind != .webshop else { throw Refusal(.merchantKindNotAllowed) }
    }

    private func filing(
        _ request: FilingRequest, _ verdict: FilingVerdict, hasNewEvidence: Bool, _ snapshot: TrustSnapshot,
        _ caller: Caller
    ) throws -> PrescriptionFiling {
        let examination = verdict.examination
        let verified = examination.verified
        let content = examination.unverifiedContent
        let textDigest = Digest.sha256(request.compact.utf8)
        let body = FiledText(compact: request.compact, stapled: request.stapled).bytes
        return PrescriptionFiling(
            id: newID(), owner: caller.owner,
            kind: content?.kind ?? .prescriber,
            textDigest: textDigest, recordDigest: verified?.recordDigest,
            identity: verified.map(filedIdentity),
            namedHash: content.map { keys.patientHash(of: $0.patient.personNumber) },
            flaw: verified == nil ? flaw(of: examination) : nil,
            isRevocationKnown: verdict.isRevocationKnown,
            hasNewEvidence: hasNewEvidence, revocationProof: verdict.proof,
            leafDigest: FiledText.leafDigest(of: request.compact),
            attestedAt: verified?.content.attestedAt, signedAt: verified?.signedAt,
            firstSeen: verdict.firstSeen, examinedAt: verdict.examinedAt,
            bodySealed: try keys.seal(body, for: .filing(textDigest)),
            verdict: verdict.text, ruleSet: CheckDocument.ruleSetHash,
            evidence: snapshot.evidence.map(\.kept),
            recordText: content?.identity.value, checks: verdict.checks)
    }

    /// A record without a verdict against it that is not authentic either does not exist; deny by default.
    private func flaw(of examination: PrescriptionExamination) -> DeclineReason {
        examination.flaw ?? .rxSignatureInvalid
    }

    private func filedIdentity(_ verified: VerifiedPrescription) -> PrescriptionFiling.Identity {
        let content = verified.content
        let ends = content.lines.map {
            RecordWindow(of: $0, issuedOn: content.issuedOn, by: content.prescriber.role).last
        }
        return PrescriptionFiling.Identity(
            recordKey: keys.recordKey(of: content.identity), version: content.version,
            patientHash: keys.patientHash(of: content.patient.personNumber),
            signerHash: keys.signerHash(of: verified.signer), validTo: ends.max() ?? content.issuedOn,
            lines: content.lines.count,
            replaces: content.lines.compactMap(\.replaces).map { keys.recordKey(of: $0) })
    }
}

extension TrustEvidence {
    /// As the records keep it.
    var kept: PrescriptionFiling.Evidence {
        PrescriptionFiling.Evidence(kind: kind.rawValue, digest: digest, bytes: bytes)
    }
}

/// The checks of a filing as they are kept and answered: rule by rule, without personal data.
package enum CheckDocument {
    package static func json(_ checks: [AuthenticityCheck]) -> JSON {
        .array(
            checks.map { check in
                var object: JSONObject = [
                    "rule": .text(check.rule.rawValue), "verdict": .text(check.verdict.text),
                ]
                if let reason = check.verdict.reason { object.set("reason", .text(reason.rawValue)) }
                object.set("detail", .text(check.detail))
                return .object(object)
            })
    }

    /// SHA-256 of the RFC 8785 form of `{rule: {version, parameters}}`.
    package static let ruleSetHash: [UInt8] = {
        var object = JSONObject()
        for rule in AuthenticityRule.allCases {
            object.set(rule.rawValue, ["version": 1, "parameters": [:]])
        }
        let bytes = (try? JSON.object(object).canonical()) ?? []
        return Digest.sha256(bytes)
    }()
}
