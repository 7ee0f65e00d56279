import Foundation
import Notation
import Operations
import Proofs
import Vocabulary

/// New files for a trust folder, each checked before any is put in its place.
struct TrustUpdate {
    /// What a certificate of the update is for.
    enum CertificateKind: String, CaseIterable {
        case prescriber, register, issuer

        var file: TrustFileKind {
            switch self {
            case .prescriber: .prescriberRoot
            case .register: .register
            case .issuer: .issuer
            }
        }
    }

    let files: TrustFiles
    let now: Instant
    private(set) var evidence: [TrustEvidence]
    private(set) var changes: [TrustEvidence] = []

    init(files: TrustFiles, now: Instant) throws {
        self.files = files
        self.now = now
        evidence = try files.entries().map(files.evidence)
    }

    /// Checks one more file against what is there and what came before it.
    mutating func add(_ bytes: [UInt8], named path: String, as kind: CertificateKind?) throws {
        let name = URL(fileURLWithPath: path).lastPathComponent
        let file = try recognised(bytes, name: name, kind: kind)
        var next = evidence.filter { $0.name != file.name }
        next.append(file)
        // The folder as it would be must be one that a server takes.
        do {
            _ = try TrustSnapshot(evidence: next)
        } catch {
            throw CommandFailure("\(path): \(error.explanation)")
        }
        evidence = next
        changes.removeAll { $0.name == file.name }
        changes.append(file)
    }

    /// Puts every checked file in its place.
    func write() throws {
        for change in changes { try files.write(change.bytes, to: change.name) }
    }

    private func recognised(
        _ bytes: [UInt8], name: String, kind: CertificateKind?
    ) throws -> TrustEvidence {
        let text = String(validating: bytes, as: UTF8.self)
        if let blocks = text.flatMap({ PEM.read($0) }), let first = blocks.first {
            guard blocks.count == 1 else {
                throw CommandFailure("\(name) has \(blocks.count) blocks: give each a file of its own.")
            }
            switch first.label {
            case "CERTIFICATE": return try certificate(first.bytes, name: name, kind: kind)
            case "X509 CRL": return try list(first.bytes, name: name)
            default: throw CommandFailure("\(name) is no certificate and no revocation list.")
            }
        }
        switch text.flatMap({ $0.split(whereSeparator: \.isNewline).first }).map(String.init) {
        case AuthorisationRegister.heading:
            return TrustEvidence(kind: .authorisations, name: "authorisations.csv", bytes: bytes)
        case let heading? where heading.contains("eu_logo"):
            return TrustEvidence(kind: .pharmacies, name: "pharmacies.csv", bytes: bytes)
        default: return try list(bytes, name: name)
        }
    }

    private func certificate(
        _ der: [UInt8], name: String, kind: CertificateKind?
    ) throws -> TrustEvidence {
        guard let kind else {
            throw CommandFailure("\(name) is a certificate: say --kind prescriber, register or issuer.")
        }
        guard let found = CertificateSummary(der) else {
            throw CommandFailure("\(name) is not one certificate of our rules.")
        }
        guard now <= found.notAfter else { throw CommandFailure("\(name) ended on \(found.notAfter).") }
        if kind == .issuer {
            guard found.isAuthority, authorities.contains(where: { found.isSigned(by: $0) }) else {
                throw CommandFailure("\(name) is no authority under one of the pinned roots.")
            }
        }
        let target = "\(kind.file.rawValue)/\(Self.stem(of: name)).pem"
        let text = PEM.write("CERTIFICATE", der)
        return TrustEvidence(kind: kind.file, name: target, bytes: [UInt8](text.utf8))
    }

    /// A list takes the place of the older one of the same issuer.
    private func list(_ der: [UInt8], name: String) throws -> TrustEvidence {
        guard let list = RevocationListSummary(der) else {
            throw CommandFailure(
                "\(name) is none of these: certificate in PEM, complete X.509 CRL, authorisations.csv, "
                    + "pharmacies.csv.")
        }
        guard authorities.contains(where: { $0.hasSigned(list) }) else {
            throw CommandFailure(
                "\(name) was signed by nobody we know: add its issuer first, with --kind issuer.")
        }
        let present = evidence.filter { $0.kind == .revocationList }
        let old = present.first { file in
            RevocationListSummary(file.bytes).map { $0.issuer == list.issuer && sameSigner($0, list) }
                ?? false
        }
        if let old, let before = RevocationListSummary(old.bytes), list.thisUpdate <= before.thisUpdate {
            throw CommandFailure(
                "\(name) is not newer than \(old.name), which is of \(before.thisUpdate): nothing to do.")
        }
        guard list.isFresh(at: now) else {
            throw CommandFailure("\(name) is of \(list.thisUpdate), which is not fresh: fetch a new one.")
        }
        let target = "\(TrustFileKind.revocationList.rawValue)/\(Self.stem(of: name)).crl"
        return TrustEvidence(kind: .revocationList, name: old?.name ?? target, bytes: der)
    }

    /// The name of a file up to its first dot.
    private static func stem(of name: String) -> String {
        name.split(separator: ".").first.map(String.init) ?? "unnamed"
    }

    private func sameSigner(_ left: RevocationListSummary, _ right: RevocationListSummary) -> Bool {
        authorities.contains { $0.hasSigned(left) && $0.hasSigned(right) }
    }

    /// Everybody whose lists count: roots, registers, issuers.
    private var authorities: [CertificateSummary] {
        evidence.filter { [.prescriberRoot, .register, .issuer].contains($0.kind) }
            .flatMap(TrustListing.certificates).filter(\.isAuthority)
    }
}
