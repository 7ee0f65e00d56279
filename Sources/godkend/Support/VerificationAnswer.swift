import Notation
import Proofs
import Records

/// What a verification found, as a command writes it.
struct VerificationAnswer {
    let report: AuditReport
    /// The key that checkpoints were verified with; nil when there was none.
    let key: LogVerificationKey?

    func lines(_ format: OutputFormat) -> [String] {
        format == .json ? [String(decoding: json.written(), as: UTF8.self)] : text
    }

    /// Nothing differs, and a checkpoint says so: without one, anybody could have written all of it anew.
    var isGood: Bool { report.isClean && (report.leaves == 0 || report.coveredSize ?? 0 > 0) }

    private var verdict: String {
        guard report.isClean else {
            let count = report.findings.count
            return "The log and the state do not agree: \(count) finding\(count == 1 ? "" : "s")."
        }
        guard isGood else {
            return "Nothing is proved, as no checkpoint covers the log: give one you kept with --checkpoint."
        }
        return "The log and the state agree."
    }

    // MARK: Text

    private var text: [String] {
        var table = Table(["what", "result"])
        table.rows = [
            ["leaves", "\(report.leaves)"], ["root", Base64.encode(report.root)],
            [
                "checkpoints",
                "\(report.ownCheckpoints) of checkpoints.log, \(report.heldCheckpoints) kept elsewhere",
            ],
            ["covered", report.coveredSize.map { "\($0) leaves" } ?? "nothing"],
            ["key", key?.description ?? "none"],
            ["subjects", subjects.map { "\($0) \($1)" }.joined(separator: ", ")],
            ["whole state", "\(report.openedStates) subjects"],
            ["public fields only", "\(report.ofFirstVersion) of older leaves"],
            ["decisions", "\(report.decisions), \(inputs)"],
            ["records", "\(report.filings) filings, \(report.evidence) pieces of evidence"],
        ]
        let findings = report.findings.map { "\($0.place): \($0.meaning)" }
        return table.lines(.table) + report.notices.map { "Note: " + $0.sentence } + findings + [verdict]
    }

    private var inputs: String {
        report.openedInputs.map { "personal inputs of \($0) opened" } ?? "personal inputs not opened"
    }

    /// Kinds of subject in plain words, in the order of their names.
    private var subjects: [(String, Int)] {
        let names = [
            "auth_": "authorizations", "prx_": "prescriptions", "rel_": "relations", "opr_": "operators",
            "chg_": "change requests", AuditedState.priceList: "price lists",
        ]
        return report.subjects.map { (names[$0.key] ?? $0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    // MARK: JSON

    private var json: JSON {
        var counts = JSONObject()
        for (name, count) in subjects { counts.set(name, .integer(Int64(count))) }
        return [
            "verdict": isGood ? "agree" : report.isClean ? "not_proved" : "differ",
            "leaves": .integer(report.leaves),
            "root": .text(Base64.encode(report.root)),
            "covered_size": report.coveredSize.map { .integer($0) } ?? .null,
            "checkpoints": .integer(Int64(report.ownCheckpoints)),
            "held_checkpoints": .integer(Int64(report.heldCheckpoints)),
            "key": key.map { .text($0.description) } ?? .null, "subjects": .object(counts),
            "whole_states": .integer(Int64(report.openedStates)),
            "public_fields_only": .integer(Int64(report.ofFirstVersion)),
            "decisions": .integer(Int64(report.decisions)),
            "opened_inputs": report.openedInputs.map { .integer(Int64($0)) } ?? .null,
            "filings": .integer(Int64(report.filings)), "evidence": .integer(Int64(report.evidence)),
            "findings": .array(
                report.findings.map {
                    ["kind": .text($0.kind), "place": .text($0.place), "meaning": .text($0.meaning)]
                }),
            "notices": .array(report.notices.map { .text($0.sentence) }),
        ]
    }
}
