import FHIR
import Proofs
import Vocabulary

/// What every rule of authenticity says about one file, for a person who owns it.
struct OfflineVerification {
    let checks: [AuthenticityCheck]
    let isAuthentic: Bool
    /// The content in words, or why there is none. The CPR number stays masked.
    let content: [String]

    init(compact: String, anchors: TrustAnchors, stapled: [[UInt8]], at now: Instant) {
        let verifier = PrescriptionVerifier(trust: anchors)
        if (try? UnverifiedJWS(compact: compact, expecting: .prescriptionCancel)) != nil {
            let found = verifier.examineCancellation(compact, stapled: stapled, firstSeen: now)
            checks = found.checks
            isAuthentic = found.verified.map { $0.revocation.standing == .pass } ?? false
            content = Self.lines(found)
        } else {
            let found = verifier.examine(compact, stapled: stapled, firstSeen: now)
            checks = found.checks
            isAuthentic = found.isAuthentic
            content = Self.lines(found)
        }
    }

    /// One row a rule, and the whole in the last.
    var table: Table {
        var table = Table(["rule", "verdict", "reason", "detail"])
        table.rows = checks.map {
            [$0.rule.rawValue, $0.verdict.text, $0.verdict.reason?.rawValue ?? "", $0.detail]
        }
        let refused = checks.first { $0.verdict.reason != nil && !$0.verdict.isUnknown }
        let reason = (refused ?? checks.first { $0.verdict.isUnknown })?.verdict.reason
        let verdict = isAuthentic ? "pass" : refused == nil && reason != nil ? "unknown" : "fail"
        table.rows.append(["all", verdict, reason?.rawValue ?? "", reason?.entry.detail ?? ""])
        return table
    }

    private static func lines(_ found: PrescriptionExamination) -> [String] {
        if let content = found.unverifiedContent {
            let warning = found.isAuthentic ? [] : ["Not authentic; it says:"]
            return warning + PrescriptionText.lines(content)
        }
        if let error = found.bundleError {
            return ["The payload is no prescription at \(error.path): \(error.explanation)"]
        }
        return ["There is no payload to read."]
    }

    private static func lines(_ found: CancellationExamination) -> [String] {
        if let cancellation = found.verified {
            return [
                "Cancels record \(cancellation.record), version \(cancellation.version)",
                "Reason: \(cancellation.reason)",
            ]
        }
        return [found.payloadFlaw.map { "The payload is no cancellation: \($0.explanation)" } ?? ""]
    }
}

extension CheckVerdict {
    fileprivate var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}
