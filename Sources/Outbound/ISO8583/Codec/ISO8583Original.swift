/// Data element 90: the message that this one follows.
///
/// Source: ISO 8583:1987, data element 90: MTI (4), trace number (6), transmission date and time (10),
/// acquiring institution (11), forwarding institution (11, unused: zeros).
package struct ISO8583Original: Sendable, Hashable {
    package let type: ISO8583MessageType
    /// Six digits.
    package let traceNumber: String
    package let transmittedAt: ISO8583Moment
    /// Up to eleven digits without leading zeros.
    package let institution: String

    package init(
        type: ISO8583MessageType, traceNumber: String, transmittedAt: ISO8583Moment, institution: String
    ) {
        self.type = type
        self.traceNumber = traceNumber
        self.transmittedAt = transmittedAt
        self.institution = institution
    }

    /// The 42 digits, shorter or longer when a part does not fit.
    var text: String {
        let zeros = String(repeating: "0", count: 11)
        return type.rawValue + traceNumber + transmittedAt.text
            + zeros.dropFirst(min(11, institution.count)) + institution + zeros
    }

    /// Reads 42 digits.
    init?(_ text: String) {
        let parts = [4, 6, 10, 11, 11]
        guard text.utf8.count == parts.reduce(0, +) else { return nil }
        var rest = text[...]
        let fields = parts.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }
        guard let type = ISO8583MessageType(rawValue: fields[0]), let moment = ISO8583Moment(fields[2]),
            fields[4].allSatisfy({ $0 == "0" })
        else { return nil }
        self.init(
            type: type, traceNumber: fields[1], transmittedAt: moment,
            institution: String(fields[3].drop { $0 == "0" }))
    }
}
