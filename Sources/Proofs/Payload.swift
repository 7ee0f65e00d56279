import Notation

/// The members of a payload, read by name with the refusal that names the member.
struct Payload {
    let object: JSONObject

    init(_ object: JSONObject) {
        self.object = object
    }

    init(parsing bytes: [UInt8]) throws(ProofRefusal) {
        object = try parsedObject(bytes)
    }

    /// Refuses members that are not in the list.
    func only(_ names: Set<String>) throws(ProofRefusal) {
        for name in object.names where !names.contains(name) { throw .unknownMember(name) }
    }

    /// The member, which must be there.
    func value(_ name: String) throws(ProofRefusal) -> JSON {
        guard let value = object[name] else { throw .missingMember(name) }
        return value
    }

    func text(_ name: String) throws(ProofRefusal) -> String {
        guard let text = try value(name).text else { throw .wrongMember(name) }
        return text
    }

    func integer(_ name: String) throws(ProofRefusal) -> Int64 {
        guard let integer = try value(name).integer else { throw .wrongMember(name) }
        return integer
    }

    func array(_ name: String) throws(ProofRefusal) -> [JSON] {
        guard let array = try value(name).array else { throw .wrongMember(name) }
        return array
    }

    func texts(_ name: String) throws(ProofRefusal) -> [String] {
        let array = try array(name)
        let texts = array.compactMap(\.text)
        guard texts.count == array.count else { throw .wrongMember(name) }
        return texts
    }

    /// The member's text made into a word of the trade.
    func read<Word>(_ name: String, as make: (String) -> Word?) throws(ProofRefusal) -> Word {
        guard let word = make(try text(name)) else { throw .wrongMember(name) }
        return word
    }

    /// The same for a member that may be absent, but not null.
    func readIfPresent<Word>(_ name: String, as make: (String) -> Word?) throws(ProofRefusal) -> Word? {
        object[name] == nil ? nil : try read(name, as: make)
    }
}

/// The RFC 8785 bytes of an object of ours, which never holds a number beyond a double.
func canonicalBytes(_ object: JSONObject) throws(ProofRefusal) -> [UInt8] {
    do throws(JSONError) {
        return try JSON.object(object).canonical()
    } catch {
        throw .notCanonical
    }
}
