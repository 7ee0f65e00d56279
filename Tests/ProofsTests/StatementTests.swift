import Notation
import Testing
import Vocabulary

@testable import Proofs

struct StatementTests {
    @Test func `SCA-01: the canonical statement holds every member of the contract in order`() throws {
        let statement = try Example.payment(effect: ["Bruger udlevering 3 af 4"], withPrescription: true)
        let object = try #require(try JSON.parse(statement.canonical()).object)
        #expect(
            object.names == [
                "amount", "authorization", "card", "confirmation", "currency", "customer", "device", "effect",
                "expires_at", "issued_at", "kind", "merchant", "nonce", "order", "order_digest",
                "patient_initials", "payee", "prescriptions", "v",
            ])
        #expect(object["amount"] == 24_900)
        #expect(object["payee"] == "Bogbixen ApS")
        #expect(object["kind"] == "card_payment")
        #expect(object["expires_at"]?.text?.hasSuffix(".000Z") == true)
        #expect(
            object["prescriptions"]?.array?.first?.object?.names == ["handover", "line", "record", "version"])
    }

    static let statements: [@Sendable () throws -> Statement] = [
        { try Example.payment() }, { try Example.payment(payee: "Æblehøstens Skål 😀 & Søn \"A/S\"") },
        { try Example.payment(patientInitials: "AB", withPrescription: true) },
        { try Example.question(.prescriptionLookup) }, { try Example.question(.signIn) },
    ]

    @Test(arguments: 0..<5)
    func `SCA-02: a statement reads back from its bytes, which are canonical`(index: Int) throws {
        let statement = try Self.statements[index]()
        let bytes = statement.canonical()
        #expect(try Statement(canonical: bytes) == statement)
        #expect(try JSON.parse(bytes).canonical() == bytes)
    }

    @Test func `SCA-34: a statement that is not its own canonical form is refused`() throws {
        let text = String(decoding: try Example.payment().canonical(), as: UTF8.self)
        let variants = [
            text + "\n", text.replacing("\"v\":1", with: "\"v\": 1"),
            text.replacing("Bogbixen", with: "\\u0042ogbixen"),
            text.replacing(".000Z", with: "Z"), text.replacing(".000Z", with: ".000+00:00"),
        ]
        for variant in variants {
            #expect(variant != text)
            #expect(throws: ProofRefusal.self) { try Statement(canonical: Array(variant.utf8)) }
        }
        #expect(throws: ProofRefusal.notCanonical) { try Statement(canonical: Array(variants[0].utf8)) }
    }

    @Test func `SCA-01: each missing member is refused by name`() throws {
        for statement in try Self.statements.map({ try $0() }) {
            let object = try #require(try JSON.parse(statement.canonical()).object)
            for name in object.names {
                #expect(throws: ProofRefusal.missingMember(name)) {
                    try Statement(canonical: bytes(object, without: name))
                }
            }
        }
    }

    static let malformed: [(String, JSON)] = [
        ("amount", 0), ("amount", -1), ("amount", 1_000_000_000_000), ("amount", "24900"),
        ("amount", .decimal("1.5")),
        ("currency", "dkk"), ("currency", "XXQ"), ("merchant", "Bogbixen"), ("merchant", ""), ("payee", ""),
        ("payee", "a\nb"), ("payee", "a\u{202E}b"), ("payee", "a\u{200B}b"), ("payee", " a"), ("order", ""),
        ("order", nil),
        ("card", nil), ("expires_at", "2026-11-22"), ("issued_at", 1), ("nonce", 1), ("customer", "cus_1"),
        ("device", "cnf_1"),
        ("confirmation", ""), ("kind", "payment"), ("v", 2), ("effect", "x"), ("effect", ["a\u{2066}b"]),
        ("effect", [1]),
        ("prescriptions", [1]), ("prescriptions", [:]), ("patient_initials", "A\u{0}B"),
    ]

    @Test(arguments: malformed)
    func `SCA-01: each malformed member is refused by name`(name: String, value: JSON) throws {
        var object = try #require(try JSON.parse(Example.payment().canonical()).object)
        object.set(name, value)
        #expect(throws: ProofRefusal.wrongMember(name)) { try Statement(canonical: bytes(object)) }
    }

    @Test func `SCA-01: a sign-in with an amount is refused, and so is a member nobody knows`() throws {
        var signIn = try #require(try JSON.parse(Example.question(.signIn).canonical()).object)
        signIn.set("amount", 1)
        #expect(throws: ProofRefusal.unknownMember("amount")) { try Statement(canonical: bytes(signIn)) }
        var payment = try #require(try JSON.parse(Example.payment().canonical()).object)
        payment.set("amount_text", "1 kr.")
        #expect(throws: ProofRefusal.unknownMember("amount_text")) {
            try Statement(canonical: bytes(payment))
        }
    }

    @Test func `SCA-04: what the app shows comes from the signed bytes alone`() throws {
        let statement = try Example.payment(
            payee: "Bogbixen ApS", effect: ["Bruger udlevering 3 af 4"], patientInitials: "AB",
            withPrescription: true)
        let shown = try Statement(canonical: statement.canonical()).display
        let record = try #require(statement.prescriptions.first).record.text
        #expect(
            shown == [
                "Godkend betaling", "Beløb: 249,00 kr.", "Modtager: Bogbixen ApS", "Kort: visa ••4242",
                "Ordre: 1001", "Patient: AB", "Virkning: Bruger udlevering 3 af 4",
                "Recept: \(record), version 1, linje 1, udlevering 3",
            ])
    }

    @Test func `SCA-04: a look-up and a sign-in show who asks and no amount`() throws {
        #expect(try Example.question(.signIn).display == ["Godkend at logge ind", "Fra: byens-apotek"])
        #expect(
            try Example.question(.prescriptionLookup).display == [
                "Godkend opslag i dine recepter", "Fra: byens-apotek",
            ])
    }

    @Test func `SCA-05: a payee of 130 characters is shown in full and one of 131 is refused`() throws {
        let name = String(repeating: "å", count: 130)
        let statement = try Statement(canonical: Example.payment(payee: name).canonical())
        #expect(statement.display.contains("Modtager: \(name)"))
        #expect(throws: ProofRefusal.wrongMember("payee")) {
            try Statement(canonical: Example.payment(payee: name + "å").canonical())
        }
    }

    private func bytes(_ object: JSONObject, without missing: String? = nil) throws -> [UInt8] {
        try JSON.object(object.without(missing)).canonical()
    }
}
