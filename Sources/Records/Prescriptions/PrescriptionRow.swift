import Foundation
package import GRDB
import Lifecycles
import Notation
package import Vocabulary

/// A record as it stands: what the gateway knows of it without opening what was signed.
package struct PrescriptionRow: Sendable, Hashable {
    package let id: PrescriptionID
    /// Who filed it first.
    package let owner: Owner
    package let kind: SignerKind
    /// Nil when it is not authentic, as are the four below.
    package let recordKey: [UInt8]?
    package let version: Int64?
    package let patientHash: [UInt8]?
    package let signerHash: [UInt8]?
    package let validTo: LocalDate?
    package let status: PrescriptionStatus
    /// The first check that failed.
    package let flaw: DeclineReason?
    /// The number of the filing that counts.
    package let filing: Int64
    /// Grows with each change: the `ETag`.
    package let tag: Int

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = PrescriptionID(text), let merchant = MerchantID(row["merchant"]),
            let kind = SignerKind(rawValue: row["kind"]),
            let status = PrescriptionStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "prescriptions", id: text) }
        self.id = id
        owner = Owner(merchant: merchant, isLive: row["is_live"])
        self.kind = kind
        recordKey = (row["record_key"] as Data?).map { [UInt8]($0) }
        version = row["version"]
        patientHash = (row["patient_hash"] as Data?).map { [UInt8]($0) }
        signerHash = (row["signer_hash"] as Data?).map { [UInt8]($0) }
        validTo = (row["valid_to"] as String?).flatMap { LocalDate($0) }
        self.status = status
        flaw = (row["flaw"] as String?).flatMap { DeclineReason(rawValue: $0) }
        filing = row["filing"]
        tag = row["tag"]
    }

    /// Whether the signer of the filing that counts was proved to be revoked by any filing (RX-REV).
    package func isSignerRevoked(in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT 1 FROM prescription_filings f JOIN revoked_signers r ON r.leaf = f.leaf_digest
                WHERE f.prescription = ? AND f.number = ?
                    AND (r.revoked_from IS NULL OR r.revoked_from <= f.signed_at)
                """)
        return try Row.fetchOne(statement, arguments: [id, filing]) != nil
    }

    package static func find(_ id: PrescriptionID, in db: Database) throws -> PrescriptionRow? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM prescriptions WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(PrescriptionRow.init)
    }
}

/// One text that was filed, sealed, with the verdict on it.
package struct FilingRow: Sendable, Hashable {
    package let prescription: PrescriptionID
    package let number: Int64
    package let filer: MerchantID
    package let textDigest: [UInt8]
    package let recordDigest: [UInt8]?
    package let attestedAt: Instant?
    package let signedAt: Instant?
    package let firstSeen: Instant
    /// The moment that the evidence of revocation was weighed for.
    package let examinedAt: Instant
    package let bodySealed: [UInt8]
    /// Rule by rule, JSON.
    package let verdict: String
    package let ruleSet: [UInt8]
    /// What the verdict rests on, in the order in which it was read.
    package let evidence: [EvidenceName]

    private init(_ row: Row) throws {
        let text: String = row["prescription"]
        guard let prescription = PrescriptionID(text), let filer = MerchantID(row["merchant"]) else {
            throw LedgerFault.unreadable(table: "prescription_filings", id: text)
        }
        self.prescription = prescription
        number = row["number"]
        self.filer = filer
        textDigest = [UInt8](row["text_digest"] as Data)
        recordDigest = (row["record_digest"] as Data?).map { [UInt8]($0) }
        attestedAt = row["attested_at"]
        signedAt = row["signed_at"]
        firstSeen = row["first_seen"]
        examinedAt = row["examined_at"]
        bodySealed = [UInt8](row["body_sealed"] as Data)
        verdict = row["verdict"]
        ruleSet = [UInt8](row["rule_set"] as Data)
        evidence = try (row["evidence"] as String).split(separator: " ").map { name in
            guard let name = EvidenceName(name) else {
                throw LedgerFault.unreadable(table: "prescription_filings", id: text)
            }
            return name
        }
    }

    private static let selection = """
        SELECT f.*, p.merchant FROM prescription_filings f JOIN prescriptions p ON p.id = f.prescription
        """

    /// The filing that counts for a record now.
    package static func current(of id: PrescriptionID, in db: Database) throws -> FilingRow? {
        let statement = try db.cachedStatement(
            sql: selection + " WHERE f.prescription = ? AND f.number = p.filing")
        return try Row.fetchOne(statement, arguments: [id]).map(FilingRow.init)
    }

    /// The first filing of a text; what it says of the first sight stands for good.
    package static func first(_ textDigest: [UInt8], in db: Database) throws -> FilingRow? {
        let statement = try db.cachedStatement(
            sql: selection + " WHERE f.text_digest = ? ORDER BY f.leaf LIMIT 1")
        return try Row.fetchOne(statement, arguments: [Data(textDigest)]).map(FilingRow.init)
    }

    /// All filings, oldest first: what recomputes the verdicts (RX-AUDIT).
    package static func all(in db: Database) throws -> [FilingRow] {
        try Row.fetchAll(db, sql: selection + " ORDER BY f.leaf").map(FilingRow.init)
    }

    /// The bytes of a piece of evidence.
    package static func evidence(_ name: EvidenceName, in db: Database) throws -> [UInt8]? {
        let statement = try db.cachedStatement(
            sql: "SELECT bytes FROM evidence WHERE digest = ? AND kind = ?")
        return try Data.fetchOne(statement, arguments: [Data(name.digest), name.kind]).map { [UInt8]($0) }
    }
}

/// By what a piece of evidence is found again. The same bytes may serve as two kinds.
package struct EvidenceName: Sendable, Hashable {
    package let kind: String
    /// SHA-256 of the bytes.
    package let digest: [UInt8]

    init(kind: String, digest: [UInt8]) {
        self.kind = kind
        self.digest = digest
    }

    /// Reads what `text` wrote.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let digest = Hex.decode(parts[1]), digest.count == 32 else { return nil }
        self.init(kind: String(parts[0]), digest: digest)
    }

    var text: String { "\(kind):\(Hex.encode(digest))" }
}
