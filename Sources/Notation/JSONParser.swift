/// A recursive-descent reader over bytes that are known to be UTF-8.
struct JSONParser {
    /// A step on the way from the root to the value being read; only errors print it.
    enum Step {
        case name(String)
        case index(Int)
    }

    let bytes: [UInt8]
    let maximumDepth: Int
    var position = 0
    var path: [Step] = []

    init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func parseDocument() throws(JSONError) -> JSON {
        let value = try parseValue()
        skipSpace()
        guard position == bytes.count else { throw .trailingBytes(offset: position) }
        return value
    }

    /// The byte at the position, which does not move.
    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    /// RFC 8259 section 2: space, tab, line feed, carriage return, and nothing else.
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    var writtenPath: String {
        var text = ""
        for step in path {
            switch step {
            case .name(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

extension JSONParser {
    private mutating func parseValue() throws(JSONError) -> JSON {
        skipSpace()
        let byte = try peek()
        switch byte {
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "\""): return .text(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw .unexpectedByte(offset: position)
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for expected in word.description.utf8 {
            guard try peek() == expected else { throw .unexpectedByte(offset: position) }
            position += 1
        }
        return value
    }

    private mutating func parseArray() throws(JSONError) -> JSON {
        guard path.count < maximumDepth else { throw .tooDeep }
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            path.append(.index(elements.count))
            elements.append(try parseValue())
            path.removeLast()
            if try isLast(closing: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func parseObject() throws(JSONError) -> JSON {
        guard path.count < maximumDepth else { throw .tooDeep }
        position += 1
        var object = JSONObject()
        var seen = SeenNames()
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        while true {
            skipSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: position) }
            let name = try parseString()
            path.append(.name(name))
            guard seen.insert(name, into: object) else {
                throw .repeatedMember(name: name, path: writtenPath)
            }
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw .unexpectedByte(offset: position) }
            position += 1
            object.append(name, try parseValue())
            path.removeLast()
            if try isLast(closing: UInt8(ascii: "}")) { return .object(object) }
        }
    }

    /// Steps over a comma (false) or over the closing bracket (true).
    private mutating func isLast(closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == closing || byte == UInt8(ascii: ",") else { throw .unexpectedByte(offset: position) }
        position += 1
        return byte == closing
    }
}

/// The names of one object so far: a plain search while they are few, a set when somebody sends thousands.
private struct SeenNames {
    private var set: Set<[UInt8]> = []

    /// False when the name is there already.
    mutating func insert(_ name: String, into object: JSONObject) -> Bool {
        if object.count < 16 { return object[name] == nil }
        if set.isEmpty { set = Set(object.names.map { [UInt8]($0.utf8) }) }
        return set.insert([UInt8](name.utf8)).inserted
    }
}
