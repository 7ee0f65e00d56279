import Foundation

/// Somebody who has a database file in hand, and an editor for bytes.
enum DemoTampering {
    /// Changes one digit of a text that stands in a row, found by the id which the row begins with.
    static func change(_ old: String, to new: String, inRowOf id: String, file path: String) throws {
        guard var bytes = FileManager.default.contents(atPath: path), old.utf8.count == new.utf8.count else {
            throw CommandFailure("The copy of the database cannot be read.")
        }
        // Other rows name the id too; its own has the text the soonest behind it.
        var nearest: Range<Data.Index>?
        var distance = Int.max
        var start = bytes.startIndex
        while let name = bytes.range(of: Data(id.utf8), in: start..<bytes.endIndex) {
            if let found = bytes.range(of: Data(old.utf8), in: name.upperBound..<bytes.endIndex),
                found.lowerBound - name.upperBound < distance
            {
                nearest = found
                distance = found.lowerBound - name.upperBound
            }
            start = name.upperBound
        }
        guard let nearest else { throw CommandFailure("The copy of the database has no \(old) in \(id).") }
        bytes.replaceSubrange(nearest, with: Data(new.utf8))
        try bytes.write(to: URL(fileURLWithPath: path))
    }
}
