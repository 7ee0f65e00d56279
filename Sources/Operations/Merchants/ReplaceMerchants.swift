import Notation
import Proofs
import Records
import Vocabulary

extension Gateway {
    /// Works with another book of merchants from now on. The leaf comes first: no change without its leaf.
    package func replaceMerchants(with merchants: [Merchant]) async throws(Refusal) {
        try await refusing {
            _ = try await ledger.submit(
                RecordConfigurationChange(
                    subject: "merchants", outcome: "merchants_read_again", digest: Self.digest(of: merchants))
            )
            self.merchants.replace(with: merchants)
        }
    }

    /// One digest for everything a book says, in whatever order it was read.
    static func digest(of merchants: [Merchant]) -> [UInt8] {
        let lines = merchants.sorted { $0.id.text < $1.id.text }.map { merchant in
            let limits = merchant.limits.map { "\($0.currency.code)=\($0.maximumMinor)" }.sorted()
            let keys = merchant.keys.map { key in
                [
                    key.id.text, key.kind.rawValue, Hex.encode(key.digest), key.expiresAt?.rfc3339 ?? "",
                    key.revokedAt?.rfc3339 ?? "",
                ].joined(separator: " ")
            }
            return [
                merchant.id.text, merchant.kind.rawValue, merchant.name.text, merchant.gln?.text ?? "",
                String(merchant.isSuspended), merchant.currencies.map(\.code).sorted().joined(separator: " "),
                limits.joined(separator: " "), merchant.origins.sorted().joined(separator: " "),
                keys.sorted().joined(separator: ";"),
            ].joined(separator: "\t")
        }
        return Digest.sha256(lines.joined(separator: "\n").utf8)
    }
}
