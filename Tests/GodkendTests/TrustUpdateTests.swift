import Notation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

@Suite struct TrustUpdateTests {
    private let stage: TrustStage

    init() throws {
        stage = try TrustStage(listsAt: fixtureMoment.adding(seconds: -3_600))
    }

    /// Adds one file and gives what is in the folder afterwards.
    private func update(
        _ bytes: [UInt8], _ name: String, _ kind: TrustUpdate.CertificateKind? = nil,
        at now: Instant = fixtureMoment
    ) throws -> TrustSnapshot {
        var update = try TrustUpdate(files: stage.files, now: now)
        try update.add(bytes, named: name, as: kind)
        try update.write()
        return try stage.files.snapshot()
    }

    private func refusal(
        _ bytes: [UInt8], _ name: String, _ kind: TrustUpdate.CertificateKind? = nil,
        at now: Instant = fixtureMoment
    ) throws -> String {
        let before = try stage.files.snapshot().evidence
        let failure = try #require(throws: CommandFailure.self) {
            try update(bytes, name, kind, at: now)
        }
        #expect(try stage.files.snapshot().evidence == before)
        return failure.message
    }

    @Test func `RX-REV: a newer list takes the place of the older one, in DER and in PEM`() throws {
        let first = try stage.list(at: fixtureMoment.adding(seconds: -600))
        #expect(try listBytes(update(first, "download.crl")) == first)
        let second = try stage.list(at: fixtureMoment.adding(seconds: -60))
        let pem = [UInt8](PEM.write("X509 CRL", second).utf8)
        let after = try update(pem, "some/where/crl.pem")
        #expect(listBytes(after) == second)
        #expect(after.evidence.filter { $0.kind == .revocationList }.count == 3)
    }

    private func listBytes(_ snapshot: TrustSnapshot) -> [UInt8]? {
        snapshot.evidence.first { $0.name == TrustStage.listName }?.bytes
    }

    @Test func `RX-REV: a list that is not newer, not fresh or of nobody known is refused`() throws {
        let same = try stage.list(at: fixtureMoment.adding(seconds: -3_600))
        #expect(try refusal(same, "a.crl").contains("not newer"))
        let newer = try stage.list(at: fixtureMoment.adding(seconds: -3_599))
        let late = fixtureMoment.adding(days: 1).adding(seconds: -3_598)
        #expect(try refusal(newer, "a.crl", at: late).contains("not fresh"))
        let foreign = try stage.pki.revocationList(of: .foreignIssuing, at: fixtureMoment, revoked: [])
        #expect(try refusal(foreign, "a.crl").contains("nobody we know"))
        #expect(try refusal([0x30, 0], "a.crl").contains("none of these"))
    }

    @Test func `RX-CHAIN: an issuer must stand under a pinned root`() throws {
        func pem(_ authority: SpecimenAuthority) -> [UInt8] {
            [UInt8](PEM.write("CERTIFICATE", stage.pki.certificate(of: authority)).utf8)
        }
        #expect(try refusal(pem(.foreignIssuing), "ca.pem", .issuer).contains("no authority under"))
        let added = try update(pem(.issuing), "ca.pem", .issuer)
        #expect(added.evidence.contains { $0.name == "issuers/ca.pem" })
    }

    @Test func `RX-CHAIN: a root is pinned with its kind, and only a certificate can be`() throws {
        let root = [UInt8](PEM.write("CERTIFICATE", stage.pki.certificate(of: .foreignRoot)).utf8)
        #expect(try refusal(root, "new.pem").contains("--kind"))
        let leaf = [UInt8](PEM.write("CERTIFICATE", stage.pki.certificate(of: .doctor)).utf8)
        #expect(try refusal(leaf, "new.pem", .prescriber).contains("no certificate of an authority"))
        let broken = [UInt8](PEM.write("CERTIFICATE", [1, 2]).utf8)
        #expect(try refusal(broken, "new.pem", .prescriber).contains("not one certificate"))
        let key = [UInt8](try SpecimenPKI.keyPEM(of: .doctor).utf8)
        #expect(try refusal(key, "new.pem", .prescriber).contains("no certificate"))
        let after = try update(root, "new.pem", .prescriber)
        #expect(after.evidence.contains { $0.name == "prescribers/new.pem" && $0.kind == .prescriberRoot })
    }

    @Test func `RX-MERCHANT: tables are checked before they count`() throws {
        let bad = [UInt8]("gln,name,listed_from,listed_to,eu_logo\n1,a,2024-01-01,,\n".utf8)
        #expect(try refusal(bad, "p.csv").contains("Line 2"))
        let good = "gln,name,listed_from,listed_to,eu_logo\n5790000000012,a,2024-01-01,,https://a.example\n"
        #expect(try update([UInt8](good.utf8), "p.csv").pharmacies.entries.count == 1)
        let roles = [UInt8]("authorisation_id,role,from,to\nCCM9X,surgeon,2024-01-01,\n".utf8)
        #expect(try refusal(roles, "a.csv").contains("Line 2"))
        let doctors = [UInt8]("authorisation_id,role,from,to\nCCM9X,doctor,2024-01-01,\n".utf8)
        #expect(try update(doctors, "a.csv").anchors.authorisations.count == 1)
    }

    @Test func `RX-REV: one bad file of several changes nothing`() throws {
        let before = try stage.files.snapshot().evidence
        var update = try TrustUpdate(files: stage.files, now: fixtureMoment)
        try update.add(stage.list(at: fixtureMoment), named: "a.crl", as: nil)
        let flaw = #expect(throws: CommandFailure.self) { try update.add([1], named: "b.crl", as: nil) }
        #expect(flaw?.message.hasPrefix("b.crl is none of these: ") == true)
        #expect(try stage.files.snapshot().evidence == before)
    }

    @Test func `RX-REV-DOWN: the list of the folder says what is fresh and what is stale`() throws {
        let snapshot = try stage.files.snapshot()
        func standings(_ now: Instant) -> [String] {
            TrustListing(snapshot: snapshot, now: now).table.rows.filter { $0[0] == "revocation list" }
                .map { $0[6] }
        }
        let last = fixtureMoment.adding(seconds: -3_600).adding(days: 1)
        #expect(standings(last) == ["fresh", "fresh", "fresh"])
        #expect(standings(last.adding(milliseconds: 1)) == ["stale", "stale", "stale"])
        let rows = TrustListing(snapshot: snapshot, now: fixtureMoment).table.rows
        let kinds = rows.map { row in row[0] }
        #expect(kinds.count { $0 == "prescriber root" } == 1)
        #expect(kinds.count { $0 == "register" } == 1)
        let list = try #require(rows.first { row in row[1] == TrustStage.listName })
        #expect(list[5] == "1")
    }
}
