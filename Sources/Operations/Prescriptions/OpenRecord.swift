package import Decisions
package import Proofs
package import Records
package import Vocabulary

/// A filed record, opened and examined again with the trust of now.
package struct OpenedRecord: Sendable {
    package let row: PrescriptionRow
    package let filing: FilingRow
    package let compact: String
    package let examination: PrescriptionExamination
    /// By the evidence of now; unknown for a record that is not authentic.
    package let revocation: RevocationFinding
    /// A filing proved that the signer was revoked, whatever the lists of now say.
    package let isSignerRevoked: Bool

    /// What was signed, if it was signed well; never what nobody vouches for.
    package var content: PrescriptionContent? { row.flaw == nil ? examination.verified?.content : nil }

    /// The first check that failed when it was filed, or that fails by now: a root may have been withdrawn.
    package var flaw: DeclineReason? { row.flaw ?? examination.flaw }

    /// Signed well, and good by the evidence of now.
    package var isAuthentic: Bool { content != nil && standing == .good }

    package var standing: RevocationStanding {
        if isSignerRevoked { return .revoked }
        switch revocation {
        case .good: return .good
        case .revoked: return .revoked
        case .unknown: return .unknown
        }
    }
}

extension Gateway {
    /// Opens a record; nil when there is none of this id in this mode, or its patient was erased.
    func opened(_ id: PrescriptionID, isLive: Bool) async throws -> OpenedRecord? {
        let found = try await ledger.read { db -> (PrescriptionRow, FilingRow, Bool)? in
            guard let row = try PrescriptionRow.find(id, in: db),
                let filing = try FilingRow.current(of: id, in: db)
            else { return nil }
            return (row, filing, try row.isSignerRevoked(in: db))
        }
        // A record whose patient was erased is only counted; there is nothing to be opened.
        guard let (row, filing, isRevoked) = found, row.owner.isLive == isLive, !filing.bodySealed.isEmpty
        else { return nil }
        return try opened(row, filing, isSignerRevoked: isRevoked)
    }

    func opened(
        _ row: PrescriptionRow, _ filing: FilingRow, isSignerRevoked: Bool = false
    ) throws -> OpenedRecord {
        let bytes = try keys.open(filing.bodySealed, for: .filing(filing.textDigest))
        guard let text = FiledText(bytes) else { throw ProofRefusal.cannotOpen }
        let verifier = PrescriptionVerifier(trust: try trust.current().anchors)
        let examination = verifier.examine(text.compact, stapled: text.stapled, firstSeen: filing.firstSeen)
        let revocation = examination.verified.map {
            verifier.revocation(
                of: $0.signer, signedAt: $0.signedAt, stapled: text.stapled, at: clock.now())
        }
        return OpenedRecord(
            row: row, filing: filing, compact: text.compact, examination: examination,
            revocation: revocation ?? .unknown(.none), isSignerRevoked: isSignerRevoked)
    }
}
