/// A JSON value as RFC 8259 has it, with numbers kept exact.
///
/// Text is compared by its Unicode scalars, never by canonical equivalence: "é" in one scalar and "é" in two
/// are different values here, because they are different signed bytes.
package indirect enum JSON: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction or exponent, within Int64.
    case integer(Int64)
    /// The exact lexeme of any other number. Make one only from a lexeme of RFC 8259 section 6.
    case decimal(String)
    /// A string.
    case text(String)
    /// An array.
    case array([JSON])
    /// An object in the order it was written.
    case object(JSONObject)
}

extension JSON {
    /// The string, or nil for any other kind.
    package var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// The integer, or nil for any other kind.
    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The truth value, or nil for any other kind.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, or nil for any other kind.
    package var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, or nil for any other kind.
    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether this is `null`.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

extension JSON: Hashable {
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.decimal(let a), .decimal(let b)): sameScalars(a, b)
        case (.text(let a), .text(let b)): sameScalars(a, b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .decimal(let value): hasher.combine(value)
        case .text(let value): hasher.combine(value)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

/// Whether two strings are the same scalar by scalar. `==` on String would call U+212A and "K" equal.
func sameScalars(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
}
