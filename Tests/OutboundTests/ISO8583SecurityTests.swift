import Crypto
import Foundation
import NIOSSL
import Operations
import SwiftASN1
import Testing
import X509

@testable import Outbound

/// A little authority for a test: its certificate, and those it gives out.
struct Authority {
    private let key = P256.Signing.PrivateKey()
    private let name: DistinguishedName
    let certificate: Certificate

    init(_ word: String) throws {
        name = try DistinguishedName { CommonName(word) }
        let own = Certificate.PrivateKey(key)
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: own.publicKey,
            notValidBefore: .now - 3_600, notValidAfter: .now + 86_400, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            },
            issuerPrivateKey: own)
    }

    /// A certificate for a host name and for the loopback address, and its key, both as PEM.
    func issue(for host: String) throws -> (certificate: String, key: String) {
        let subject = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: subject.publicKey,
            notValidBefore: .now - 3_600, notValidAfter: .now + 86_400, issuer: name,
            subject: try DistinguishedName { CommonName(host) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                SubjectAlternativeNames([
                    .dnsName(host), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                ])
            },
            issuerPrivateKey: Certificate.PrivateKey(key))
        return (
            try leaf.serializeAsPEM().pemString, try subject.serializeAsPEM().pemString
        )
    }

    var pem: String { get throws { try certificate.serializeAsPEM().pemString } }
}

@Suite(.timeLimit(.minutes(5))) struct ISO8583SecurityTests {
    /// What is wrong with the way to the bank.
    enum Flaw: CaseIterable { case none, otherRoots, otherName, noClientCertificate, otherClientCertificate }

    @Test(arguments: Flaw.allCases)
    func
        `ACQ-PORT: over TLS only a bank under the pinned roots is spoken to, and it knows our certificate`(
            flaw: Flaw
        ) async throws
    {
        let (banks, ours, strangers) = (
            try Authority("banks"), try Authority("shops"), try Authority("strangers")
        )
        let folder = FileManager.default.temporaryDirectory.path + "/tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func file(_ name: String, _ text: String) throws -> String {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            return "\(folder)/\(name)"
        }
        let bank = try banks.issue(for: "bank.test")
        var server = TLSConfiguration.makeServerConfiguration(
            certificateChain: [
                .certificate(try NIOSSLCertificate(bytes: Array(bank.certificate.utf8), format: .pem))
            ],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(bank.key.utf8), format: .pem)))
        server.certificateVerification = .noHostnameVerification
        server.trustRoots = .certificates([
            try NIOSSLCertificate(bytes: Array(try ours.pem.utf8), format: .pem)
        ])
        let host = try await WireBank.start(tls: try NIOSSLContext(configuration: server)) { _, request in
            .send([approval(of: request)])
        }
        let client = try (flaw == .otherClientCertificate ? strangers : ours).issue(for: "shop.test")
        let security = try ISO8583Security(
            roots: try file("roots.pem", try (flaw == .otherRoots ? strangers : banks).pem),
            certificate: flaw == .noClientCertificate ? nil : try file("own.pem", client.certificate),
            key: flaw == .noClientCertificate ? nil : try file("own.key", client.key),
            name: flaw == .otherName ? "other.test" : "bank.test")
        let acquirer = ISO8583Acquirer(
            link: ISO8583Link(
                address: ISO8583Address(host: "127.0.0.1", port: host.port, institution: "1"),
                security: security), clock: TestClock())
        let reply = await acquirer.authorize(try authorizeCall())
        if flaw == .none {
            #expect(reply == .answered(.approved(approvedMinor: 24_900, approvalCode: "A1B2C3")))
        } else {
            #expect(reply == .notSent || reply == .sentUnknown)
            #expect(host.messages.isEmpty)
        }
        await acquirer.shutdown()
        try await host.stop()
    }

    @Test(arguments: [
        ("bank.test", "bank.test", true), ("BANK.test", "bank.TEST", true),
        ("*.bank.test", "a.bank.test", true),
        ("*.bank.test", "bank.test", false), ("*.bank.test", "a.b.bank.test", false),
        ("*.bank.test", ".bank.test", false), ("bank.test", "a.bank.test", false),
        ("a*.test", "ab.test", false),
        ("ban\u{212A}.test", "bank.test", false), ("", "bank.test", false),
    ])
    func `ACQ-PORT: a certificate's name covers a host by RFC 9525`(pattern: String, host: String, isIt: Bool)
    {
        #expect(ISO8583Security.covers(Array(pattern.utf8), Array(host.utf8)) == isIt)
    }
}
