import Foundation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

@Suite struct TrustFolderTests {
    private func open(_ stage: TrustStage, _ clock: HandClock, _ book: LogBook = LogBook()) -> TrustFolder {
        TrustFolder(path: stage.files.path, clock: clock, logger: book.logger)
    }

    @Test func `RX-CHAIN: without a trust folder nobody is trusted`() throws {
        let folder = try TemporaryFolder()
        let trust = TrustFolder(
            path: folder.path + "/none", clock: HandClock(fixtureMoment), logger: LogBook().logger)
        let pki = try SpecimenPKI(at: fixtureMoment)
        #expect(
            try verdict(.good, pki, trust.current(), at: fixtureMoment) == .refused(.rxChainUntrusted))
        let empty = try EmptyTrust().current()
        #expect(try verdict(.good, pki, empty, at: fixtureMoment) == .refused(.rxChainUntrusted))
        #expect(empty.pharmacies.entries.isEmpty && empty.evidence.isEmpty)
    }

    @Test func `RX-REV-DOWN: a list of more than 24 hours decides nothing`() throws {
        let stage = try TrustStage(listsAt: fixtureMoment.adding(days: -1))
        let trust = open(stage, HandClock(fixtureMoment))
        let snapshot = try trust.current()
        // `good` brings an OCSP response of its own for the leaf, none for the issuing authority.
        for name in [SpecimenCase.repeat1, .good, .attestation3] {
            #expect(try verdict(name, stage.pki, snapshot, at: fixtureMoment) == .authentic)
            #expect(
                try verdict(name, stage.pki, snapshot, at: fixtureMoment.adding(seconds: 1)) == .undecided)
        }
    }

    @Test func `RX-REV: a list that was copied in counts after a second, without a restart`() throws {
        let stage = try TrustStage(listsAt: fixtureMoment.adding(seconds: -3_600))
        let clock = HandClock(fixtureMoment)
        let trust = open(stage, clock)
        #expect(try verdict(.repeat1, stage.pki, trust.current(), at: fixtureMoment) == .authentic)
        let revoked = SpecimenRevocation(
            .doctor, at: fixtureMoment.adding(days: -1), reason: .privilegeWithdrawn)
        try stage.files.write(
            stage.list(at: fixtureMoment.adding(seconds: -60), revoked: [revoked]), to: TrustStage.listName)
        clock.advance(milliseconds: 999)
        #expect(try verdict(.repeat1, stage.pki, trust.current(), at: fixtureMoment) == .authentic)
        clock.advance(milliseconds: 1)
        #expect(
            try verdict(.repeat1, stage.pki, trust.current(), at: fixtureMoment) == .refused(.rxRevoked))
    }

    @Test func `RX-REV: a broken file leaves the last good trust and is logged once`() throws {
        let stage = try TrustStage(listsAt: fixtureMoment.adding(seconds: -3_600))
        let (clock, book) = (HandClock(fixtureMoment), LogBook())
        let trust = open(stage, clock, book)
        let good = try trust.current()
        try stage.files.write([1, 2, 3], to: TrustStage.listName)
        for _ in 0..<3 {
            clock.advance(milliseconds: 1_000)
            #expect(try trust.current().evidence == good.evidence)
        }
        #expect(book.lines.filter { $0.hasPrefix("error") }.count == 1)
        try stage.files.write(stage.list(at: fixtureMoment), to: TrustStage.listName)
        clock.advance(milliseconds: 1_000)
        #expect(try trust.current().evidence != good.evidence)
        #expect(book.lines.filter { $0.hasPrefix("error") }.count == 1)
    }

    @Test func `RX-REV: a folder that was never good is an error with the file's name`() throws {
        let stage = try TrustStage()
        try stage.files.write([1, 2, 3], to: TrustStage.listName)
        let problem = try #require(throws: TrustProblem.self) {
            try open(stage, HandClock(fixtureMoment)).current()
        }
        #expect(problem.name == TrustStage.listName)
        #expect(Examination.trust(stage.files, now: fixtureMoment).verdict == .bad)
    }

    @Test(arguments: [
        ("prescribers/specimen-root.pem", "no certificate"),
        ("registers/specimen-register-root.pem", "-----BEGIN CERTIFICATE-----\n"),
        ("authorisations.csv", "authorisation_id,role,from,to\nCCM9X,surgeon,2020-01-01,\n"),
        ("pharmacies.csv", "gln,name\n"),
    ])
    func `RX-AUDIT: every broken file is told by its name`(name: String, text: String) throws {
        let stage = try TrustStage()
        try stage.files.write([UInt8](text.utf8), to: name)
        let problem = try #require(throws: TrustProblem.self) { try stage.files.snapshot() }
        #expect(problem.name.hasPrefix(String(name.prefix { $0 != "." })))
    }

    @Test func `RX-AUDIT: the kept files make the same trust again`() throws {
        let stage = try TrustStage(listsAt: fixtureMoment.adding(seconds: -3_600))
        let first = try stage.files.snapshot()
        let again = try TrustSnapshot(evidence: first.evidence)
        #expect(again.pharmacies == first.pharmacies)
        for name in [SpecimenCase.good, .authorisationEnded, .revokedKeyCompromise] {
            #expect(try verdict(name, stage.pki, again, at: fixtureMoment) == name.verdict)
        }
        #expect(Set(first.evidence.map(\.kind)) == Set(TrustFileKind.allCases))
    }

    @Test func `RX-REV-DOWN: the doctor warns of a stale list and of an empty folder`() throws {
        let stage = try TrustStage()
        #expect(Examination.trust(stage.files, now: fixtureMoment.adding(days: 1)).verdict == .good)
        let late = Examination.trust(stage.files, now: fixtureMoment.adding(days: 1).adding(seconds: 1))
        #expect(late.verdict == .warning)
        #expect(late.detail.contains(TrustStage.listName))
        let none = TrustFiles(path: stage.folder.path + "/none")
        #expect(Examination.trust(none, now: fixtureMoment).verdict == .warning)
    }
}
