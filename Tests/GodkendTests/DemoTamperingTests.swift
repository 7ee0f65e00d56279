import Foundation
import Testing

@testable import godkend

/// The demo's changed byte: it is that of the row it names, and nothing else changes.
struct DemoTamperingTests {
    @Test func `LOG-TAMPER: the demo changes the row that it names, and one digit of it`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/file"
        try Data("auth_A auth_B 24900 auth_A 24900 auth_B .. 24900".utf8).write(
            to: URL(fileURLWithPath: path))
        try DemoTampering.change("24900", to: "14900", inRowOf: "auth_A", file: path)
        let changed = try String(contentsOfFile: path, encoding: .utf8)
        #expect(changed == "auth_A auth_B 24900 auth_A 14900 auth_B .. 24900")
    }

    @Test(arguments: [("auth_C", "24900", "14900"), ("auth_A", "99999", "19999"), ("auth_A", "24900", "1")])
    func `LOG-TAMPER: the demo says so when there is nothing to change`(id: String, old: String, new: String)
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path + "/file"
        try Data("auth_A 24900".utf8).write(to: URL(fileURLWithPath: path))
        let isSameLength = old.utf8.count == new.utf8.count
        let told =
            isSameLength
            ? "The copy of the database has no \(old) in \(id)."
            : "The copy of the database cannot be read."
        #expect(throws: CommandFailure(told)) {
            try DemoTampering.change(old, to: new, inRowOf: id, file: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "auth_A 24900")
    }
}
