package import Notation
import Vocabulary

extension ReplaySummary {
    package static let columns = ["outcome", "from", "to", "count"]

    /// The counts, one a row, for a table by `columns`.
    package var rows: [[String]] {
        var rows: [[String]] = [
            ["examined", "", "", String(examined)], ["unchanged", "", "", String(unchanged)],
        ]
        rows += Self.sorted(newlyDeclined) { ["newly_declined", "", $0.rawValue] }
        rows += Self.sorted(newlyPassed) { ["newly_passed", $0.rawValue, ""] }
        rows += Self.sorted(changedReason) { ["changed_reason", $0.from.rawValue, $0.to.rawValue] }
        rows += Self.sorted(skipped) { ["skipped", $0.rawValue, ""] }
        return rows
    }

    package var json: JSON {
        [
            "examined": .integer(Int64(examined)), "unchanged": .integer(Int64(unchanged)),
            "newly_declined": Self.counts(newlyDeclined), "newly_passed": Self.counts(newlyPassed),
            "changed_reason": .array(
                Self.sorted(changedReason) { [$0.from.rawValue, $0.to.rawValue] }.map { row in
                    ["from": .text(row[0]), "to": .text(row[1]), "count": .integer(Int64(row[2]) ?? 0)]
                }), "skipped": Self.counts(skipped),
            "examples": .array(examples.map(Self.json)),
        ]
    }

    private static func json(_ example: Example) -> JSON {
        func reason(_ reason: DeclineReason?) -> JSON { reason.map { .text($0.rawValue) } ?? .null }
        return [
            "decision": .text(example.decision.text), "authorization": .text(example.authorization.text),
            "stage": .text(example.stage), "from": reason(example.change.from),
            "to": reason(example.change.to), "rule": .text(example.change.rule),
        ]
    }

    private static func counts<Key: RawRepresentable>(_ counts: [Key: Int]) -> JSON
    where Key.RawValue == String {
        var object = JSONObject()
        for (name, count) in counts.map({ ($0.key.rawValue, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            object.set(name, .integer(Int64(count)))
        }
        return .object(object)
    }

    /// The most frequent first, then by the words; the count is the last cell.
    private static func sorted<Key>(_ counts: [Key: Int], _ words: (Key) -> [String]) -> [[String]] {
        counts.map { (words($0.key), $0.value) }
            .sorted { ($1.1, $0.0.joined(separator: ",")) < ($0.1, $1.0.joined(separator: ",")) }
            .map { $0.0 + [String($0.1)] }
    }
}
