import Foundation

/// The package as it lies on this disk.
enum Tree {
    /// The folder with Package.swift, found from where this file was compiled.
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/",
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// Every Swift file of `Sources`.
    static let sources = files(under: ["Sources"]) { $0.hasSuffix(".swift") }

    /// Every Swift file of `Tests`.
    static let tests = files(under: ["Tests"]) { $0.hasSuffix(".swift") }

    private static let folders = ["Sources", "Tests", "Merchants", "Fixtures", "findings", ".ci"]

    /// Every text that is kept: code, tests, pages of text, fixtures, scripts.
    static let texts =
        sources + tests + files(under: folders) { !$0.hasSuffix(".swift") }
        + ["README.md", "Package.swift", ".swift-format", ".gitignore"].compactMap(file)

    /// The names in the package's folder.
    static var topLevel: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: root.path))?.sorted() ?? []
    }

    /// What git is told to pass over.
    static var ignored: [String] {
        file(".gitignore")?.lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map(String.init) ?? []
    }

    /// A file, nil when it is not there or not UTF-8.
    static func file(_ path: String) -> SourceFile? {
        (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)).map {
            SourceFile(path: path, text: $0)
        }
    }

    /// Files that git passes over, such as compiled Python, are left out.
    private static func files(under folders: [String], where isWanted: (String) -> Bool) -> [SourceFile] {
        folders.flatMap { folder -> [SourceFile] in
            let all = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
            let names = all?.compactMap { $0 as? String } ?? []
            return names.filter { !TopLevelRule.isIgnored($0, by: ignored) && isWanted($0) }.sorted()
                .compactMap { file(folder + "/" + $0) }
        }
    }
}
