package import Lifecycles
package import Operations
package import Vocabulary

/// Data element 48: what has no element of its own, as tagged subfields.
///
/// A subfield is two digits of tag, two digits of length and the value; tags ascend. The layout is agreed
/// between us and the acquirer; ISO 8583:1987 leaves the element to private use.
///
/// | tag | value |
/// |---|---|
/// | 01 | intent id of this call; of an inquiry the one asked about |
/// | 02 | intent id of the authorization that this call follows |
/// | 03 | kind that an inquiry asks about: `authorize`, `capture`, `refund`, `reversal` |
/// | 04 | merchant's short name, whole (data element 42 has room for 15 characters) |
/// | 05 | of an inquiry's answer: the response code that the intent itself was given |
/// | 42 | electronic commerce indicator, two digits |
/// | 43 | authentication value, 20 bytes as 40 hexadecimal digits |
/// | 66 | directory-server transaction id |
/// | 67 | protocol version |
/// | 68 | transaction status |
/// | 92 | card verification code |
package struct ISO8583Additional: Sendable, Hashable {
    package var intent: IntentID?
    package var original: IntentID?
    package var kind: AcquirerCallKind?
    package var merchant: MerchantID?
    package var outcome: NetworkCode?
    package var evidence: AuthenticationEvidence?
    /// Three or four digits.
    package var verificationCode: Redacted<String>?

    package init() {}

    enum Tag: Int, CaseIterable {
        case intent = 1
        case original = 2
        case kind = 3
        case merchant = 4
        case outcome = 5
        case indicator = 42
        case authenticationValue = 43
        case transactionID = 66
        case version = 67
        case result = 68
        case verificationCode = 92
    }

    private func value(of tag: Tag) -> String? {
        switch tag {
        case .intent: intent?.text
        case .original: original?.text
        case .kind: kind?.rawValue
        case .merchant: merchant?.text
        case .outcome: outcome?.text
        case .indicator: evidence?.indicator
        case .authenticationValue: evidence.map { hexadecimal($0.authenticationValue) }
        case .transactionID: evidence?.transactionID
        case .version: evidence?.version
        case .result: evidence?.result
        case .verificationCode: verificationCode?.exposed()
        }
    }

    /// All subfields that have a value.
    func text() throws(ISO8583Error) -> String {
        var text = ""
        for tag in Tag.allCases {
            guard let value = value(of: tag) else { continue }
            guard (1...99).contains(value.utf8.count) else { throw .badSubfield(tag.rawValue) }
            text += decimal(tag.rawValue, digits: 2) + decimal(value.utf8.count, digits: 2) + value
        }
        return text
    }

    init(_ text: String) throws(ISO8583Error) {
        let values = try Self.split(text)
        intent = try read(values, .intent) { IntentID($0) }
        original = try read(values, .original) { IntentID($0) }
        kind = try read(values, .kind) { AcquirerCallKind(rawValue: $0) }
        merchant = try read(values, .merchant) { MerchantID($0) }
        outcome = try read(values, .outcome) { NetworkCode($0) }
        verificationCode = try read(values, .verificationCode) { text in
            (3...4).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
                ? Redacted(text) : nil
        }
        evidence = try Self.evidence(values)
    }

    /// Of a host whose element 48 may have any layout: what can be read of ours, in any order. Unknown tags
    /// are stepped over, and what is no subfield ends the reading.
    init(whatCanBeReadOf text: String) {
        var reader = ISO8583Reader(Array(text.utf8))
        while let number = try? reader.takeNumber(digits: 2, element: 48),
            let length = try? reader.takeNumber(digits: 2, element: 48), let bytes = try? reader.take(length)
        {
            let value = String(decoding: bytes, as: UTF8.self)
            switch Tag(rawValue: number) {
            case .intent: intent = intent ?? IntentID(value)
            case .kind: kind = kind ?? AcquirerCallKind(rawValue: value)
            case .outcome: outcome = outcome ?? NetworkCode(value.uppercased())
            case .original, .merchant, .indicator, .authenticationValue, .transactionID, .version, .result,
                .verificationCode, nil:
                continue
            }
        }
    }

    private static func split(_ text: String) throws(ISO8583Error) -> [Tag: String] {
        var reader = ISO8583Reader(Array(text.utf8))
        var values: [Tag: String] = [:]
        var last = 0
        while !reader.isAtEnd {
            let number = try reader.takeNumber(digits: 2, element: 48)
            guard number > last, let tag = Tag(rawValue: number) else { throw .unexpectedSubfield(number) }
            let length = try reader.takeNumber(digits: 2, element: 48)
            guard length > 0 else { throw .badSubfield(number) }
            values[tag] = String(decoding: try reader.take(length), as: UTF8.self)
            last = number
        }
        return values
    }

    /// All five subfields of the evidence, or none of them.
    private static func evidence(_ values: [Tag: String]) throws(ISO8583Error) -> AuthenticationEvidence? {
        let tags: [Tag] = [.indicator, .authenticationValue, .transactionID, .version, .result]
        guard tags.contains(where: { values[$0] != nil }) else { return nil }
        func value(_ tag: Tag) throws(ISO8583Error) -> String {
            guard let value = values[tag] else { throw .missingSubfield(tag.rawValue) }
            return value
        }
        guard let bytes = bytes(ofHexadecimal: try value(.authenticationValue)), bytes.count == 20 else {
            throw .badSubfield(Tag.authenticationValue.rawValue)
        }
        return AuthenticationEvidence(
            indicator: try value(.indicator), authenticationValue: bytes,
            transactionID: try value(.transactionID), version: try value(.version),
            result: try value(.result))
    }
}

private func read<Value>(
    _ values: [ISO8583Additional.Tag: String], _ tag: ISO8583Additional.Tag, as make: (String) -> Value?
) throws(ISO8583Error) -> Value? {
    guard let text = values[tag] else { return nil }
    guard let value = make(text) else { throw .badSubfield(tag.rawValue) }
    return value
}

extension ISO8583Additional: Masked {
    package static var mask: String { "[masked]" }
}
