import Foundation
import GRDB
import Lifecycles
package import Notation
package import Vocabulary

/// A text that was filed, with the verdict on it: checked outside, many at once.
package struct PrescriptionFiling: Sendable, Hashable {
    /// What the signed bytes say, hashed under keys outside the database; only of an authentic record.
    package struct Identity: Sendable, Hashable {
        package let recordKey: [UInt8]
        package let version: Int64
        package let patientHash: [UInt8]
        package let signerHash: [UInt8]
        /// Last day of the last line.
        package let validTo: LocalDate
        /// How many lines it has.
        package let lines: Int
        /// The records that its lines take the place of.
        package let replaces: [[UInt8]]

        package init(
            recordKey: [UInt8], version: Int64, patientHash: [UInt8], signerHash: [UInt8],
            validTo: LocalDate, lines: Int, replaces: [[UInt8]]
        ) {
            self.recordKey = recordKey
            self.version = version
            self.patientHash = patientHash
            self.signerHash = signerHash
            self.validTo = validTo
            self.lines = lines
            self.replaces = replaces
        }
    }

    /// How a certificate was revoked (RX-REV).
    package enum RevocationProof: Sendable, Hashable {
        /// No signature of it counts, whenever it was made.
        case compromised
        /// Signatures of this moment and later do not count.
        case revoked(at: Instant)

        fileprivate var from: Instant? {
            if case .revoked(let moment) = self { moment } else { nil }
        }
    }

    /// A piece of evidence, kept once by its hash.
    package struct Evidence: Sendable, Hashable {
        package let kind: String
        package let digest: [UInt8]
        package let bytes: [UInt8]

        package init(kind: String, digest: [UInt8], bytes: [UInt8]) {
            self.kind = kind
            self.digest = digest
            self.bytes = bytes
        }
    }

    package let id: PrescriptionID
    package let owner: Owner
    package let kind: SignerKind
    package let textDigest: [UInt8]
    package let recordDigest: [UInt8]?
    package let identity: Identity?
    /// Keyed hash of whom a text names that is not authentic: for an erasure, and for nothing else.
    package let namedHash: [UInt8]?
    package let flaw: DeclineReason?
    package let isRevocationKnown: Bool
    /// The text is known, and what is stapled to it is not.
    package let hasNewEvidence: Bool
    /// What the evidence proves against the signer's certificate.
    package let revocationProof: RevocationProof?
    /// SHA-256 of the signer's certificate; nil when there is none to be read.
    package let leafDigest: [UInt8]?
    package let attestedAt: Instant?
    package let signedAt: Instant?
    package let firstSeen: Instant
    /// Now: the evidence of revocation is weighed for this moment.
    package let examinedAt: Instant
    package let bodySealed: [UInt8]
    package let verdict: String
    package let ruleSet: [UInt8]
    package let evidence: [Evidence]
    /// For the answer: the record's id as its signer wrote it.
    package let recordText: String?
    package let checks: JSON

    package init(
        id: PrescriptionID, owner: Owner, kind: SignerKind, textDigest: [UInt8], recordDigest: [UInt8]?,
        identity: Identity?, namedHash: [UInt8]? = nil, flaw: DeclineReason?, isRevocationKnown: Bool,
        hasNewEvidence: Bool = false,
        revocationProof: RevocationProof? = nil, leafDigest: [UInt8]? = nil,
        attestedAt: Instant?, signedAt: Instant?, firstSeen: Instant, examinedAt: Instant,
        bodySealed: [UInt8], verdict: String, ruleSet: [UInt8],
        evidence: [Evidence], recordText: String?, checks: JSON
    ) {
        self.id = id
        self.owner = owner
        self.kind = kind
        self.textDigest = textDigest
        self.recordDigest = recordDigest
        self.identity = identity
        self.namedHash = identity == nil ? namedHash : nil
        self.flaw = flaw
        self.isRevocationKnown = isRevocationKnown
        self.hasNewEvidence = hasNewEvidence
        self.revocationProof = revocationProof
        self.leafDigest = leafDigest
        self.attestedAt = attestedAt
        self.signedAt = signedAt
        self.firstSeen = firstSeen
        self.examinedAt = examinedAt
        self.bodySealed = bodySealed
        self.verdict = verdict
        self.ruleSet = ruleSet
        self.evidence = evidence
        self.recordText = recordText
        self.checks = checks
    }
}

/// Files a record: new, the same again, a newer attestation of a register, or a conflict (RX-ID).
package struct FilePrescription: Command {
    package let filing: PrescriptionFiling
    package let key: RequestKey?

    package init(filing: PrescriptionFiling, key: RequestKey?) {
        self.filing = filing
        self.key = key
    }

    /// What became of a filing.
    package enum Outcome: Sendable {
        case answered(WrittenAnswer)
        /// The same record with other contents. It leaves a leaf, and somebody should look (RX-ID).
        case conflict(with: PrescriptionID)
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        if case .answered(let first) = try transaction.state(of: key) { return .answered(first) }
        if let known = try transaction.prescription(filedAs: filing.textDigest, by: filing.owner) {
            return try answer(try refreshed(known, in: transaction), isNew: false, in: transaction)
        }
        guard let identity = filing.identity else {
            try transaction.rememberRevocation(filing)
            return try answer(try transaction.insert(filing), isNew: true, in: transaction)
        }
        let versions = try transaction.prescriptions(withKey: identity.recordKey, isLive: filing.owner.isLive)
        // One record has one patient, whoever vouches for it.
        if let other = versions.first(where: { $0.patientHash != identity.patientHash }) {
            return try conflict(with: other, in: transaction)
        }
        let ofKind = versions.filter { $0.kind == filing.kind }
        if let same = ofKind.first(where: { $0.version == identity.version }) {
            return try again(same, identity, in: transaction)
        }
        if let stranger = ofKind.first(where: {
            $0.signerHash != identity.signerHash || $0.version ?? 0 > identity.version
        }) {
            return try conflict(with: stranger, in: transaction)
        }
        let row = try transaction.insert(filing)
        for older in ofKind { try transaction.withdraw(older, outcome: "replaced") }
        try giveWayToRegister(row, versions, in: transaction)
        for key in identity.replaces {
            for prior in try transaction.prescriptions(withKey: key, isLive: filing.owner.isLive)
            where prior.signerHash == identity.signerHash && prior.patientHash == identity.patientHash {
                try transaction.withdraw(prior, outcome: "replaced")
            }
        }
        return try answer(
            try transaction.requirePrescription(row.id), isNew: true, in: transaction)
    }

    /// A register counts what everybody handed over; a prescriber's own copy of the same record knows less,
    /// so nothing is drawn from it any more.
    private func giveWayToRegister(
        _ row: PrescriptionRow, _ versions: [PrescriptionRow], in transaction: Transaction
    ) throws {
        switch filing.kind {
        case .registry:
            for copy in versions where copy.kind == .prescriber {
                try transaction.withdraw(copy, outcome: "replaced")
            }
        case .prescriber:
            guard versions.contains(where: { $0.kind == .registry }) else { return }
            try transaction.withdraw(row, outcome: "replaced")
        }
    }

    /// The same text with newer stapled evidence is kept as another filing of the same record.
    /// What proves a revocation is never forgotten.
    private func refreshed(_ row: PrescriptionRow, in transaction: Transaction) throws -> PrescriptionRow {
        try transaction.rememberRevocation(filing)
        let isAwaited = row.status == .pending && filing.isRevocationKnown
        guard filing.hasNewEvidence || isAwaited, filing.identity != nil, !row.status.isTerminal else {
            return row
        }
        return try transaction.replace(row, by: filing)
    }

    /// The same record and version: the same payload is the same record, a register's newer word replaces
    /// the older one, anything else is a conflict.
    private func again(
        _ row: PrescriptionRow, _ identity: PrescriptionFiling.Identity, in transaction: Transaction
    ) throws -> Outcome {
        let current = try FilingRow.current(of: row.id, in: transaction.db)
        if let current, current.recordDigest == filing.recordDigest {
            return try answer(row, isNew: false, in: transaction)
        }
        guard row.patientHash == identity.patientHash, row.signerHash == identity.signerHash,
            filing.kind == .registry, let attestedAt = filing.attestedAt, let before = current?.attestedAt,
            attestedAt != before
        else { return try conflict(with: row, in: transaction) }
        guard attestedAt > before else { return try answer(row, isNew: false, in: transaction) }
        return try answer(try transaction.replace(row, by: filing), isNew: true, in: transaction)
    }

    private func conflict(with row: PrescriptionRow, in transaction: Transaction) throws -> Outcome {
        var leaf = LeafDraft(kind: .change, subject: row.id.text, outcome: "conflict")
        leaf.merchant = filing.owner.merchant
        leaf.reason = .rxConflict
        leaf.secrets = [LeafSecret("record", filing.recordDigest ?? filing.textDigest)]
        try transaction.appendLeaf(leaf)
        return .conflict(with: row.id)
    }

    private func answer(
        _ row: PrescriptionRow, isNew: Bool, in transaction: Transaction
    ) throws -> Outcome {
        // The same again gets the verdict that stands, not one by the evidence of another day.
        let current = isNew ? nil : try FilingRow.current(of: row.id, in: transaction.db)
        let summary = FiledPrescription(
            id: row.id, record: filing.recordText, version: row.version, kind: row.kind, status: row.status,
            checks: try current.map { try JSON.parse($0.verdict.utf8) } ?? filing.checks)
        return .answered(try transaction.answer(.prescription(summary, isNew: isNew), for: key))
    }
}

extension Transaction {
    func prescription(filedAs digest: [UInt8], by owner: Owner) throws -> PrescriptionRow? {
        try row(
            """
            SELECT p.* FROM prescription_filings f JOIN prescriptions p ON p.id = f.prescription
            WHERE f.text_digest = ? AND p.is_live = ?
            """,
            [Data(digest), owner.isLive]
        ).map(PrescriptionRow.init)
    }

    func prescriptions(withKey key: [UInt8], isLive: Bool) throws -> [PrescriptionRow] {
        try rows(
            """
            SELECT * FROM prescriptions WHERE record_key = ? AND is_live = ? AND status <> 'invalid'
            """,
            [Data(key), isLive]
        ).map(PrescriptionRow.init)
    }

    fileprivate func insert(_ filing: PrescriptionFiling) throws -> PrescriptionRow {
        let life = PrescriptionLifecycle(
            isAuthentic: filing.flaw == nil, isRevocationKnown: filing.isRevocationKnown)
        let identity = filing.identity
        try execute(
            """
            INSERT INTO prescriptions (id, merchant, is_live, kind, record_key, version, patient_hash,
                signer_hash, named_hash, status, flaw, valid_to, lines, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                filing.id, filing.owner.merchant, filing.owner.isLive, filing.kind.rawValue,
                identity.map { Data($0.recordKey) }, identity?.version,
                identity.map { Data($0.patientHash) }, identity.map { Data($0.signerHash) },
                filing.namedHash.map { Data($0) }, life.status.rawValue, filing.flaw?.rawValue,
                identity?.validTo.description,
                identity?.lines ?? 0, now, now,
            ])
        try insertText(filing, of: filing.id, number: 1, outcome: life.status.rawValue, before: nil)
        return try requirePrescription(filing.id)
    }

    /// A register's newer word. What was handed over before may have changed, so the state is counted anew.
    fileprivate func replace(
        _ row: PrescriptionRow, by filing: PrescriptionFiling
    ) throws -> PrescriptionRow {
        let number = row.filing + 1
        try insertText(
            filing, of: row.id, number: number, outcome: "attested", before: row.status.rawValue)
        try execute(
            """
            UPDATE prescriptions SET filing = ?, valid_to = ?, lines = ?, tag = tag + 1, updated_at = ?
            WHERE id = ?
            """,
            [number, filing.identity?.validTo.description, filing.identity?.lines ?? 0, now, row.id])
        noteChange(of: row.id.text)
        if filing.isRevocationKnown { try move(row.id, .evidenceFound) }
        if filing.kind == .registry, filing.attestedAt != nil { try move(row.id, .attest) }
        return try requirePrescription(row.id)
    }

    /// A certificate that was proved to be revoked signs nothing any more, whatever older lists say of it.
    fileprivate func rememberRevocation(_ filing: PrescriptionFiling) throws {
        guard let leaf = filing.leafDigest, let proof = filing.revocationProof else { return }
        try execute(
            """
            INSERT INTO revoked_signers (leaf, revoked_from, proof_sealed, proved_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (leaf) DO UPDATE SET revoked_from = excluded.revoked_from,
                proof_sealed = excluded.proof_sealed, proved_at = excluded.proved_at
            WHERE revoked_from NOT NULL
                AND (excluded.revoked_from IS NULL OR excluded.revoked_from < revoked_from)
            """,
            [Data(leaf), proof.from, Data(filing.bodySealed), now])
    }

    /// Keeps what a verdict rests on, each piece once (RX-AUDIT).
    func keep(_ evidence: [PrescriptionFiling.Evidence]) throws {
        for piece in evidence {
            try execute(
                "INSERT OR IGNORE INTO evidence (digest, kind, bytes, first_used_at) VALUES (?, ?, ?, ?)",
                [Data(piece.digest), piece.kind, Data(piece.bytes), now])
        }
    }

    private func insertText(
        _ filing: PrescriptionFiling, of id: PrescriptionID, number: Int64, outcome: String, before: String?
    ) throws {
        try keep(filing.evidence)
        var leaf = LeafDraft(kind: .decision, subject: id.text, outcome: outcome)
        leaf.merchant = filing.owner.merchant
        leaf.reason = filing.flaw
        leaf.ruleSet = filing.ruleSet
        leaf.stateBefore = before
        leaf.previous = try row("SELECT last_leaf FROM prescriptions WHERE id = ?", [id])?["last_leaf"]
        leaf.secrets = [LeafSecret("record", filing.recordDigest ?? filing.textDigest)]
        if let signer = filing.identity?.signerHash { leaf.secrets.append(LeafSecret("signer", signer)) }
        let position = try appendLeaf(leaf)
        try execute(
            """
            INSERT INTO prescription_filings (prescription, number, text_digest, record_digest, attested_at,
                signed_at, first_seen, examined_at, body_sealed, verdict, rule_set, evidence,
                leaf_digest, leaf)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, number, Data(filing.textDigest), filing.recordDigest.map { Data($0) }, filing.attestedAt,
                filing.signedAt, filing.firstSeen, filing.examinedAt, Data(filing.bodySealed), filing.verdict,
                Data(filing.ruleSet),
                filing.evidence.map { EvidenceName(kind: $0.kind, digest: $0.digest).text }
                    .joined(separator: " "),
                filing.leafDigest.map { Data($0) }, position,
            ])
        try execute("UPDATE prescriptions SET last_leaf = ? WHERE id = ?", [position, id])
    }

    func requirePrescription(_ id: PrescriptionID) throws -> PrescriptionRow {
        guard let found = try PrescriptionRow.find(id, in: db) else { throw Rejection.notFound }
        if try rowsDiffer(of: id.text) { try recordNote(Self.rowsDiffered, of: found) }
        return found
    }
}
