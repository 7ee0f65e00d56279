import Notation
import Operations
import Vocabulary

/// Writes merchant files, and changes them without touching what people wrote into them.
enum MerchantText {
    /// A whole new file.
    static func file(_ merchant: Merchant) -> String {
        var lines = [
            "# \(merchant.kind.rawValue) \(merchant.id). Only hashes of keys stand here, never a key.",
            "kind: \(merchant.kind.rawValue)",
            "name: \(quoted(merchant.name.text))",
        ]
        if let gln = merchant.gln { lines.append("gln: \"\(gln)\"") }
        if !merchant.currencies.isEmpty {
            lines.append("currencies: [\(merchant.currencies.map(\.code).joined(separator: ", "))]")
        }
        if !merchant.origins.isEmpty {
            lines.append("origins:")
            lines += merchant.origins.map { "  - \(quoted($0))" }
        }
        lines.append("keys:")
        lines += merchant.keys.flatMap { entry($0, indent: "  ") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The file with new keys in front of its list and an end to every key that had none.
    static func rotated(_ text: String, adding keys: [MerchantKey], oldExpireAt: Instant) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard let start = lines.firstIndex(where: { isKeysLine($0) }) else {
            return (lines + ["keys:"] + keys.flatMap { entry($0, indent: "  ") }).joined(separator: "\n")
                + "\n"
        }
        let end =
            lines[(start + 1)...].firstIndex { line in
                line.first.map { $0 != " " && $0 != "#" && $0 != "-" } ?? false
            } ?? lines.endIndex
        let old = lines[(start + 1)..<end]
        let dash = old.first { $0.drop { $0 == " " }.hasPrefix("-") }
        let indent = String((dash ?? "  -").prefix { $0 == " " })
        let changed = entries(Array(old)).flatMap { ended($0, at: oldExpireAt, indent: indent) }
        let new = keys.flatMap { entry($0, indent: indent) }
        return (lines[..<start] + ["keys:"] + new + changed + lines[end...]).joined(separator: "\n") + "\n"
    }

    /// `keys:` with an empty list or nothing behind it, or a comment.
    private static func isKeysLine(_ line: String) -> Bool {
        line.hasPrefix("keys:")
    }

    /// The lines of the list, cut before each dash.
    private static func entries(_ lines: [String]) -> [[String]] {
        lines.reduce(into: [[String]]()) { groups, line in
            let startsEntry = line.drop { $0 == " " }.hasPrefix("- ")
            if startsEntry || groups.isEmpty {
                groups.append([line])
            } else {
                groups[groups.count - 1].append(line)
            }
        }
    }

    private static func ended(_ entry: [String], at moment: Instant, indent: String) -> [String] {
        let names = entry.map { String($0.drop { $0 == " " || $0 == "-" }) }
        guard let hash = names.firstIndex(where: { $0.hasPrefix("sha256:") }),
            !names.contains(where: { $0.hasPrefix("expires_at:") })
        else { return entry }
        var longer = entry
        longer.insert("\(indent)  expires_at: \"\(moment.rfc3339)\"", at: hash + 1)
        return longer
    }

    private static func entry(_ key: MerchantKey, indent: String) -> [String] {
        [
            "\(indent)- id: \(key.id)",
            "\(indent)  kind: \(key.kind.rawValue)",
            "\(indent)  mode: \(key.isLive ? "live" : "test")",
            "\(indent)  sha256: \(Hex.encode(key.digest))",
        ]
    }

    /// A double-quoted YAML scalar. Display names hold no control characters, so two escapes are enough.
    private static func quoted(_ text: String) -> String {
        "\"" + text.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] } + "\""
    }
}
