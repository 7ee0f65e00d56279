// swift-tools-version: 6.2
import PackageDescription

// Products of other packages, named once.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let swiftASN1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let serviceLifecycle: Target.Dependency =
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency =
    .product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// What every module above the core may use.
let core: [Target.Dependency] = ["Vocabulary", "Decisions", "Lifecycles"]

/// What the tests of the inner modules may use.
let inside: [Target.Dependency] =
    core + ["Notation", "FHIR", "Proofs", "Records", "Operations", "Outbound"]

let package = Package(
    name: "godkend",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "godkend", targets: ["godkend"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The flow: words → proof → decision → record → notice.
        .target(name: "Vocabulary"),
        .target(name: "Notation"),
        .target(name: "FHIR", dependencies: ["Vocabulary", "Notation"]),
        .target(
            name: "Proofs",
            dependencies: ["Vocabulary", "Notation", "FHIR", crypto, cryptoExtras, x509, swiftASN1]),
        .target(name: "Decisions", dependencies: ["Vocabulary"]),
        .target(name: "Lifecycles", dependencies: ["Vocabulary", "Notation"]),
        .target(name: "Records", dependencies: core + ["Notation", "Proofs", grdb, grdbSQLite, crypto]),
        .target(
            name: "Operations",
            dependencies: core + ["Notation", "FHIR", "Proofs", "Records", logging, metrics]),
        .target(
            name: "API",
            dependencies: core + [
                "Notation", "FHIR", "Proofs", "Operations", hummingbird, hummingbirdCore, httpTypes, nioCore,
                nioHTTP1, nioHTTPTypes, serviceLifecycle, logging, metrics,
            ]),
        .target(
            name: "Pages",
            dependencies: core + [
                "Notation", "Proofs", "Records", "Operations", hummingbird, httpTypes, nioCore, mustache,
            ]),
        .target(
            name: "Outbound",
            dependencies: [
                "Vocabulary", "Lifecycles", "Operations", asyncHTTPClient, nioCore, nioPosix, nioSSL,
            ]),
        .executableTarget(
            name: "godkend",
            dependencies: core + [
                "Notation", "FHIR", "Proofs", "Records", "Operations", "API", "Pages", "Outbound",
                argumentParser,
                serviceLifecycle, unixSignals, configuration, yams, hummingbird, hummingbirdTLS,
                asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL, logging, metrics, crypto, cryptoExtras,
            ]),

        // Tests, one suite a module.
        .target(name: "SeedKit", path: "Tests/SeedKit"),
        // Under SQLite: a layer that fails on purpose. In C, because SQLite's own interface is.
        .target(
            name: "FaultVFS", path: "Tests/FaultVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "TestKit",
            dependencies: core + [
                "SeedKit", "Notation", "FHIR", "Proofs", "Records", "Operations", "Outbound", "FaultVFS",
                logging,
            ],
            path: "Tests/TestKit"),
        .testTarget(name: "VocabularyTests", dependencies: ["SeedKit", "Vocabulary"]),
        .testTarget(name: "NotationTests", dependencies: ["Notation"]),
        .testTarget(
            name: "FHIRTests", dependencies: ["SeedKit", "FHIR", "Decisions", "Notation", "Vocabulary"]),
        .testTarget(
            name: "ProofsTests",
            dependencies: ["Proofs", "FHIR", "Notation", "Vocabulary", crypto, x509, swiftASN1]),
        .testTarget(name: "DecisionsTests", dependencies: ["SeedKit", "Decisions", "Vocabulary"]),
        .testTarget(
            name: "LifecyclesTests", dependencies: ["SeedKit", "Lifecycles", "Notation", "Vocabulary"]),
        .testTarget(
            name: "RecordsTests", dependencies: inside + ["SeedKit", "TestKit", "MemoryFaults", grdb]),
        // SQLite takes another memory only before its first use, so this is a process of its own.
        .executableTarget(
            name: "MemoryFaults", dependencies: ["FaultVFS", "Records", "TestKit", "Vocabulary", grdb],
            path: "Tests/MemoryFaults"),
        .testTarget(name: "OperationsTests", dependencies: inside + ["SeedKit", "TestKit", grdb]),
        .testTarget(
            name: "OutboundTests",
            dependencies: [
                "SeedKit", "TestKit", "Vocabulary", "Lifecycles", "Operations", "Outbound", nioCore, nioPosix,
                nioSSL, crypto, x509, swiftASN1,
            ]),
        .target(
            name: "LoadKit",
            dependencies: ["Vocabulary", "Notation", "Proofs", asyncHTTPClient, nioCore, nioHTTP1],
            path: "Tests/LoadKit"),
        .testTarget(
            name: "CrashTests",
            dependencies: [
                "godkend", "LoadKit", "SeedKit", "TestKit", "Vocabulary", "Notation", "Lifecycles", "Proofs",
                "Operations", "Outbound", asyncHTTPClient, grdb,
            ]),
        .testTarget(
            name: "APITests",
            dependencies: inside + [
                "TestKit", "API", "Pages", hummingbird, hummingbirdCore, hummingbirdTesting, httpTypes,
                nioCore, nioPosix, logging, metrics,
            ]),
        .testTarget(
            name: "GodkendTests",
            dependencies: [
                "godkend", "TestKit", "FHIR", "Lifecycles", "Notation", "Operations", "Proofs", "Vocabulary",
                logging, serviceLifecycle,
            ]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "LoadKit", "TestKit", "Vocabulary", "Notation", "Proofs", "Operations", hummingbird,
                asyncHTTPClient, nioCore, logging, argumentParser,
            ],
            path: "Tests/Benchmarks"),
        .testTarget(name: "TidyTests", dependencies: ["Vocabulary", "Operations"]),
    ]
)

for target in package.targets where target.type != .plugin && target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .treatAllWarnings(as: .error),
            .strictMemorySafety(),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InferIsolatedConformances"),
        ]
}
