/// One thing that the schema refuses by itself.
struct SchemaRule: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case key([String])
        case unique([String])
        case notNull(String)
        case reference(String, to: String, isAtCommit: Bool)
        /// The expression between the brackets.
        case check(String)
        /// A unique index by its name, with all that is said after the table's name.
        case index(String, on: String)
        case trigger(String)
        /// A column in the list after UPDATE OF.
        case watched(String, by: String)
    }

    let table: String
    let kind: Kind

    init(_ table: String, _ kind: Kind) {
        self.table = table
        self.kind = kind
    }

    var description: String {
        let rule =
            switch kind {
            case .key(let columns): "key (\(columns.joined(separator: ", ")))"
            case .unique(let columns): "unique (\(columns.joined(separator: ", ")))"
            case .notNull(let column): "\(column) not null"
            case .reference(let column, let parent, let isAtCommit):
                "\(column) -> \(parent)\(isAtCommit ? " at the commit" : "")"
            case .check(let text): "check \(text)"
            case .index(let name, let on): "index \(name) \(on)"
            case .trigger(let name): "trigger \(name)"
            case .watched(let column, let trigger): "trigger \(trigger) of \(column)"
            }
        return "\(table): \(rule)"
    }

    /// Nothing can refer to a column that is not unique.
    var isKey: Bool {
        switch kind {
        case .key, .unique: true
        default: false
        }
    }

    /// It is looked at when the transaction ends.
    var isAtCommit: Bool {
        if case .reference(_, _, true) = kind { true } else { false }
    }
}
