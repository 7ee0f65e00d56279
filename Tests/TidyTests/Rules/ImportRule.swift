/// Which module may import what (the table of the design). Work flows downwards: words, proof, decision,
/// record, notice. A module imports only what stands above it here, so there is no cycle.
enum ImportRule {
    struct Row: Sendable {
        let module: String
        let ours: Set<String>
        let others: Set<String>
        /// What single files may import besides.
        var alone: [String: Set<String>] = [:]
    }

    static let core: Set<String> = ["Vocabulary", "Notation", "FHIR", "Decisions", "Lifecycles", "Proofs"]
    static let systemC: Set<String> = ["Glibc", "Musl", "Darwin"]

    static let table: [Row] = [
        Row(
            module: "Vocabulary", ours: [], others: [], alone: ["FromFoundation.swift": ["Foundation"]]),
        Row(module: "Notation", ours: [], others: []),
        Row(module: "FHIR", ours: ["Vocabulary", "Notation"], others: []),
        Row(
            module: "Proofs", ours: ["Vocabulary", "Notation", "FHIR"],
            others: ["Crypto", "CryptoExtras", "SwiftASN1", "X509"],
            alone: ["PasswordHash.swift": ["Foundation"]]),
        Row(module: "Decisions", ours: ["Vocabulary"], others: []),
        Row(module: "Lifecycles", ours: ["Vocabulary", "Notation"], others: []),
        Row(
            module: "Records", ours: core,
            others: ["GRDB", "GRDBSQLite", "Foundation", "Crypto", "Dispatch", "Synchronization"]),
        Row(
            module: "Operations", ours: core.union(["Records"]),
            others: ["Logging", "Metrics", "Dispatch", "Synchronization"]),
        Row(
            module: "API", ours: core.union(["Operations"]),
            others: [
                "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "NIOCore", "NIOHTTP1",
                "NIOHTTPTypes", "ServiceLifecycle", "Logging", "Metrics", "Synchronization",
            ]),
        Row(
            // The console shows what the audit found, as values of Records; SQL stays there all the same.
            module: "Pages",
            ours: [
                "Vocabulary", "Notation", "Decisions", "Lifecycles", "Proofs", "Records", "Operations",
            ],
            others: ["Hummingbird", "HTTPTypes", "Mustache", "NIOCore"]),
        Row(
            module: "Outbound", ours: ["Vocabulary", "Notation", "Lifecycles", "Operations"],
            others: ["AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOSSL"],
            alone: ["SandboxLine.swift": ["Foundation"], "SandboxBooksFile.swift": systemC]),
        Row(
            module: "godkend", ours: core.union(["Records", "Operations", "API", "Pages", "Outbound"]),
            others: [
                "ArgumentParser", "AsyncHTTPClient", "Configuration", "Crypto", "CryptoExtras", "Foundation",
                "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "Metrics", "NIOCore",
                "NIOHTTP1", "NIOPosix", "NIOSSL", "ServiceLifecycle", "Synchronization", "UnixSignals",
                "Yams",
            ]),
    ]

    static func check(_ file: SourceFile, table: [Row] = table) -> [Finding] {
        guard let module = file.module else { return [] }
        guard let row = table.first(where: { $0.module == module }) else {
            return [Finding(path: file.path, line: 1, complaint: "the module \(module) is not in the table")]
        }
        let allowed = row.ours.union(row.others).union(row.alone[file.name] ?? [])
        return imports(of: file).filter { !allowed.contains($0.text) }.map {
            Finding(path: file.path, line: $0.line, complaint: "\(module) must not import \($0.text)")
        }
    }

    /// The imported modules, with their lines.
    static func imports(of file: SourceFile) -> [Token] {
        let tokens = file.swift?.tokens ?? []
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return tokens.indices.filter { tokens[$0].text == "import" }.compactMap { index in
            tokens[(index + 1)...].first { !kinds.contains($0.text) }
        }
    }

    /// Rows that import something of ours which does not stand before them, and so may close a circle.
    static func againstTheFlow(_ table: [Row]) -> [String] {
        table.indices.flatMap { index in
            let before = Set(table[..<index].map(\.module))
            return table[index].ours.subtracting(before).sorted().map { "\(table[index].module) → \($0)" }
        }
    }
}
