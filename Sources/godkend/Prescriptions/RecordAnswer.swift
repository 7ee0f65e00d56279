import Notation

/// What a server says about a record, for a person.
enum RecordAnswer {
    static func say(_ answer: JSON, _ format: OutputFormat) {
        lines(answer, format).forEach(Terminal.say)
    }

    /// The object as it is in JSON; else its plain members in two columns, and each list of objects, such as
    /// the checks, as a table of its own below.
    static func lines(_ answer: JSON, _ format: OutputFormat) -> [String] {
        guard format != .json, let object = answer.object else {
            return [String(decoding: answer.written(), as: UTF8.self)]
        }
        var summary = Table(["what", "value"])
        var below: [String] = []
        for member in object.members {
            if let list = member.value.array, list.allSatisfy({ $0.object != nil }) {
                below += table(list).map { [""] + $0.lines(format) } ?? []
            } else {
                summary.rows.append([member.name, text(member.value)])
            }
        }
        return summary.lines(format) + below
    }

    /// Nil for an empty list. The first object has the columns.
    private static func table(_ list: [JSON]) -> Table? {
        guard let columns = list.first?.object?.names else { return nil }
        var table = Table(columns)
        table.rows = list.map { row in columns.map { row.object?[$0].map(text) ?? "" } }
        return table
    }

    private static func text(_ value: JSON) -> String {
        value.text ?? String(decoding: value.written(), as: UTF8.self)
    }
}
