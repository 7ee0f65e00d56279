import Notation
import Vocabulary

/// Substitution groups beside the fixed columns, which do not have them: `substitution.csv` with the header
/// `number,group`.
struct SubstitutionTable {
    static let columns = ["number", "group"]

    let file: String
    private(set) var groups: [ProductNumber: String] = [:]
    private(set) var lines: [ProductNumber: Int] = [:]
    private(set) var problems: [PriceListProblem] = []

    init(_ file: PriceFile) {
        self.file = file.name
        do {
            for row in try CSVTable(file.text).taking(Self.columns).rows { take(row) }
        } catch {
            problems.append(PriceListProblem(file.name, error))
        }
    }

    private mutating func take(_ row: CSVTable.Row) {
        var fields = PriceFields(file: file, line: row.line)
        let number = fields.number(row.fields[0], Self.columns[0])
        let group = fields.substitutionGroup(row.fields[1], Self.columns[1])
        if let number, let first = lines[number] {
            fields.complain(Self.columns[0], .numberRepeated(firstLine: first))
        } else if let number, let group {
            groups[number] = group
            lines[number] = row.line
        }
        problems += fields.problems
    }

    /// Rows about packages that the list does not have.
    func strangers(to products: Set<ProductNumber>) -> [PriceListProblem] {
        lines.filter { !products.contains($0.key) }.sorted { $0.value < $1.value }.map {
            PriceListProblem(file, line: $0.value, column: Self.columns[0], .productUnknown)
        }
    }
}
