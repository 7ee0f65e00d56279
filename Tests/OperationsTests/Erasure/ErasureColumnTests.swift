import Foundation
import GRDB
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// Column by column: what an erasure takes, and what may stay and why. A column that nobody thought of fails.
@Suite struct ErasureColumnTests {
    /// The words and bytes of every column of every table, each value once.
    private typealias Picture = [String: Set<Data>]

    private static func columns(_ db: Database) throws -> [(table: String, column: String)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT t.name AS table_name, c.name AS column_name
                FROM pragma_table_list t JOIN pragma_table_info(t.name) c
                WHERE t.schema = 'main' AND t.type = 'table' AND c.type <> 'INTEGER'
                    AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'grdb_migrations'
                """
        ).map { ($0["table_name"], $0["column_name"]) }
    }

    /// Without the cards of whoever acts for the customer and is not erased.
    private func picture(_ life: ErasureLife) async throws -> Picture {
        let helper = life.helper.id.text
        return try await life.rx.gateway.ledger.read { db in
            var picture: Picture = [:]
            for (table, column) in try Self.columns(db) {
                let others =
                    table == "card_tokens"
                    ? "AND fingerprint NOT IN (SELECT fingerprint FROM cards WHERE customer = '\(helper)')"
                    : ""
                picture["\(table).\(column)"] = try Set(
                    Data.fetchAll(
                        db,
                        sql: """
                            SELECT CAST(\(column) AS BLOB) FROM \(table)
                            WHERE \(column) IS NOT NULL AND length(\(column)) > 0 AND \(column) <> '{}'
                                \(others)
                            """))
            }
            return picture
        }
    }

    /// Stored answers that name one of these, opened one by one.
    private func answers(naming ids: [Data], _ gateway: Gateway) async throws -> [String] {
        let vault = gateway.vault
        return try await gateway.ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM stored_answers WHERE body_sealed IS NOT NULL").filter {
                let merchant = try #require(MerchantID($0["merchant"]))
                let key = StoredAnswerKey(
                    owner: Owner(merchant: merchant, isLive: $0["is_live"]), route: $0["route"],
                    key: $0["key"])
                let said = try Data(vault.open([UInt8]($0["body_sealed"] as Data), for: key))
                let route = Data(key.route.utf8)
                return ids.contains { said.range(of: $0) != nil || route.range(of: $0) != nil }
            }.map { $0["route"] }
        }
    }

    @Test func `LOG-ERASE: every column that can hold words has a verdict`() async throws {
        let office = try Office()
        let columns = try await office.gateway.ledger.read { db in
            Set(try Self.columns(db).map { "\($0.table).\($0.column)" })
        }
        let known = Set(ErasureVerdicts.all.keys)
        #expect(columns.subtracting(known).sorted() == [], "no verdict")
        #expect(known.subtracting(columns).sorted() == [], "no such column")
        for (column, verdict) in ErasureVerdicts.all {
            if case .kept(let reason) = verdict { #expect(reason.count > 5, "\(column)") }
        }
    }

    @Test func `LOG-ERASE: after a whole life nothing of it is in a column or a byte that keeps no reason`()
        async throws
    {
        let life = try await ErasureLife()
        let gateway = life.rx.gateway
        let before = try await picture(life)
        let customer = try await life.live()
        let lived = try await picture(life)
        let things = [
            "authorizations", "prescriptions", "card_tokens", "prescription_lookups", "handovers", "refunds",
        ]
        .flatMap { lived["\($0).id", default: []].subtracting(before["\($0).id", default: []]) }
        #expect(try await answers(naming: things, gateway).count >= 15)

        let made = try await life.people.erase(customer, on: gateway)
        #expect(made == .erased(customer, isGoneFromFile: true))

        let after = try await picture(life)
        #expect(try await answers(naming: things, gateway) == [])
        let files = try life.rx.stage.folder.allBytes().filter { $0.name.hasPrefix("godkend.sqlite") }
        for (column, verdict) in ErasureVerdicts.all.sorted(by: { $0.key < $1.key }) where verdict == .gone {
            let values = lived[column, default: []].subtracting(before[column, default: []])
            #expect(!values.isEmpty, "the life leaves nothing in \(column)")
            #expect(values.intersection(after[column, default: []]).isEmpty, "\(column) keeps something")
            // Short values may stand anywhere by chance, and names of payments stand in their own rows.
            let kept = after.values.reduce(into: Set<Data>()) { $0.formUnion($1) }
            for value in values.subtracting(kept) where value.count >= 12 {
                let found = files.first { $0.bytes.range(of: value) != nil }
                #expect(found == nil, "\(column) in \(found?.name ?? "")")
            }
        }
        for word in ErasureLife.words {
            let bytes = Data(word.utf8)
            let columns = after.filter { $0.value.contains { $0.range(of: bytes) != nil } }.keys.sorted()
            #expect(columns == [], "\(word)")
            #expect(files.first { $0.bytes.range(of: bytes) != nil }?.name == nil, "\(word)")
        }
        let verifier = AuditVerifier(
            path: life.rx.stage.folder.file("godkend.sqlite"), vault: gateway.vault)
        let findings = verifier.verify().findings
        #expect(findings.isEmpty, "\(findings)")
        await life.rx.stage.stop()
    }
}
