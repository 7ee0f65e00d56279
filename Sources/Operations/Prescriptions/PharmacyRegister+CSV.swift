import Notation
import Vocabulary

/// Why a file is no list of pharmacies, with its line from 1.
package struct PharmacyFlaw: Error, Hashable, Sendable {
    package let line: Int
    /// What is wrong and what to do. Never a value from the file.
    package let explanation: String
}

extension PharmacyRegister {
    static let columns = ["gln", "name", "listed_from", "listed_to", "eu_logo"]

    /// Reads `gln,name,listed_from,listed_to,eu_logo`: days inclusive, `listed_to` empty while the entry
    /// stands, `eu_logo` an https address or empty.
    package init(csv text: String) throws(PharmacyFlaw) {
        let table: CSVTable
        do {
            table = try CSVTable(text).taking(Self.columns)
        } catch {
            throw PharmacyFlaw(line: error.line, explanation: error.flaw.explanation)
        }
        var entries: [PharmacyEntry] = []
        for row in table.rows { entries.append(try Self.entry(row)) }
        self.init(entries)
    }

    private static func entry(_ row: CSVTable.Row) throws(PharmacyFlaw) -> PharmacyEntry {
        func flaw(_ explanation: String) -> PharmacyFlaw {
            PharmacyFlaw(line: row.line, explanation: explanation)
        }
        let (first, last, logo) = (row.fields[2], row.fields[3], row.fields[4])
        guard let gln = GLN(row.fields[0]) else {
            throw flaw("gln takes thirteen digits with a check digit.")
        }
        guard (try? PlainText(row.fields[1], maximum: 100)) != nil else {
            throw flaw("name takes 1 to 100 characters.")
        }
        guard let from = LocalDate(first) else { throw flaw("listed_from takes a date: 2026-11-20.") }
        let to = LocalDate(last)
        guard last.isEmpty || to != nil, to.map({ from <= $0 }) ?? true else {
            throw flaw("listed_to takes a date that is not before listed_from, or nothing.")
        }
        guard logo.isEmpty || (logo.hasPrefix("https://") && (try? PlainText(logo, maximum: 200)) != nil)
        else { throw flaw("eu_logo takes an https address, or nothing.") }
        return PharmacyEntry(
            gln: gln, name: row.fields[1], from: from, to: to, logo: logo.isEmpty ? nil : logo)
    }
}
