import Notation
import Vocabulary

/// One JSON object of the bundle, and where it stands.
///
/// Whatever is asked of it either is there in the right kind or is an error with its path. `null` is no
/// value: FHIR lets it stand in arrays of primitives only, and we read none that needs it.
struct Element {
    /// FHIRPath with indexes.
    let path: String
    let object: JSONObject

    init(_ value: JSON, at path: String) throws(FHIRError) {
        guard let object = value.object else {
            throw FHIRError(path: path, issue: .wrongKind, explanation: "Give an object here.")
        }
        self.path = path
        self.object = object
    }

    /// The element of this object under a name, or nil.
    func child(_ name: String) throws(FHIRError) -> Element? {
        guard let value = object[name] else { return nil }
        return try Element(value, at: path(of: name))
    }

    /// The elements of the array under a name; none when it is absent. FHIR knows no empty array.
    func children(_ name: String) throws(FHIRError) -> [Element] {
        guard let value = object[name] else { return [] }
        guard let values = value.array, !values.isEmpty else {
            throw error(.wrongKind, name, "Give an array with at least one element here.")
        }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try Element(value, at: "\(path(of: name))[\(index)]"))
        }
        return elements
    }

    /// The only element of the array under a name, or nil when it is absent.
    func onlyChild(_ name: String) throws(FHIRError) -> Element? {
        let all = try children(name)
        guard all.count <= 1 else { throw error(.repeated, "\(name)[1]", "Give only one of these.") }
        return all.first
    }

    func text(_ name: String) throws(FHIRError) -> String? {
        guard let value = object[name] else { return nil }
        guard let text = value.text else { throw error(.wrongKind, name, "Give a string here.") }
        return text
    }

    func bool(_ name: String) throws(FHIRError) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let bool = value.bool else { throw error(.wrongKind, name, "Give true or false here.") }
        return bool
    }

    /// A whole number written without fraction and exponent.
    func integer(_ name: String, _ range: ClosedRange<Int64>) throws(FHIRError) -> Int? {
        guard let value = object[name] else { return nil }
        guard let integer = value.integer else { throw error(.wrongKind, name, "Give a whole number here.") }
        guard range.contains(integer) else {
            throw error(
                .badValue, name, "Give a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return Int(integer)
    }

    /// An exact decimal, by its lexeme and never through binary floating point (RX-QTY).
    func decimal(_ name: String) throws(FHIRError) -> Quantity? {
        let lexeme: String
        switch object[name] {
        case nil: return nil
        case .integer(let value): lexeme = String(value)
        case .decimal(let value): lexeme = value
        default: throw error(.wrongKind, name, "Give a number here.")
        }
        guard let quantity = Quantity(lexeme) else {
            throw error(
                .badValue, name,
                "Give a number from 0 to 1,000,000 with at most three decimals and no exponent.")
        }
        return quantity
    }

    /// A day and nothing else: a date-time would be another day in another zone (RX-VALID).
    func date(_ name: String) throws(FHIRError) -> LocalDate? {
        guard let text = try text(name) else { return nil }
        guard let date = LocalDate(text) else {
            throw error(.badValue, name, "Give a calendar date as YYYY-MM-DD, without time or zone.")
        }
        return date
    }

    func instant(_ name: String) throws(FHIRError) -> Instant? {
        guard let text = try text(name) else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            throw error(.badValue, name, "Give a date and time with its zone, as RFC 3339 writes it.")
        }
        return instant
    }

    /// A text that people will read, by the character rules of `PlainText`.
    func shownText(_ name: String, maximum: Int) throws(FHIRError) -> String? {
        guard let text = try text(name) else { return nil }
        do throws(TextError) {
            return try PlainText(text, maximum: maximum).text
        } catch {
            let issue: FHIRIssue = if case .tooLong = error { .tooLong } else { .badValue }
            throw self.error(issue, name, error.explanation)
        }
    }

    /// The value, or the error that it is missing.
    func require<Value>(_ value: Value?, _ name: String) throws(FHIRError) -> Value {
        guard let value else { throw error(.missing, name, "Give this element.") }
        return value
    }

    /// An error of the element under a name.
    func error(_ issue: FHIRIssue, _ name: String, _ explanation: String) -> FHIRError {
        FHIRError(path: path(of: name), issue: issue, explanation: explanation)
    }

    /// An error of this element itself.
    func error(_ issue: FHIRIssue, _ explanation: String) -> FHIRError {
        FHIRError(path: path, issue: issue, explanation: explanation)
    }

    private func path(of name: String) -> String { "\(path).\(name)" }
}
