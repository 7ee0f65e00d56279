import Foundation
import Lifecycles
import Operations
import Records
import Vocabulary

/// What a history has become, in figures.
struct HistoryReport {
    let outcomes: [AuthorizationCount]
    let leaves: Int64
    let seconds: Double
    let refusals: [String: Int]

    var authorizations: Int { outcomes.reduce(0) { $0 + $1.number } }

    /// - Parameter bytes: of the database file, closed.
    func lines(bytes: Int) -> [String] {
        var statuses = Table(["status", "authorizations"])
        let byStatus = Dictionary(grouping: outcomes, by: \.status.rawValue)
        for (status, counts) in byStatus.sorted(by: { $0.key < $1.key }) {
            statuses.rows.append([status, String(counts.reduce(0) { $0 + $1.number })])
        }
        var reasons = Table(["reason", "declines"])
        for count in outcomes.sorted(by: { $0.number > $1.number }) {
            if let reason = count.reason { reasons.rows.append([reason.rawValue, String(count.number)]) }
        }
        var lines = statuses.lines(.table) + [""] + reasons.lines(.table) + [""]
        for (word, number) in refusals.sorted(by: { $0.key < $1.key }) {
            lines.append("came to nothing: \(word), \(number) times")
        }
        let rate = seconds > 0 ? Double(authorizations) / seconds : 0
        lines.append(
            "\(authorizations) authorizations in \(String(format: "%.1f", seconds)) s, "
                + "\(String(format: "%.0f", rate)) a second, \(leaves) leaves")
        lines.append("\(bytes) bytes, \(bytes / max(authorizations, 1)) an authorization")
        return lines
    }
}
