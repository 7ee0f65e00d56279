import Notation
import Operations
import Vocabulary

/// Reads the members of one JSON object. Whatever is wrong is refused with the path of the member, as in
/// `order.lines[0].quantity`; no message repeats a value that was sent.
struct Fields {
    let object: JSONObject
    /// Empty for the body itself.
    let path: String

    /// Takes an object whose members all stand in the schema.
    init(_ value: JSON, at path: String = "", schema: ObjectSchema) throws(Refusal) {
        try self.init(value, at: path)
        for name in object.names where !schema.memberNames.contains(name) {
            throw Refusal(
                .parameterUnknown, parameter: String(self.path(of: name).prefix(200)),
                detail: "This parameter is not known here; leave it out or mend its spelling.")
        }
    }

    /// Takes an object with members of any name.
    init(_ value: JSON, at path: String = "") throws(Refusal) {
        guard case .object(let object) = value else {
            guard !path.isEmpty else {
                throw Refusal(.bodyMalformed, detail: "The body must be a JSON object.")
            }
            throw Refusal(.parameterInvalid, parameter: path, detail: "Send a JSON object here.")
        }
        self.object = object
        self.path = path
    }

    func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func invalid(_ name: String, _ detail: String) -> Refusal {
        Refusal(.parameterInvalid, parameter: path(of: name), detail: detail)
    }

    func value(_ name: String) throws(Refusal) -> JSON {
        guard let value = object[name] else { throw Refusal(.parameterMissing, parameter: path(of: name)) }
        return value
    }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64 {
        guard case .integer(let number) = try value(name) else {
            throw invalid(name, "Send a whole number without fraction and exponent.")
        }
        guard range.contains(number) else {
            throw invalid(name, "Send a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func optionalInteger(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        object[name] == nil ? nil : try integer(name, in: range)
    }

    func bool(_ name: String, default standard: Bool) throws(Refusal) -> Bool {
        guard let value = object[name] else { return standard }
        guard case .bool(let bool) = value else { throw invalid(name, "Send true or false.") }
        return bool
    }

    /// A string as it is, at most so many characters.
    func rawText(_ name: String, maximum: Int) throws(Refusal) -> String {
        guard case .text(let text) = try value(name) else { throw invalid(name, "Send a string.") }
        guard !text.isEmpty else { throw invalid(name, "Give at least one character.") }
        guard text.unicodeScalars.count <= maximum else {
            throw invalid(name, "Give at most \(maximum) characters.")
        }
        return text
    }

    func secret(_ name: String, maximum: Int) throws(Refusal) -> Redacted<String> {
        Redacted(try rawText(name, maximum: maximum))
    }

    /// One line of text by the rules of SCA-05.
    func plainText(_ name: String, maximum: Int) throws(Refusal) -> PlainText {
        guard case .text(let text) = try value(name) else { throw invalid(name, "Send a string.") }
        do {
            return try PlainText(text, maximum: maximum)
        } catch {
            throw invalid(name, error.explanation)
        }
    }

    func optionalPlainText(_ name: String, maximum: Int) throws(Refusal) -> PlainText? {
        object[name] == nil ? nil : try plainText(name, maximum: maximum)
    }

    /// One word of a closed list.
    func choice<Word: RawRepresentable<String>>(_ name: String, of words: [Word]) throws(Refusal) -> Word {
        guard case .text(let text) = try value(name), let word = Word(rawValue: text),
            words.contains(where: { $0.rawValue == text })
        else {
            throw invalid(name, "Send one of: \(words.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    func identifier<Kind: IdentifierKind>(_ name: String) throws(Refusal) -> Identifier<Kind> {
        guard case .text(let text) = try value(name), let id = Identifier<Kind>(text) else {
            throw invalid(name, "Send an id that begins with \(Kind.prefix)_, as you were given it.")
        }
        return id
    }
}
