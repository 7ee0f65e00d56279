/// Reads single values and holds them against their bounds.
struct SettingReader {
    let values: [SettingKey: String]
    let isLive: Bool

    /// Refuses a value that the key does not take; a missing one is good.
    func check(_ key: SettingKey) throws(SettingError) {
        guard let value = values[key] else { return }
        switch key.shape {
        case .number: _ = try number(key)
        case .word(let allowed):
            guard allowed.contains(value) else { throw .unknownWord(key, allowed: allowed) }
        case .text:
            let isGood = value.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x20 }
            guard isGood, !value.isEmpty else { throw .notAText(key) }
        case .line:
            guard !value.isEmpty, value.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
                throw .notAText(key)
            }
        }
    }

    /// A number within the bounds of the mode, or the default.
    func number(_ key: SettingKey) throws(SettingError) -> Int {
        guard case .number(let standard, let test, let live) = key.shape else { throw .notANumber(key) }
        guard let text = values[key] else { return standard }
        guard let number = Int(text), !text.hasPrefix("+") else { throw .notANumber(key) }
        let bounds = isLive ? live : test
        guard bounds.contains(number) else {
            throw .outOfBounds(key, given: number, bounds: bounds, isLive: isLive)
        }
        return number
    }

    /// `scheme://host[:port]` without a trailing slash.
    ///
    /// Live mode takes https only: a server that speaks http behind a proxy must be given its public address.
    func address(_ key: SettingKey, standard: String) throws(SettingError) -> String {
        let given = values[key] ?? standard
        let text = given.hasSuffix("/") ? String(given.dropLast()) : given
        let schemes = isLive ? ["https://"] : ["https://", "http://"]
        guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else {
            throw .notAnAddress(key, isLive: isLive)
        }
        let host = text.dropFirst(scheme.count)
        guard !host.isEmpty, !host.contains(where: { "/?#@\\".contains($0) || $0.isWhitespace }) else {
            throw .notAnAddress(key, isLive: isLive)
        }
        return text
    }
}
