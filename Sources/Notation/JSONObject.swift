/// The members of a JSON object, in the order they were written, each name once.
///
/// Two objects are equal when they hold the same members, whatever their order.
package struct JSONObject: Sendable {
    /// One name and its value.
    package struct Member: Hashable, Sendable {
        /// The name, unescaped.
        package let name: String
        /// What stands under the name.
        package fileprivate(set) var value: JSON
    }

    /// All members in written order.
    package private(set) var members: [Member] = []

    /// An object without members.
    package init() {}

    /// The names in written order.
    package var names: [String] { members.map(\.name) }

    /// How many members there are.
    package var count: Int { members.count }

    /// The value under a name, or nil when there is none. A member that is `null` gives `.null`.
    package subscript(name: String) -> JSON? {
        members.first { sameScalars($0.name, name) }?.value
    }

    /// Puts a value under a name; a name that is there already keeps its place.
    package mutating func set(_ name: String, _ value: JSON) {
        if let index = members.firstIndex(where: { sameScalars($0.name, name) }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
    }

    /// Adds a member whose name the caller knows to be new: the parser, which has its own set of names.
    mutating func append(_ name: String, _ value: JSON) {
        members.append(Member(name: name, value: value))
    }

    /// The members by the UTF-16 code units of their names, the order of RFC 8785 section 3.2.3.
    var sortedMembers: [Member] {
        members.sorted { precedesInUTF16($0.name, $1.name) }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        for (name, value) in elements { set(name, value) }
    }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        return zip(left.sortedMembers, right.sortedMembers).allSatisfy {
            sameScalars($0.name, $1.name) && $0.value == $1.value
        }
    }

    package func hash(into hasher: inout Hasher) {
        for member in sortedMembers {
            hasher.combine(member.name)
            hasher.combine(member.value)
        }
    }
}

/// Whether `left` comes first when both are compared as UTF-16 code units.
///
/// UTF-8 bytes sort like code points. UTF-16 differs in one place: U+E000...U+FFFF (lead bytes EE and EF)
/// come after the surrogate pairs (lead bytes F0...F4). Lifting EE and EF above F4 gives the UTF-16 order.
func precedesInUTF16(_ left: String, _ right: String) -> Bool {
    func lifted(_ byte: UInt8) -> UInt8 { byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte }
    return left.utf8.lexicographicallyPrecedes(right.utf8) { lifted($0) < lifted($1) }
}
