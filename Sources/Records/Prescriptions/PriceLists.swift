import Foundation
package import GRDB
package import Vocabulary

/// What `ImportPriceList` did.
package enum PriceListOutcome: Sendable, Hashable {
    case imported
    /// The same list was there; nothing was written, not even a leaf.
    case unchanged
    /// Another list of the same future day was there and is gone.
    case replaced
    /// Another list of the same day decides orders today, or did; nothing was written.
    case alreadyCounted
}

/// Takes in the whole price list of a day in one transaction.
///
/// A list counts from its first day to the day before the next list's. One whose first day has come is never
/// changed: orders of that day were decided by it (RX-SUBST).
package struct ImportPriceList: Command {
    package let validFrom: LocalDate
    /// SHA-256 of the imported files.
    package let digest: [UInt8]
    /// No varenummer twice.
    package let products: [PricedProduct]

    package init(validFrom: LocalDate, digest: [UInt8], products: [PricedProduct]) {
        self.validFrom = validFrom
        self.digest = digest
        self.products = products
    }

    package func run(in transaction: Transaction) throws -> PriceListOutcome {
        let old = try transaction.row(
            "SELECT digest FROM price_lists WHERE valid_from = ?", [validFrom.description])
        let former = (old?["digest"] as Data?).map { [UInt8]($0) }
        if former == digest { return .unchanged }
        if try hasDecided(in: transaction) { return .alreadyCounted }
        if former != nil {
            guard validFrom > LocalDate(transaction.now) else { return .alreadyCounted }
            try remove(in: transaction)
        }
        try insert(in: transaction)
        var leaf = LeafDraft(
            kind: .configurationChange, subject: AuditedState.priceList + validFrom.description,
            outcome: former == nil ? "imported" : "replaced")
        leaf.secrets = [LeafSecret("digest", digest)]
        try transaction.appendLeaf(leaf)
        return former == nil ? .imported : .replaced
    }

    /// Orders of that day or later were decided by the list that counted then: a list for a day in the past
    /// would change what they were decided by (RX-AUDIT). Without such orders it harms nothing.
    private func hasDecided(in transaction: Transaction) throws -> Bool {
        guard validFrom < LocalDate(transaction.now) else { return false }
        let latest = try transaction.row(
            "SELECT max(created_at) AS at FROM authorizations WHERE order_sealed IS NOT NULL")
        return (latest?["at"] as Instant?).map { LocalDate($0) >= validFrom } ?? false
    }

    private func remove(in transaction: Transaction) throws {
        for table in ["priced_products", "price_lists"] {
            try transaction.execute("DELETE FROM \(table) WHERE valid_from = ?", [validFrom.description])
        }
    }

    private func insert(in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO price_lists (valid_from, digest, products, imported_at) VALUES (?, ?, ?, ?)",
            [validFrom.description, Data(digest), products.count, transaction.now])
        for product in products {
            try transaction.execute(
                """
                INSERT INTO priced_products (valid_from, number, drug, atc, name, package_size,
                    substitution_group, dispensing_group, price)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    validFrom.description, product.number.text, product.drug?.text, product.atc?.text,
                    product.name, product.packageSize.thousandths, product.substitutionGroup,
                    product.group.rawValue, product.priceMinor,
                ])
        }
    }
}

/// Questions to the price lists, for whoever decides in a transaction or reads beside it.
package enum PriceListReading {
    /// The list that counts on a day: the newest that began on it or before.
    package static func list(
        on day: LocalDate, in db: Database
    ) throws -> (validFrom: LocalDate, digest: [UInt8])? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT valid_from, digest FROM price_lists WHERE valid_from <= ?
                    ORDER BY valid_from DESC LIMIT 1
                    """),
            arguments: [day.description])
        return try row.map { (try firstDay($0), [UInt8]($0["digest"] as Data)) }
    }

    /// A product in the list that counts on a day; nil where that list does not have it, though an older one
    /// may.
    package static func product(
        _ number: ProductNumber, on day: LocalDate, in db: Database
    ) throws -> PricedProduct? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT drug, atc, name, package_size, substitution_group, dispensing_group, price
                    FROM priced_products
                    WHERE valid_from = (SELECT max(valid_from) FROM price_lists WHERE valid_from <= ?)
                        AND number = ?
                    """),
            arguments: [day.description, number.text])
        guard let row else { return nil }
        guard let size = Quantity(thousandths: row["package_size"]),
            let group = DispensingGroup(rawValue: row["dispensing_group"])
        else { throw LedgerFault.unreadable(table: "priced_products", id: number.text) }
        return PricedProduct(
            number: number, drug: (row["drug"] as String?).flatMap(DrugID.init),
            atc: (row["atc"] as String?).flatMap(ATCCode.init), name: row["name"], packageSize: size,
            substitutionGroup: row["substitution_group"], group: group, priceMinor: row["price"])
    }

    static func firstDay(_ row: Row) throws -> LocalDate {
        let text: String = row["valid_from"]
        guard let day = LocalDate(text) else { throw LedgerFault.unreadable(table: "price_lists", id: text) }
        return day
    }
}

/// A price list without its products.
package struct PriceListRecord: Sendable, Hashable {
    package let validFrom: LocalDate
    package let digest: [UInt8]
    package let products: Int
    package let importedAt: Instant
}

extension Ledger {
    /// Every price list, the newest first.
    package func priceLists() async throws -> [PriceListRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT * FROM price_lists ORDER BY valid_from DESC")
            ).map { row in
                PriceListRecord(
                    validFrom: try PriceListReading.firstDay(row), digest: [UInt8](row["digest"] as Data),
                    products: row["products"], importedAt: row["imported_at"])
            }
        }
    }
}
