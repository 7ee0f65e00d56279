/// Takes rows off a text one by one (RFC 4180, section 2).
struct CSVReader {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ text: String) {
        let all = Array(text.utf8)
        bytes = all.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(all.dropFirst(3)) : all
    }

    /// The next row, or nil at the end.
    mutating func row() throws(CSVError) -> CSVTable.Row? {
        guard offset < bytes.count else { return nil }
        let first = line
        var fields: [String] = []
        repeat {
            let number = fields.count + 1
            fields.append(
                peek() == Self.quote ? try quotedField(number) : try plainField(number))
        } while try takeComma(after: fields.count)
        return CSVTable.Row(line: first, fields: fields)
    }

    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// A comma means that one more field follows; a line end or the text's end that none does.
    private mutating func takeComma(after field: Int) throws(CSVError) -> Bool {
        guard let next = peek() else { return false }
        offset += 1
        switch next {
        case Self.comma: return true
        case Self.lineFeed: break
        case Self.carriageReturn:
            guard peek() == Self.lineFeed else {
                throw CSVError(line: line, field: field, flaw: .strayReturn)
            }
            offset += 1
        default: throw CSVError(line: line, field: field, flaw: .textAfterQuote)
        }
        line += 1
        return false
    }

    private mutating func plainField(_ number: Int) throws(CSVError) -> String {
        let start = offset
        while let next = peek() {
            if next == Self.quote { throw CSVError(line: line, field: number, flaw: .strayQuote) }
            if next == Self.comma || next == Self.lineFeed || next == Self.carriageReturn { break }
            offset += 1
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func quotedField(_ number: Int) throws(CSVError) -> String {
        let begin = line
        var content: [UInt8] = []
        offset += 1
        while let next = peek() {
            offset += 1
            if next == Self.quote {
                guard peek() == Self.quote else { return String(decoding: content, as: UTF8.self) }
                offset += 1
            }
            if next == Self.lineFeed { line += 1 }
            content.append(next)
        }
        throw CSVError(line: begin, field: number, flaw: .quoteNotClosed)
    }
}
