import Foundation
import Operations
import Vocabulary

/// The folder of merchant files: `ID.yaml`, one a merchant.
struct MerchantFolder {
    let path: String

    /// Every merchant, or every problem of every file. Nothing of a folder with a problem is used.
    func read() throws -> (merchants: [Merchant], problems: [YAMLProblem]) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw CommandFailure("There is no folder \(path): name the merchants' folder with --merchants.")
        }
        var merchants: [Merchant] = []
        var problems: [YAMLProblem] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            guard name.hasSuffix(".yaml") else {
                let message = "This is no merchant file: name it ID.yaml or move it out of the folder."
                problems.append(YAMLProblem(file: "\(path)/\(name)", line: nil, message: message))
                continue
            }
            let found = read(name)
            problems += found.problems
            if let merchant = found.merchant { merchants.append(merchant) }
        }
        return (merchants, problems + repeatedKeys(merchants))
    }

    /// All merchants, or a failure that lists every problem.
    func load() throws -> [Merchant] {
        let (merchants, problems) = try read()
        guard problems.isEmpty else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"))
        }
        return merchants
    }

    func file(of id: String) -> String { "\(path)/\(id).yaml" }

    private func read(_ name: String) -> (merchant: Merchant?, problems: [YAMLProblem]) {
        let file = "\(path)/\(name)"
        guard let data = FileManager.default.contents(atPath: file),
            let text = String(data: data, encoding: .utf8)
        else {
            let message = "The file cannot be read as UTF-8 text."
            return (nil, [YAMLProblem(file: file, line: nil, message: message)])
        }
        return MerchantFile.read(text, id: String(name.dropLast(".yaml".count)), file: file)
    }

    /// A key belongs to one merchant: the same hash in two places is a copy and a mistake.
    private func repeatedKeys(_ merchants: [Merchant]) -> [YAMLProblem] {
        var owners: [[UInt8]: String] = [:]
        var problems: [YAMLProblem] = []
        for merchant in merchants {
            for key in merchant.keys {
                if let owner = owners.updateValue(merchant.id.text, forKey: key.digest) {
                    let message = "Key \(key.id) stands at \(owner) too: rotate the keys of one of them."
                    problems.append(
                        YAMLProblem(file: file(of: merchant.id.text), line: nil, message: message))
                }
            }
        }
        return problems
    }
}
