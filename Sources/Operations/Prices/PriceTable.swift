import Notation
import Vocabulary

/// A price list as comma-separated values: `number,drug_id,atc,name,package_size,substitution_group,`
/// `dispensing_group,price`.
///
/// Drug id, ATC code, substitution group and price may be empty. The package size counts units with a point
/// before the decimals; the price is in øre.
struct PriceTable {
    static let columns = [
        "number", "drug_id", "atc", "name", "package_size", "substitution_group", "dispensing_group", "price",
    ]

    /// Products with the lines they stand in.
    private(set) var products: [(product: PricedProduct, line: Int)] = []
    private(set) var problems: [PriceListProblem] = []

    init(_ file: PriceFile) {
        do {
            for row in try CSVTable(file.text).taking(Self.columns).rows {
                var fields = PriceFields(file: file.name, line: row.line)
                if let product = Self.product(row.fields, &fields) { products.append((product, row.line)) }
                problems += fields.problems
            }
        } catch {
            problems.append(PriceListProblem(file.name, error))
        }
    }

    private static func product(_ row: [String], _ fields: inout PriceFields) -> PricedProduct? {
        let number = fields.number(row[0], columns[0])
        let drug = row[1].isEmpty ? nil : fields.drug(row[1], columns[1])
        let atc = row[2].isEmpty ? nil : fields.atc(row[2], columns[2])
        let name = fields.name(row[3], columns[3])
        let size = fields.packageSize(Quantity(row[4]), columns[4])
        let substitution = row[5].isEmpty ? nil : fields.substitutionGroup(row[5], columns[5])
        let group = fields.group(row[6], columns[6])
        let price = row[7].isEmpty ? nil : fields.price(row[7], columns[7])
        guard fields.problems.isEmpty, let number, let name, let size, let group else { return nil }
        return PricedProduct(
            number: number, drug: drug, atc: atc, name: name, packageSize: size,
            substitutionGroup: substitution, group: group, priceMinor: price)
    }
}

extension PriceListProblem {
    init(_ file: String, _ error: CSVError) {
        self.init(file, line: error.line, column: error.field.map(String.init), .notATable(error.flaw))
    }
}
