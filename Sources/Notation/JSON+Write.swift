extension JSON {
    /// The value as compact JSON, members in their own order. A decimal that is no JSON number becomes
    /// `null`.
    package func written() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        write(into: &output)
        return output
    }

    /// The value as compact JSON text.
    package var writtenText: String { String(decoding: written(), as: UTF8.self) }

    private func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .decimal(let lexeme):
            // Somebody may have built the case by hand; what is no number must not break the text around it.
            output.append(contentsOf: (isNumberLexeme(lexeme) ? lexeme : "null").utf8)
        case .text(let value): writeJSONString(value, into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                writeJSONString(member.name, into: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }
}

/// Whether a text is a number of RFC 8259 section 6, of any size.
func isNumberLexeme(_ lexeme: String) -> Bool {
    guard let first = lexeme.utf8.first, first == UInt8(ascii: "-") || first &- 0x30 < 10 else {
        return false
    }
    var parser = JSONParser(bytes: [UInt8](lexeme.utf8), maximumDepth: 0)
    do throws(JSONError) {
        _ = try parser.skipNumber()
    } catch {
        return false
    }
    return parser.position == parser.bytes.count
}

/// Writes a string in quotes with the escapes of RFC 8785 section 3.2.2.2 and no others.
func writeJSONString(_ text: String, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
        case 0x08: output.append(contentsOf: "\\b".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0C: output.append(contentsOf: "\\f".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        case 0..<0x20: output.append(contentsOf: "\\u00\(Hex.encode([byte]))".utf8)
        default: output.append(byte)
        }
    }
    output.append(UInt8(ascii: "\""))
}
