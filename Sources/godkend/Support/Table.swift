import ArgumentParser
import Notation

/// How a command writes what it lists.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

/// Rows under headings, written in one of three ways.
struct Table {
    let headings: [String]
    var rows: [[String]] = []

    init(_ headings: [String]) {
        self.headings = headings
    }

    func lines(_ format: OutputFormat) -> [String] {
        switch format {
        case .table: aligned
        case .json: rows.map { row in String(decoding: object(row).written(), as: UTF8.self) }
        case .csv: ([headings] + rows).map { $0.map(Self.quoted).joined(separator: ",") }
        }
    }

    private var aligned: [String] {
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].count }.max() ?? 0
        }
        return ([headings] + rows).map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func object(_ row: [String]) -> JSON {
        var object = JSONObject()
        for (name, value) in zip(headings, row) { object.set(name, .text(value)) }
        return .object(object)
    }

    /// RFC 4180 section 2: quotes around what needs them, a quote doubled.
    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
