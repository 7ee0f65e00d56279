import Vocabulary

/// LMS01: drugs with their names and ATC codes.
struct LMSDrugs {
    struct Drug: Hashable {
        let atc: ATCCode?
        let name: String
        let line: Int
    }

    private static let id = LMSRow.Field(0, 11)
    private static let name = LMSRow.Field(29, 30)
    private static let form = LMSRow.Field(59, 20)
    private static let strength = LMSRow.Field(93, 20)
    private static let atc = LMSRow.Field(138, 8)

    private(set) var drugs: [DrugID: Drug] = [:]
    private(set) var problems: [PriceListProblem] = []

    init(_ file: PriceFile) {
        for (line, row) in LMSRow.rows(of: file) {
            var fields = PriceFields(file: file.name, line: line)
            let id = fields.drug(row.text(Self.id), Self.id.column)
            let code = row.text(Self.atc)
            let atc = code.isEmpty ? nil : fields.atc(code, Self.atc.column)
            let words = [Self.strength, Self.form].map(row.text).filter { !$0.isEmpty }
            let short = fields.name(row.text(Self.name), Self.name.column)
            let name = short.flatMap {
                fields.name(([$0] + words).joined(separator: " "), Self.form.column)
            }
            if let id, let name {
                if let first = drugs[id] {
                    fields.complain(Self.id.column, .drugRepeated(firstLine: first.line))
                } else {
                    drugs[id] = Drug(atc: atc, name: name, line: line)
                }
            }
            problems += fields.problems
        }
    }
}

/// LMS02: the packages of the drugs.
struct LMSPackages {
    static let number = LMSRow.Field(11, 6)
    private static let drug = LMSRow.Field(0, 11)
    private static let size = LMSRow.Field(59, 8)
    private static let group = LMSRow.Field(73, 5)

    private(set) var products: [(product: PricedProduct, line: Int)] = []
    private(set) var problems: [PriceListProblem] = []

    /// Neither price nor substitution group stands in these files: no price is taken from them, and the group
    /// from the separate table if there is one.
    init(_ file: PriceFile, drugs: [DrugID: LMSDrugs.Drug], substitutions: [ProductNumber: String]) {
        for (line, row) in LMSRow.rows(of: file) {
            var fields = PriceFields(file: file.name, line: line)
            let id = fields.drug(row.text(Self.drug), Self.drug.column)
            let number = fields.number(row.text(Self.number), Self.number.column)
            let size = fields.packageSize(Self.hundredths(row.text(Self.size)), Self.size.column)
            let group = fields.group(row.text(Self.group), Self.group.column)
            let drug = id.flatMap { drugs[$0] }
            if id != nil, drug == nil { fields.complain(Self.drug.column, .drugUnknown) }
            problems += fields.problems
            guard let id, let number, let size, let group, let drug else { continue }
            let product = PricedProduct(
                number: number, drug: id, atc: drug.atc, name: drug.name, packageSize: size,
                substitutionGroup: substitutions[number], group: group, priceMinor: nil)
            products.append((product, line))
        }
    }

    /// Eight digits with two decimals and no point.
    private static func hundredths(_ text: String) -> Quantity? {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text).flatMap { Quantity(thousandths: $0 * 10) }
    }
}
