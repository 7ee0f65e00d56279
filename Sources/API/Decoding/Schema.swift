import Notation

/// One member of a JSON object that we read or write.
struct Property: Sendable {
    let name: String
    /// JSON Schema 2020-12.
    let schema: JSON
    let isRequired: Bool

    init(_ name: String, _ schema: JSON, required: Bool = false) {
        self.name = name
        self.schema = schema
        isRequired = required
    }
}

/// A JSON object with all its members: the decoder refuses what is not in it, and the OpenAPI document prints
/// it.
struct ObjectSchema: Sendable {
    /// The name under `components.schemas`.
    let name: String
    let summary: String
    let properties: [Property]
    let memberNames: Set<String>

    init(_ name: String, _ summary: String, _ properties: [Property]) {
        self.name = name
        self.summary = summary
        self.properties = properties
        memberNames = Set(properties.map(\.name))
    }

    /// What stands elsewhere in its place.
    var reference: JSON { ["$ref": .text("#/components/schemas/\(name)")] }

    /// JSON Schema 2020-12, as OpenAPI 3.1 uses it.
    var json: JSON {
        var members = JSONObject()
        for property in properties { members.set(property.name, property.schema) }
        var object: JSONObject = [
            "type": "object", "description": .text(summary), "properties": .object(members),
            "additionalProperties": false,
        ]
        let required = properties.filter(\.isRequired).map { JSON.text($0.name) }
        if !required.isEmpty { object.set("required", .array(required)) }
        return .object(object)
    }
}

/// Small makers of JSON Schema.
enum Shape {
    static func integer(_ range: ClosedRange<Int64>, _ description: String) -> JSON {
        [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            "description": .text(description),
        ]
    }

    /// Text by the rules of names and descriptions: no control, invisible or unassigned characters.
    static func text(_ length: ClosedRange<Int64>, _ description: String, pattern: String? = nil) -> JSON {
        var object: JSONObject = [
            "type": "string", "minLength": .integer(length.lowerBound),
            "maxLength": .integer(length.upperBound),
            "description": .text(description),
        ]
        if let pattern { object.set("pattern", .text(pattern)) }
        return .object(object)
    }

    static func pattern(_ pattern: String, _ description: String) -> JSON {
        ["type": "string", "pattern": .text(pattern), "description": .text(description)]
    }

    static func choice(_ words: [String], _ description: String) -> JSON {
        ["type": "string", "enum": .array(words.map { .text($0) }), "description": .text(description)]
    }

    static func boolean(_ description: String) -> JSON {
        ["type": "boolean", "description": .text(description)]
    }

    static func constant(_ word: String) -> JSON { ["type": "string", "const": .text(word)] }

    /// A prefix and a UUID of version 7 in 26 digits of Crockford's base 32. The eleventh digit holds the
    /// version (RFC 9562 section 5.7), the fourteenth the variant.
    static func identifier(_ prefix: String) -> JSON {
        let any = "[0-9A-HJKMNP-TV-Z]"
        return pattern(
            "^\(prefix)_[0-7]\(any){9}[EF]\(any){2}[89ABRSTV]\(any){12}$", "Time-ordered id.")
    }

    static func instant(_ description: String) -> JSON {
        ["type": "string", "format": "date-time", "description": .text(description)]
    }

    static func list(_ element: JSON, _ count: ClosedRange<Int64>) -> JSON {
        [
            "type": "array", "items": element, "minItems": .integer(count.lowerBound),
            "maxItems": .integer(count.upperBound),
        ]
    }

    static func orNull(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }
}
