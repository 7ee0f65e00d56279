import Lifecycles
import Notation
import Testing
import Vocabulary

@Suite struct OrderDocumentTests {
    private func line(
        _ kind: LineKind, _ description: String, quantity: Int = 1, amount: Int64 = 100,
        product: String? = nil, record: PrescriptionID? = nil
    ) throws -> OrderLine {
        OrderLine(
            kind: kind, description: try PlainText(description, maximum: 500), quantity: quantity,
            unitAmountMinor: amount, productNumber: product.flatMap { ProductNumber($0) },
            prescription: try record.map {
                PrescriptionLine(record: $0, line: try PlainText("1", maximum: 500))
            })
    }

    private func check(_ order: Order) throws {
        let written = OrderDocument.json(order)
        #expect(OrderDocument.order(written) == order)
        #expect(OrderDocument.order(try JSON.parse(written.written())) == order)
        #expect(OrderDocument.order(try JSON.parse(try written.canonical())) == order)
    }

    @Test func `SCA-02: an order read back is the order that was written down`() throws {
        let record = PrescriptionID(at: today, random: (1, 2))
        try check(
            Order(
                reference: try OrderReference("1001 æøå"),
                lines: [
                    try line(.goods, "Rødgrød med fløde", quantity: 9999, amount: 1),
                    try line(.medicine, "Panodil \"500 mg\" \\ 20 stk.", product: "012345", record: record),
                    try line(.fee, "Levering", amount: 3_900),
                    try line(.discount, String(repeating: "x", count: 500), amount: -999_999_999_999),
                    try line(.subsidy, "Tilskud", amount: -1),
                ]))
    }

    @Test func `SCA-02: an order's document has these members in this order`() throws {
        let order = Order(
            reference: try OrderReference("1001"), lines: [try line(.goods, "En bog", product: "123456")])
        let text = String(decoding: OrderDocument.json(order).written(), as: UTF8.self)
        let expected = """
            {"reference":"1001","lines":[{"kind":"goods","description":"En bog","quantity":1,\
            "unit_amount":100,"product_number":"123456"}]}
            """
        #expect(text == expected)
    }

    @Test(arguments: [
        "null", "[]", "{}", #"{"reference":"1"}"#, #"{"lines":[]}"#, #"{"reference":1,"lines":[]}"#,
        #"{"reference":"1","lines":[1]}"#, #"{"reference":"1","lines":[{}]}"#,
        #"{"reference":"1","lines":[{"kind":"gift","description":"x","quantity":1,"unit_amount":1}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"x","quantity":"1","unit_amount":1}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"x","quantity":1,"unit_amount":1.5}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"","quantity":1,"unit_amount":1}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"x","quantity":1,"unit_amount":1,"#
            + #""product_number":"1"}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"x","quantity":1,"unit_amount":1,"#
            + #""prescription":1}]}"#,
        #"{"reference":"1","lines":[{"kind":"goods","description":"x","quantity":1,"unit_amount":1,"#
            + #""prescription":{}}]}"#,
    ])
    func `SCA-02: what no order was ever written as is no order`(text: String) throws {
        #expect(OrderDocument.order(try JSON.parse(text.utf8)) == nil)
    }
}
