import Notation
import Proofs
package import Records
import Vocabulary

/// A rule-set file, and the decisions that it is tried on.
package struct ReplayRequest: Sendable, Hashable {
    package let rules: ReplayRules
    /// SHA-256 of the file, for the leaf about this replay.
    package let digest: [UInt8]
    /// Narrowed by time and merchant alone.
    package let filter: AuditFilter

    /// - Parameter file: as `ReplayRules` reads it.
    package init(parsing file: [UInt8], filter: AuditFilter = AuditFilter()) throws(RuleSetFlaw) {
        rules = try ReplayRules(parsing: file)
        digest = Digest.sha256(file)
        self.filter = filter
    }

    /// What is walked through. A filter that asks for more than time and merchant is refused: a replay over
    /// payments of one status would hide what other rules do to the rest.
    func bounds(now: Instant) throws(Refusal) -> DecisionWalk.Bounds {
        var narrowed = AuditFilter()
        narrowed.since = filter.since
        narrowed.until = filter.until
        narrowed.merchantWords = filter.merchantWords
        narrowed.merchants = filter.merchants
        guard filter == narrowed else {
            throw Refusal(
                .parameterInvalid, parameter: "filter",
                detail: "A replay is narrowed by since, until and merchant alone.")
        }
        return DecisionWalk.Bounds(
            since: filter.since?.beginning(at: now), until: filter.until?.end(at: now),
            merchants: filter.merchantWords.isEmpty ? nil : filter.merchants)
    }
}

extension LoggedDecision {
    /// - Parameter vault: opens what is personal; nil leaves it sealed.
    init(_ walked: WalkedDecision, vault: (any RecordVault)?) {
        let personal = walked.sealedInputs.flatMap { sealed in
            (try? vault?.open(inputs: sealed, of: walked.id)).flatMap { try? JSON.parse($0) }
        }
        self.init(
            id: walked.id, authorization: walked.authorization, stage: walked.stage, reason: walked.reason,
            trace: walked.trace, personal: personal,
            isSealed: walked.sealedInputs != nil && personal == nil)
    }
}
