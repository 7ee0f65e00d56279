import Notation
import Operations
import TestKit
import Testing
import Vocabulary

@testable import API

/// A good body for each route that takes JSON, with every member that its schema has. A walk over the route
/// table fails where one is missing.
enum WalkBodies {
    private static let auth = AuthorizationID(at: Instant(milliseconds: 0), random: (1, 2)).text
    private static let record = PrescriptionID(at: Instant(milliseconds: 0), random: (1, 2)).text
    private static let token = CardTokenID(at: Instant(milliseconds: 0), random: (1, 2)).text
    /// Three parts of base64url that nobody signed.
    private static let compact = "e30.e30.AAAA"

    private static let orderLine: JSON = [
        "kind": "medicine", "description": "Levothyroxin Prøvefarma", "quantity": 1, "unit_amount": 5_725,
        "product_number": "900801", "prescription": ["record": .text(record), "line": "1"],
    ]

    /// By `operationId`.
    static let good: [String: JSON] = [
        "createCardToken": [
            "number": .text(APIStage.cardNumber), "exp_month": 12, "exp_year": 2030, "cvc": "123",
            "reusable": false,
        ],
        "createAuthorization": [
            "amount": 5_725, "currency": "DKK", "card": .text(token), "capture": "manual",
            "order": ["reference": "walk", "lines": [orderLine]], "patient": "2103009996",
            "replaces": .text(auth), "return_url": "https://shop.example/tak",
            "metadata": ["note": "en bog"],
        ],
        "captureAuthorization": ["amount": 100, "final_capture": false],
        "cancelAuthorization": ["reason": "fortrudt"],
        "createRefund": ["amount": 100, "reason": "fortrudt"],
        "createHandover": [
            "lines": [
                [
                    "line": "1", "record": .text(record), "product_number": "900801", "quantity": 1,
                    "batch": "B-77",
                ]
            ], "final": false,
        ],
        "undoHandover": ["reason": "forkert vare", "reopen": true],
        "offerFactor": ["factor": "key_card", "code": "123456"],
        "cancelConfirmation": [:],
        "filePrescription": ["jws": .text(compact), "ocsp": ["AAAA"]],
        "verifyPrescription": [
            "lines": [["line": "1", "product_number": "900801", "quantity": 1]]
        ],
        "cancelPrescription": ["jws": .text(compact), "ocsp": ["AAAA"]],
        "createPrescriptionLookup": ["user_id": "kunde-1234"],
        "enrolDevice": [
            "user_id": "kunde-1234", "activation_code": "ABCD-EFGH-JKMN-PQRS", "name": "Telefon",
            "proof": .text(compact),
        ],
        "refuseDevice": [:],
        "startSignIn": ["user_id": "kunde-1234", "password": "hemmelig1"],
        "completeSignIn": ["factor": "key_card", "code": "123456"],
        "blockFactor": ["factor": "code_token", "id": "code_token"],
        "orderActivationCode": ["password": "hemmelig1", "factor": "key_card", "code": "123456"],
        "orderKeyCard": [:],
    ]
}

extension Route {
    /// The schema of a JSON body; nil for a route that takes none.
    var bodySchema: ObjectSchema? {
        switch body {
        case .none, .jose: nil
        case .json(let schema, _), .signedRecord(let schema): schema
        }
    }
}

/// A place in a JSON body, as error documents name it.
struct BodyPlace: Sendable, Hashable, CustomStringConvertible {
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    var steps: [Step] = []

    func then(_ step: Step) -> BodyPlace { BodyPlace(steps: steps + [step]) }

    var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .element(let index): text += "[\(index)]"
            }
        }
    }
}

/// The places of one body under its schema.
struct BodyMap {
    /// Objects, with the schema each must meet; nil where members of any name may stand.
    private(set) var objects: [(place: BodyPlace, schema: ObjectSchema?)] = []
    /// Members and elements, with their values.
    private(set) var values: [(place: BodyPlace, value: JSON)] = []
    /// What a schema names and the body does not have: a gap in the table of bodies.
    private(set) var gaps: [BodyPlace] = []

    init(_ body: JSON, schema: ObjectSchema) { walk(body, at: BodyPlace(), schema: schema) }

    private mutating func walk(_ value: JSON, at place: BodyPlace, schema: ObjectSchema?) {
        guard let object = value.object else { return }
        objects.append((place, schema))
        for name in schema?.memberNames ?? [] where object[name] == nil {
            gaps.append(place.then(.member(name)))
        }
        for member in object.members {
            let inner = schema?.properties.first { $0.name == member.name }?.schema
            visit(member.value, at: place.then(.member(member.name)), inner)
        }
    }

    private mutating func visit(_ value: JSON, at place: BodyPlace, _ schema: JSON?) {
        values.append((place, value))
        for (index, element) in (value.array ?? []).enumerated() {
            visit(element, at: place.then(.element(index)), schema?.object?["items"])
        }
        let name = schema?.object?["$ref"]?.text?.split(separator: "/").last.map(String.init)
        walk(value, at: place, schema: name.flatMap { name in Schemas.all.first { $0.name == name } })
    }
}

extension JSON {
    /// The body with another value at a place; nil takes the member away.
    func setting(_ place: BodyPlace, to new: JSON?) -> JSON {
        guard let first = place.steps.first else { return new ?? self }
        let rest = BodyPlace(steps: Array(place.steps.dropFirst()))
        switch (first, self) {
        case (.member(let name), .object(let object)):
            var changed = JSONObject()
            for member in object.members where member.name != name || new != nil || !rest.steps.isEmpty {
                changed.set(
                    member.name, member.name == name ? member.value.setting(rest, to: new) : member.value)
            }
            if object[name] == nil, let new { changed.set(name, new) }
            return .object(changed)
        case (.element(let index), .array(var elements)):
            elements[index] = elements[index].setting(rest, to: new)
            return .array(elements)
        default: return self
        }
    }

    /// The body as text, with one member written twice.
    func text(repeating place: BodyPlace) -> String {
        guard let first = place.steps.first else { return writtenText }
        let rest = BodyPlace(steps: Array(place.steps.dropFirst()))
        switch (first, self) {
        case (.member(let name), .object(let object)):
            let members = object.members.flatMap { member -> [String] in
                let key = JSON.text(member.name).writtenText
                guard member.name == name else { return ["\(key):\(member.value.writtenText)"] }
                let text = "\(key):\(member.value.text(repeating: rest))"
                return rest.steps.isEmpty ? [text, text] : [text]
            }
            return "{" + members.joined(separator: ",") + "}"
        case (.element(let index), .array(let elements)):
            let texts = elements.enumerated().map { place, element in
                place == index ? element.text(repeating: rest) : element.writtenText
            }
            return "[" + texts.joined(separator: ",") + "]"
        default: return writtenText
        }
    }

    /// One value of each type that this one is not of. A whole number is also no fraction.
    var otherTypes: [JSON] {
        let all: [(String, JSON)] = [
            ("null", .null), ("bool", true), ("integer", 7), ("decimal", .decimal("7.5")), ("text", "ja"),
            ("array", .array(["ja"])), ("object", ["ja": 1]),
        ]
        let own =
            switch self {
            case .null: "null"
            case .bool: "bool"
            case .integer: "integer"
            case .decimal: "decimal"
            case .text: "text"
            case .array: "array"
            case .object: "object"
            }
        return all.filter { $0.0 != own }.map(\.1)
    }
}
