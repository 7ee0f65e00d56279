import Foundation
import Operations
import Yams

/// The server's configuration file: YAML with dotted or nested keys, nothing but known keys.
enum ConfigurationFile {
    /// Every value of the file by its key.
    static func read(_ path: String) throws -> [SettingKey: String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("Cannot read the configuration file \(path).")
        }
        return try parse(String(decoding: data, as: UTF8.self), file: path)
    }

    static func parse(_ text: String, file: String) throws -> [SettingKey: String] {
        guard let root = try YAMLText.compose(text, file: file) else { return [:] }
        var values: [SettingKey: String] = [:]
        try collect(root, under: "", file: file, into: &values)
        return values
    }

    private static func collect(
        _ node: Node, under prefix: String, file: String, into values: inout [SettingKey: String]
    ) throws {
        guard let mapping = node.mapping else {
            throw YAMLProblem(file: file, line: node.mark?.line, message: "Write `key: value` lines here.")
        }
        for (key, value) in mapping {
            let name = prefix + (key.scalar?.string ?? "?")
            let line = key.mark?.line
            if value.mapping != nil {
                try collect(value, under: name + ".", file: file, into: &values)
                continue
            }
            guard let known = SettingKey(rawValue: name) else {
                let error = SettingError.unknownKey(name)
                throw YAMLProblem(file: file, line: line, message: error.explanation)
            }
            guard let scalar = value.scalar else {
                throw YAMLProblem(file: file, line: line, message: "\(name) takes one value, not a list.")
            }
            guard values.updateValue(scalar.string, forKey: known) == nil else {
                throw YAMLProblem(file: file, line: line, message: "\(name) is given twice: keep one.")
            }
        }
    }
}
