/// Texts of RFC 7468: certificates, keys and revocation lists between dashed lines.
package enum PEM {
    /// One block of a text.
    package struct Block: Hashable, Sendable {
        /// `CERTIFICATE`.
        package let label: String
        package let bytes: [UInt8]
    }

    /// The blocks of a text in their order; nil when a block does not end, or is no Base 64. Text outside of
    /// blocks is passed over (RFC 7468 section 2).
    package static func read(_ text: String) -> [Block]? {
        var blocks: [Block] = []
        var open: (label: String, digits: String)?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if let label = boundary("BEGIN", line) {
                guard open == nil else { return nil }
                open = (label, "")
            } else if let label = boundary("END", line) {
                guard let block = open, block.label == label, let bytes = Base64.decode(block.digits) else {
                    return nil
                }
                blocks.append(Block(label: label, bytes: bytes))
                open = nil
            } else {
                open?.digits += line
            }
        }
        return open == nil ? blocks : nil
    }

    /// One block with lines of 64 digits.
    package static func write(_ label: String, _ bytes: [UInt8]) -> String {
        var digits = Base64.encode(bytes)[...]
        var lines: [Substring] = []
        while !digits.isEmpty {
            lines.append(digits.prefix(64))
            digits = digits.dropFirst(64)
        }
        return "-----BEGIN \(label)-----\n" + lines.joined(separator: "\n") + "\n-----END \(label)-----\n"
    }

    private static func boundary(_ word: String, _ line: Substring) -> String? {
        let (start, end) = ("-----\(word) ", "-----")
        guard line.hasPrefix(start), line.hasSuffix(end), line.count > start.count + end.count else {
            return nil
        }
        return String(line.dropFirst(start.count).dropLast(end.count))
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let front = drop(while: \.isWhitespace)
        return front.dropLast(front.reversed().prefix(while: \.isWhitespace).count)
    }
}
