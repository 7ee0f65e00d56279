import Configuration
import Operations

/// Where a configuration value comes from, the strongest first.
enum SettingOrigin: String, CaseIterable {
    case flag = "--set"
    case environment = "environment"
    case file = "file"
    case standard = "default"
}

/// The server's configuration from all its sources: flags, environment, file, then the defaults.
struct ConfigurationSources {
    private let readers: [(origin: SettingOrigin, reader: ConfigReader)]

    /// `flags` are the `key=value` texts of `--set`.
    init(flags: [String], environment: [String: String], file: String?) throws {
        let fileValues = try file.map(ConfigurationFile.read) ?? [:]
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
            .prefixKeys(with: "godkend")
        readers = [
            (.flag, ConfigReader(provider: Self.provider("flags", try Self.parse(flags)))),
            (.environment, ConfigReader(provider: variables)),
            (.file, ConfigReader(provider: Self.provider("file", fileValues))),
        ]
    }

    /// The value of a key and its origin; a nil value where the default stands.
    func value(_ key: SettingKey) -> (value: String?, origin: SettingOrigin) {
        for (origin, reader) in readers {
            if let value = reader.string(
                forKey: ConfigKey(key.rawValue.split(separator: ".").map(String.init)))
            {
                return (value, origin)
            }
        }
        return (nil, .standard)
    }

    /// All values that are given anywhere.
    var values: [SettingKey: String] {
        var found: [SettingKey: String] = [:]
        for key in SettingKey.allCases { found[key] = value(key).value }
        return found
    }

    /// The settings, bounds checked; `listening` is the address that stands for `public_url` when it is not
    /// given.
    func settings(listening: String) throws -> Settings {
        let values = values
        do {
            return try Settings(values: values, isLive: values[.mode] == "live", publicURL: listening)
        } catch {
            let origin = Self.key(of: error).map { " (from \(value($0).origin.rawValue))" } ?? ""
            throw CommandFailure("The configuration is refused: \(error.explanation)\(origin)")
        }
    }

    private static func key(of error: SettingError) -> SettingKey? {
        switch error {
        case .unknownKey: nil
        case .notANumber(let key), .outOfBounds(let key, _, _, _), .unknownWord(let key, _),
            .notAnAddress(let key, _), .notAText(let key), .wrongForm(let key, _), .missing(let key, _):
            key
        }
    }

    static func parse(_ flags: [String]) throws -> [SettingKey: String] {
        var values: [SettingKey: String] = [:]
        for flag in flags {
            guard let equals = flag.firstIndex(of: "=") else {
                throw CommandFailure("Write --set key=value, with an equals sign.")
            }
            let name = String(flag[..<equals])
            guard let key = SettingKey(rawValue: name) else {
                throw CommandFailure(SettingError.unknownKey(name).explanation)
            }
            values[key] = String(flag[flag.index(after: equals)...])
        }
        return values
    }

    private static func provider(_ name: String, _ values: [SettingKey: String]) -> InMemoryProvider {
        var entries: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            let path = AbsoluteConfigKey(key.rawValue.split(separator: ".").map(String.init))
            entries[path] = ConfigValue(.string(value), isSecret: false)
        }
        return InMemoryProvider(name: name, values: entries)
    }
}
