import ArgumentParser
import Crypto
import Foundation
import Notation
import Operations
import Proofs
import Vocabulary

/// The folder that says whom to believe.
struct TrustOption: ParsableArguments {
    @Option(
        name: .customLong("trust"),
        help: ArgumentHelp("Trust folder; trust in the state folder when not given.", valueName: "dir"))
    var path: String?

    func files(in state: StateFolder) -> TrustFiles { TrustFiles(path: path ?? state.trust) }
}

/// The moment that stands for now.
struct MomentOption: ParsableArguments {
    @Option(help: ArgumentHelp("Use this moment instead of now: 2026-11-20T10:00:00Z.", valueName: "instant"))
    var at: String?

    func instant() throws -> Instant {
        guard let at else { return SystemClock().now() }
        guard let instant = Instant(rfc3339: at) else {
            throw ValidationError("--at takes a moment of RFC 3339: 2026-11-20T10:00:00Z.")
        }
        return instant
    }
}

/// The OCSP responses that go with a record.
struct OCSPOption: ParsableArguments {
    @Option(
        name: .customLong("ocsp"), parsing: .upToNextOption,
        help: ArgumentHelp("OCSP responses in DER.", valueName: "file"))
    var paths: [String] = []

    /// Each response in DER.
    func responses() throws -> [[UInt8]] { try paths.map(InputFile.bytes) }
}

/// A signer's key and certificates.
enum SignerFiles {
    /// A P-256 key in PEM, PKCS #8 or SEC 1, in a file that only its owner can read.
    static func key(_ path: String) throws -> SigningKey {
        let text = String(decoding: try PrivateFile.read(path), as: UTF8.self)
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: text) else {
            throw CommandFailure("\(path) is no P-256 key in PEM without a password.")
        }
        return try SigningKey(raw: [UInt8](key.rawRepresentation))
    }

    /// The certificates of a PEM file in DER, leaf first.
    static func chain(_ path: String) throws -> [[UInt8]] {
        guard let blocks = PEM.read(try InputFile.text(path)), !blocks.isEmpty,
            blocks.allSatisfy({ $0.label == "CERTIFICATE" })
        else {
            throw CommandFailure("\(path) takes certificates in PEM, the signer's own first, nothing else.")
        }
        return blocks.map(\.bytes)
    }
}

/// Files that a command is given.
enum InputFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("Cannot read \(path): check name and permission.")
        }
        return [UInt8](data)
    }

    static func text(_ path: String) throws -> String {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else {
            throw CommandFailure("\(path) is no text in UTF-8.")
        }
        return text
    }

    /// A compact JWS; blanks and line breaks around it are dropped.
    static func compact(_ path: String) throws -> String {
        try text(path).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
