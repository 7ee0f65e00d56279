import Foundation
import Notation
import Operations

/// Price list files: those of `Fixtures/prices`, the public sample rows, and small ones made here.
enum PriceSamples {
    static let header = "number,drug_id,atc,name,package_size,substitution_group,dispensing_group,price"
    static let row = "012345,28100000001,N02BE01,Examplin 500 mg,100,S1,B,2495"

    static func csv(_ rows: String..., name: String = "list.csv") -> PriceFile {
        PriceFile(name: name, bytes: Array(([header] + rows).joined(separator: "\n").utf8))
    }

    static func file(_ name: String, _ text: String) -> PriceFile {
        PriceFile(name: name, bytes: Array(text.utf8))
    }

    /// A row of LMS01 or LMS02 with these texts at these columns.
    static func fixed(_ fields: (Int, String)...) -> String {
        var row: [Character] = []
        for (column, text) in fields.sorted(by: { $0.0 < $1.0 }) {
            row += Array(repeating: " ", count: max(0, column - row.count)) + Array(text)
        }
        return String(row)
    }

    static func drug(
        id: String = "28100000001", name: String = "Examplin", form: String = "tabletter",
        strength: String = "500 mg", atc: String = " N02BE01"
    ) -> String {
        fixed((0, id), (11, "SPLM"), (29, name), (59, form), (93, strength), (138, atc))
    }

    static func package(
        drug: String = "28100000001", number: String = "012345", size: String = "00010000",
        group: String = "B"
    ) -> String {
        fixed((0, drug), (11, number), (29, "100 stk."), (59, size), (67, "ST"), (73, group))
    }

    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    /// Files of `Fixtures/prices` by their paths below it.
    static func fixtures(_ paths: String...) throws -> [PriceFile] {
        try paths.map { path in
            let url = URL(filePath: root + "/Fixtures/prices/" + path)
            return PriceFile(name: url.lastPathComponent, bytes: Array(try Data(contentsOf: url)))
        }
    }

    private static let shared = root + "/../shared/data/prescriptions/dk-fmk/lms-test-rows.json"
    static var publicRowsArePresent: Bool { FileManager.default.fileExists(atPath: shared) }

    /// The rows of the public sample by file name.
    static func publicRows() throws -> [String: [String]] {
        let document = try JSON.parse(Array(try Data(contentsOf: URL(filePath: shared))))
        var rows: [String: [String]] = [:]
        for member in document.object?["rows"]?.object?.members ?? [] {
            rows[member.name] = member.value.array?.compactMap(\.text)
        }
        return rows
    }
}
