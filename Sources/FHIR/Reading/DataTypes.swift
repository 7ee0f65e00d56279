import Notation
import Vocabulary

// The data types of FHIR R4 that several resources share.

extension Element {
    /// The value of the one identifier in the array `identifier` that is of this system; others are ignored.
    func identifierValue(system: String) throws(FHIRError) -> Element {
        let all = try identifiers().filter { $0.object["system"]?.text == system }
        guard let first = all.first else {
            throw error(.missing, "identifier", "Give an identifier of the system \(system).")
        }
        guard all.count == 1 else { throw all[1].error(.repeated, "Give one identifier of this system.") }
        return first
    }

    /// All elements of the array `identifier`.
    func identifiers() throws(FHIRError) -> [Element] {
        var all: [Element] = []
        for element in try children("identifier") { all.append(try element.currentIdentifier()) }
        return all
    }

    /// The value of the only element of the array `identifier`, of whatever system: 1 to 64 characters.
    func onlyIdentifierValue() throws(FHIRError) -> String {
        let all = try identifiers()
        let only = try require(all.first, "identifier")
        guard all.count == 1 else { throw all[1].error(.repeated, "Give one identifier.") }
        return try only.require(only.shownText("value", maximum: 64), "value")
    }

    /// This identifier, when it is one that still counts. `use` is a modifier element in FHIR.
    func currentIdentifier() throws(FHIRError) -> Element {
        let identifier = try known(.identifier)
        if try identifier.text("use") == "old" {
            throw identifier.error(.badValue, "use", "Give an identifier that is in use.")
        }
        return identifier
    }

    /// The code of this system, of the words of the trade; nil when there is none.
    func code<Word>(
        system: String, as word: (String) -> Word?, else explanation: String
    ) throws(FHIRError) -> Word? {
        guard let coding = try code(system: system) else { return nil }
        guard let word = word(try coding.require(coding.text("code"), "code")) else {
            throw coding.error(.badValue, "code", explanation)
        }
        return word
    }

    /// The one coding of this system in the array `coding`; nil when there is none.
    func code(system: String) throws(FHIRError) -> Element? {
        var found: [Element] = []
        for coding in try children("coding") {
            let coding = try coding.known(.coding)
            if try coding.text("system") == system { found.append(coding) }
        }
        guard found.count <= 1 else { throw found[1].error(.repeated, "Give one code of this system.") }
        return found.first
    }

    /// The identity of another record: an identifier of one of the two systems of records.
    func recordIdentity() throws(FHIRError) -> RecordIdentity {
        let identifier = try currentIdentifier()
        let name = try identifier.require(identifier.text("system"), "system")
        guard let system = RecordSystem(rawValue: name) else {
            let known = RecordSystem.allCases.map(\.rawValue).joined(separator: " or ")
            throw identifier.error(.unknownCode, "system", "Give the system \(known).")
        }
        let value = try identifier.require(identifier.text("value"), "value")
        guard let identity = RecordIdentity(system: system, value: value) else {
            throw identifier.error(
                .badValue, "value",
                "Give an FMK id in decimal, up to 64 bits, or 1 to 64 characters of another record's id.")
        }
        return identity
    }

    /// The value of a `Quantity`, above zero.
    func positiveValue(maximum: Int) throws(FHIRError) -> Quantity {
        let quantity = try known(.quantity)
        let value = try quantity.require(quantity.decimal("value"), "value")
        guard value > .zero, value.thousandths <= Int64(maximum) * 1_000 else {
            throw quantity.error(.badValue, "value", "Give a number above 0, at most \(maximum).")
        }
        return value
    }
}
