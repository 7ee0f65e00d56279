import Lifecycles
import Operations
import Vocabulary

/// What is bought: the lines of an order and their sum.
struct HistoryBasket: Sendable {
    let money: Money
    let lines: [OrderLine]

    private static let goods = [
        "Regnjakke", "Uldsokker", "Termokande", "Brætspil", "Krimi i paperback", "Kogebog", "Skovsnegl i tin",
        "Cykellygte", "Strikkepinde", "Havehandsker", "Blyanter, 12 stk.", "Notesbog", "Kaffekop",
        "Rygsæk 30 l", "Sengetøj", "Lagkagefad",
    ]

    /// Something of the right kind for a fate.
    init(for fate: HistoryFate, at shop: HistoryShop, chance: inout HistoryChance) throws {
        if shop.isPharmacy {
            try self.init(products: HistoryProduct.choice(for: fate, chance: &chance), chance: &chance)
        } else {
            try self.init(goodsFor: fate, at: shop, chance: &chance)
        }
    }

    private init(goodsFor fate: HistoryFate, at shop: HistoryShop, chance: inout HistoryChance) throws {
        var currency = Currency.dkk
        if chance.percent(7), let other = shop.merchant.currencies.last { currency = other }
        if fate == .foreignCurrency { currency = chance.pick(of: [.usd, .nok]) }
        var lines: [OrderLine] = []
        for _ in 0..<chance.number(in: 1...3) {
            let unit = Int64(chance.below(20) * chance.below(20) * 175 + chance.number(in: 29...99) * 100 - 5)
            lines.append(
                try Self.line(
                    fate == .medicineAtWebshop ? .medicine : .goods, chance.pick(of: Self.goods),
                    quantity: chance.percent(80) ? 1 : 2, unit))
        }
        if fate == .overLimit, let limit = shop.merchant.maximumMinor(in: currency) {
            lines.append(try Self.line(.goods, "Flygel", quantity: 1, limit))
        }
        if chance.percent(60) { lines.append(try Self.line(.fee, "Fragt", quantity: 1, 4_900)) }
        try self.init(lines, currency)
    }

    private init(products: [HistoryProduct], chance: inout HistoryChance) throws {
        var lines = try products.map { product in
            OrderLine(
                kind: .medicine, description: try PlainText(product.name, maximum: 100), quantity: 1,
                unitAmountMinor: product.priceMinor, productNumber: ProductNumber(product.number),
                prescription: nil)
        }
        lines.append(try Self.line(.fee, "Fragt", quantity: 1, 3_900))
        try self.init(lines, .dkk)
    }

    private init(_ lines: [OrderLine], _ currency: Currency) throws {
        self.lines = lines
        let total = lines.reduce(Int64(0)) { $0 + Int64($1.quantity) * $1.unitAmountMinor }
        money = try Money(amountMinor: total, currency: currency)
    }

    private static func line(
        _ kind: LineKind, _ text: String, quantity: Int, _ unit: Int64
    ) throws -> OrderLine {
        OrderLine(
            kind: kind, description: try PlainText(text, maximum: 100), quantity: quantity,
            unitAmountMinor: unit, productNumber: nil, prescription: nil)
    }
}

/// A product of the history's own price list. Names and numbers are made up.
struct HistoryProduct: Sendable {
    let number: String
    let name: String
    let atc: String
    let group: String
    let priceMinor: Int64

    private static let free = [
        HistoryProduct("900707", "Cetirizin Prøvefarma 10 mg", "R06AE07", "HX", 3_295),
        HistoryProduct("900705", "Nicotin Testgen 2 mg", "N07BA01", "HF", 32_995),
        HistoryProduct("900706", "D-vitamin Nordprøve 20 mikrogram", "A11CC05", "HV", 5_950),
        HistoryProduct("900701", "Omeprazol Prøvefarma 20 mg", "A02BC01", "HA", 6_995),
    ]
    private static let adult = HistoryProduct(
        "900703", "Paracetamol Prøvefarma 500 mg", "N02BE01", "HX18", 1_595)
    private static let prescribed = [
        HistoryProduct("900101", "Simvastatin Prøvefarma 40 mg", "C10AA01", "B", 4_295),
        HistoryProduct("900201", "Metformin Prøvefarma 500 mg", "A10BA02", "B", 8_990),
    ]
    /// Stands in no list.
    private static let unknown = HistoryProduct("999999", "Udgået vare", "A11CC05", "HV", 9_900)

    private init(_ number: String, _ name: String, _ atc: String, _ group: String, _ priceMinor: Int64) {
        (self.number, self.name, self.atc) = (number, name, atc)
        (self.group, self.priceMinor) = (group, priceMinor)
    }

    static func choice(for fate: HistoryFate, chance: inout HistoryChance) -> [HistoryProduct] {
        let first = chance.pick(of: free)
        return switch fate {
        case .productUnknown: [first, unknown]
        case .prescriptionMissing: [first, chance.pick(of: prescribed)]
        case .underAge: [adult]
        default: chance.percent(40) ? [first, adult] : [first]
        }
    }

    /// The price list that counts from the first day of the history.
    static func priceList() throws -> PriceListContent {
        let head = "number,drug_id,atc,name,package_size,substitution_group,dispensing_group,price"
        let rows = (free + [adult] + prescribed).map { product in
            "\(product.number),,\(product.atc),\(product.name),20,,\(product.group),\(product.priceMinor)"
        }
        let text = ([head] + rows).joined(separator: "\n") + "\n"
        do throws(PriceListFailure) {
            return try PriceListReader.read([PriceFile(name: "historie.csv", bytes: [UInt8](text.utf8))])
        } catch {
            throw CommandFailure("The history's own price list is refused.")
        }
    }
}
