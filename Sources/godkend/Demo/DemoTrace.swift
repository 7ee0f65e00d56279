import Notation
import Operations
import Records
import Vocabulary

/// The rules that a payment's decisions went through, from the records alone.
enum DemoTrace {
    static func lines(of payment: DemoPayment, in gateway: Gateway) async throws -> [String] {
        guard let id = AuthorizationID(payment.id) else { return [] }
        return try await gateway.ledger.decisions(of: id).flatMap(lines)
    }

    /// One line for the decision, one for the rules that let it pass, one for each that did not.
    private static func lines(of decision: StoredDecision) -> [String] {
        let entries = (decision.trace.array ?? []).compactMap(\.object)
        func names(_ verdict: String) -> [String] {
            entries.filter { $0["verdict"]?.text == verdict }.compactMap { $0["rule"]?.text }
        }
        var lines = ["\(decision.stage): \(decision.outcome) (\(decision.id))"]
        if !names("pass").isEmpty { lines.append("  passed: " + names("pass").joined(separator: ", ")) }
        for entry in entries where entry["verdict"]?.text == "decline" {
            let inputs = String(decoding: (entry["inputs"] ?? .null).written(), as: UTF8.self)
            lines.append(
                "  \(entry["rule"]?.text ?? "?") declines: \(entry["reason"]?.text ?? "?") \(inputs)")
        }
        return lines
    }
}
