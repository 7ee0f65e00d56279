/// A lifetime is asked of `ServerTime`, never compared with the calendar by hand (REL-15): else a clock that
/// leaps would end it.
enum TimeRule {
    private static let columns = [
        "expires_at", "capture_before", "may_confirm_from", "open_until", "last_used_at", "suspended_until",
        "reported_until",
    ]
    private static let properties = [
        "expiresAt", "captureBefore", "mayConfirmFrom", "openUntil", "lastUsedAt", "suspendedUntil",
    ]
    /// Where it is the lifetime's own definition, or a list for people that ends nothing.
    private static let allowed = [
        "Sources/Records/Audit/AuditLists+Reading.swift", "Sources/Records/Writer/TimeCondition.swift",
    ]

    static func check(_ file: SourceFile) -> [Finding] {
        guard let module = file.module, ["Records", "Operations", "Pages", "API"].contains(module),
            !allowed.contains(file.path), let swift = file.swift
        else { return [] }
        let sql = swift.lines(.literal).map { line in columns.contains { compares($0, with: "?", in: line) } }
        let code = swift.lines(.code).map { line in
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            let asksForNow = ["now", "clock"].contains(where: words.contains) && !line.contains("now(for:")
            return asksForNow && (properties.contains { isCompared($0, in: line) } || isOverdueNow(line))
        }
        return sql.indices.filter { sql[$0] || code[$0] }.map {
            Finding(path: file.path, line: $0 + 1, complaint: "a lifetime compared by hand: ask ServerTime")
        }
    }

    /// `expires_at <= ?`, with any comparison between.
    private static func compares(_ column: String, with mark: String, in line: String) -> Bool {
        ["<=", "<", ">=", ">"].contains { line.contains("\(column) \($0) \(mark)") }
    }

    /// `now >= found.expiresAt`, either way around.
    private static func isCompared(_ property: String, in line: String) -> Bool {
        let parts = line.split(separator: " ").map(String.init)
        return parts.indices.contains { index in
            guard ["<=", "<", ">=", ">"].contains(parts[index]), index > 0, index + 1 < parts.count else {
                return false
            }
            return parts[index - 1].hasSuffix(property) || ends(parts[index + 1], with: property)
        }
    }

    private static func ends(_ part: String, with property: String) -> Bool {
        part.split(separator: ".").last.map { $0.hasPrefix(property) } ?? false
    }

    private static func isOverdueNow(_ line: String) -> Bool {
        line.contains("isOverdue(at: now)") || line.contains("isOverdue(at: transaction.now)")
            || line.contains("isOverdue(at: clock.now())")
    }
}
