import Vocabulary

/// The fields of one row, each read by its rule; what breaks its rule is noted and nil.
struct PriceFields {
    let file: String
    let line: Int
    private(set) var problems: [PriceListProblem] = []

    init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    mutating func number(_ text: String, _ column: String) -> ProductNumber? {
        need(ProductNumber(text), column, .numberInvalid)
    }

    mutating func drug(_ text: String, _ column: String) -> DrugID? {
        need(DrugID(text), column, .drugInvalid)
    }

    mutating func atc(_ text: String, _ column: String) -> ATCCode? {
        need(ATCCode(text), column, .atcInvalid)
    }

    mutating func name(_ text: String, _ column: String) -> String? {
        need(Self.plain(text, maximum: 200), column, .nameInvalid)
    }

    /// Above zero: a package of nothing would be covered by any prescription.
    mutating func packageSize(_ size: Quantity?, _ column: String) -> Quantity? {
        need(size.flatMap { $0 > .zero ? $0 : nil }, column, .packageSizeInvalid)
    }

    mutating func group(_ text: String, _ column: String) -> DispensingGroup? {
        need(DispensingGroup(rawValue: text), column, .groupUnknown(Self.plain(text, maximum: 16)))
    }

    mutating func substitutionGroup(_ text: String, _ column: String) -> String? {
        need(Self.plain(text, maximum: 32), column, .substitutionGroupInvalid)
    }

    /// Øre, up to ten million kroner.
    mutating func price(_ text: String, _ column: String) -> Int64? {
        let isNumber = (1...10).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        let price = isNumber ? Int64(text) : nil
        return need(price.flatMap { $0 <= 1_000_000_000 ? $0 : nil }, column, .priceInvalid)
    }

    mutating func complain(_ column: String?, _ flaw: PriceListFlaw) {
        problems.append(PriceListProblem(file, line: line, column: column, flaw))
    }

    private mutating func need<Value>(_ value: Value?, _ column: String, _ flaw: PriceListFlaw) -> Value? {
        if value == nil { complain(column, flaw) }
        return value
    }

    private static func plain(_ text: String, maximum: Int) -> String? {
        (try? PlainText(text, maximum: maximum))?.text
    }
}
