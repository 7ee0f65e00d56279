package import Proofs
package import Records
package import Vocabulary
import Notation

/// One stored verdict on a filed text, found again from what is stored beside it (RX-AUDIT).
package struct RecomputedVerdict: Sendable, Hashable {
    /// How the verdict of today's program compares with the stored one.
    package enum Outcome: Sendable, Hashable {
        case same
        /// The same text and evidence give another verdict by now.
        case different
        /// The rules were other ones when it was filed.
        case otherRules
        /// A piece of evidence is gone or is not what it was.
        case evidenceMissing
        /// The sealed text does not open, or is not the text that was filed.
        case textUnreadable
    }

    package let prescription: PrescriptionID
    /// Counts the filings of the record, from 1.
    package let number: Int64
    package let outcome: Outcome
}

/// Finds every stored verdict again, offline: from the stored text, the stored evidence and the stored times.
package struct VerdictAudit: Sendable {
    private let ledger: Ledger
    private let keys: KeyRing

    package init(ledger: Ledger, keys: KeyRing) {
        self.ledger = ledger
        self.keys = keys
    }

    /// All filings, oldest first.
    package func run() async throws -> [RecomputedVerdict] {
        var snapshots: [[EvidenceName]: TrustSnapshot] = [:]
        var results: [RecomputedVerdict] = []
        for filing in try await ledger.read({ db in try FilingRow.all(in: db) }) {
            if snapshots[filing.evidence] == nil {
                snapshots[filing.evidence] = try await snapshot(filing.evidence)
            }
            results.append(
                RecomputedVerdict(
                    prescription: filing.prescription, number: filing.number,
                    outcome: outcome(filing, snapshots[filing.evidence])))
        }
        return results
    }

    private func outcome(_ filing: FilingRow, _ snapshot: TrustSnapshot?) -> RecomputedVerdict.Outcome {
        guard filing.ruleSet == CheckDocument.ruleSetHash else { return .otherRules }
        guard let snapshot else { return .evidenceMissing }
        guard let bytes = try? keys.open(filing.bodySealed, for: .filing(filing.textDigest)),
            let text = FiledText(bytes), Digest.sha256(text.compact.utf8) == filing.textDigest
        else { return .textUnreadable }
        let verifier = PrescriptionVerifier(trust: snapshot.anchors)
        let examination = verifier.examine(
            text.compact, stapled: text.stapled, firstSeen: filing.firstSeen)
        let verdict = FilingVerdict(
            examination, by: verifier, stapled: text.stapled, firstSeen: filing.firstSeen,
            at: filing.examinedAt)
        return verdict.text == filing.verdict ? .same : .different
    }

    /// What was trusted then; nil when a piece is missing or was changed.
    private func snapshot(_ names: [EvidenceName]) async throws -> TrustSnapshot? {
        let pieces = try await ledger.read { db in
            try names.map { try FilingRow.evidence($0, in: db) }
        }
        var files: [TrustEvidence] = []
        for (name, bytes) in zip(names, pieces) {
            guard let bytes, Digest.sha256(bytes) == name.digest,
                let kind = TrustFileKind(rawValue: name.kind)
            else { return nil }
            files.append(TrustEvidence(kind: kind, name: name.kind, bytes: bytes))
        }
        return try? TrustSnapshot(evidence: files)
    }
}
