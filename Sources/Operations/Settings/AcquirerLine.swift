/// How the bank is spoken to: the settings `acquirer.*` beside kind, books, address and time-out.
package struct AcquirerLine: Sendable, Hashable {
    /// Whether element 49 has digits, `208`, or letters, `DKK`.
    package let currencyForm: String
    /// How the parts of a message become bytes.
    package let encoding: String
    package let lengthHeader: String
    package let isLengthInclusive: Bool
    /// Five bytes as ten hexadecimal digits.
    package let tpdu: String?
    package let signsOn: Bool
    /// Seconds of silence before an echo test; 0: never.
    package let echoSeconds: Int
    /// Seconds without a message before an empty frame; 0: never.
    package let keepAliveSeconds: Int
    /// Data element 18: four digits.
    package let merchantType: String?
    /// Data element 22: three digits.
    package let entryMode: String
    /// Data element 25: two digits.
    package let conditionCode: String?
    /// Data element 43: up to forty printable characters.
    package let acceptorLocation: String?
    package let isSecure: Bool
    /// PEM files: whom we believe, our own certificate and its key.
    package let roots: String?
    package let certificate: String?
    package let key: String?
    /// The name in the bank's certificate, where it is not the host of the address.
    package let name: String?
    /// How long a capture, refund or reversal is sent again before it is given up.
    package let giveUpDays: Int
    /// After how long an intent without an end is told of.
    package let warningMinutes: Int

    init(_ reader: SettingReader) throws(SettingError) {
        currencyForm = reader.word(.acquirerCurrencyForm)
        encoding = reader.word(.acquirerEncoding)
        lengthHeader = reader.word(.acquirerLengthHeader)
        isLengthInclusive = reader.word(.acquirerLengthIncludesItself) == "yes"
        tpdu = try reader.characters(.acquirerTPDU, 10...10, "ten hexadecimal digits") {
            $0.isHexDigit && $0.isASCII
        }
        signsOn = reader.word(.acquirerSignOn) == "yes"
        echoSeconds = try reader.number(.acquirerEchoSeconds)
        keepAliveSeconds = try reader.number(.acquirerKeepAliveSeconds)
        merchantType = try reader.digits(.acquirerMerchantType, 4)
        entryMode = try reader.digits(.acquirerEntryMode, 3) ?? "810"
        conditionCode = try reader.digits(.acquirerConditionCode, 2)
        acceptorLocation = try reader.characters(
            .acquirerAcceptorLocation, 1...40, "up to forty printable ASCII characters"
        ) { $0.isASCII && !$0.isNewline && $0 >= " " && $0 <= "~" }
        isSecure = reader.word(.acquirerTLS) == "on"
        roots = reader.values[.acquirerTLSRoots]
        certificate = reader.values[.acquirerTLSCertificate]
        key = reader.values[.acquirerTLSKey]
        name = reader.values[.acquirerTLSName]
        giveUpDays = try reader.number(.acquirerGiveUpDays)
        warningMinutes = try reader.number(.acquirerWarningMinutes)
        if isSecure, roots == nil { throw .missing(.acquirerTLSRoots, because: "acquirer.tls is on") }
        if certificate != nil, key == nil {
            throw .missing(.acquirerTLSKey, because: "acquirer.tls_certificate is given")
        }
        if key != nil, certificate == nil {
            throw .missing(.acquirerTLSCertificate, because: "acquirer.tls_key is given")
        }
    }
}

extension SettingReader {
    /// A word of the key's list, or the first of it. Read after `check`.
    func word(_ key: SettingKey) -> String {
        guard case .word(let words) = key.shape else { return "" }
        return values[key] ?? words.first ?? ""
    }

    /// Exactly so many digits; nil when the key is not set.
    func digits(_ key: SettingKey, _ count: Int) throws(SettingError) -> String? {
        try characters(key, count...count, "\(count) digits") { $0.isASCII && $0.isNumber }
    }

    /// So many characters of a kind; nil when the key is not set.
    func characters(
        _ key: SettingKey, _ count: ClosedRange<Int>, _ expected: String, _ isGood: (Character) -> Bool
    ) throws(SettingError) -> String? {
        guard let text = values[key] else { return nil }
        guard count.contains(text.count), text.allSatisfy(isGood) else {
            throw .wrongForm(key, expected: expected)
        }
        return text
    }
}
