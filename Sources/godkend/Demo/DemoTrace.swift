import Notation
import Operations
import Records
import Vocabulary

/// The rules that a payment's decisions went through, from the records alone.
struct DemoTrace: Sendable {
    private let decisions: [StoredDecision]

    init(of payment: DemoPayment, in gateway: Gateway) async throws {
        guard let id = AuthorizationID(payment.id) else {
            throw CommandFailure("\(payment.id) is no authorization.")
        }
        decisions = try await gateway.ledger.decisions(of: id)
    }

    /// The reason that was decided on, which the merchant may not be told; nil when nothing declined.
    var reason: String? { decisions.compactMap(\.reason).last }

    /// Each decision, with the rules that did not let it pass and what they looked at; those that did are
    /// counted, or named.
    func lines(namingAll: Bool) -> [String] {
        decisions.flatMap { Self.lines(of: $0, namingAll: namingAll) }
    }

    private static func lines(of decision: StoredDecision, namingAll: Bool) -> [String] {
        let entries = (decision.trace.array ?? []).compactMap(\.object)
        func those(_ verdict: String) -> [JSONObject] {
            entries.filter { $0["verdict"]?.text == verdict }
        }
        let passed = those("pass").compactMap { $0["rule"]?.text }
        let declining = those("decline")
        let count = "\(passed.count) rule\(passed.count == 1 ? "" : "s") passed"
        var lines = ["\(decision.stage): \(decision.outcome), \(count) (\(decision.id))"]
        if namingAll { lines.append("  " + passed.joined(separator: ", ")) }
        for (index, entry) in declining.enumerated() {
            let verb = index == 0 ? "declines" : "would decline too"
            lines.append("  \(entry["rule"]?.text ?? "?") \(verb): \(entry["reason"]?.text ?? "?")")
            let inputs = inputs(entry["inputs"]?.object ?? JSONObject())
            if !inputs.isEmpty { lines.append("    " + inputs) }
        }
        return lines
    }

    /// `lines[0]: last_handover=2026-11-22, interval=3`: the place is said once for all that is about it.
    private static func inputs(_ inputs: JSONObject) -> String {
        var place = ""
        let parts = inputs.members.map { member in
            let (name, value) = (member.name, member.value)
            let written = value.text ?? String(decoding: value.written(), as: UTF8.self)
            guard let end = name.firstIndex(of: "]") else { return "\(name)=\(written)" }
            let here = String(name[...end])
            let label = here == place ? "" : "\(here): "
            place = here
            return "\(label)\(name[end...].dropFirst(2))=\(written)"
        }
        return parts.joined(separator: ", ")
    }
}
