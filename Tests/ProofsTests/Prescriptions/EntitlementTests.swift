import SwiftASN1
import Testing
import Vocabulary
import X509

@testable import Proofs

struct RoleTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    @Test func `RX-ROLE: a pharmacist's sound signature is refused`() throws {
        let examination = try bench.examine(bench.record(by: .pharmacist))
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(examination.finding(.role) == .titleNotEntitled)
        // All that is about the signature itself is in order.
        for rule in [
            AuthenticityRule.signature, .algorithm, .certificates, .chain, .signingTime, .revocation,
        ] {
            #expect(examination.verdict(rule) == .pass)
        }
        #expect(examination.verdict(.authorisation) == .notChecked)
    }

    @Test(arguments: SignerRole.allCases.filter { $0 != .doctor && $0 != .register })
    func `RX-ROLE: the record's role is the certificate's`(role: SignerRole) throws {
        let content = try bench.content(by: .doctor, role: role)
        let examination = try bench.examine(bench.pki.sign(content, by: .doctor, at: bench.now))
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(
            examination.finding(.role) == .recordNamesOtherRole(certificate: .doctor, record: role))
    }

    @Test func `RX-ROLE: the record's authorisation is the certificate's`() throws {
        let other = try #require(SpecimenSigner.secondDoctor.authorisation)
        let content = try bench.content(by: .doctor, authorisation: other)
        let examination = try bench.examine(bench.pki.sign(content, by: .doctor, at: bench.now))
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(examination.finding(.role) == .recordNamesOtherAuthorisation)
        #expect(!(examination.checks.map(\.detail).joined().contains(other.text)))
    }

    private typealias Attributes = [RelativeDistinguishedName.Attribute]

    /// The doctor's record under a certificate with another subject.
    private func examine(subject change: (inout Attributes) -> Void) throws -> PrescriptionExamination {
        var draft = try SpecimenDrafts.signer(.doctor, at: bench.now)
        var attributes = draft.subject.flatMap { Array($0) }
        change(&attributes)
        draft.subject = try DistinguishedName(attributes)
        return try bench.examine(
            bench.record(chain: [draft.made(), bench.pki.certificate(of: .issuing)]))
    }

    private func examine(_ type: ASN1ObjectIdentifier, texts: [String]) throws -> PrescriptionExamination {
        try examine { attributes in
            attributes.removeAll { $0.type == type }
            attributes += texts.map { SpecimenDrafts.attribute(type, $0) }
        }
    }

    @Test(arguments: [
        [], ["doctor", "dentist"], ["Doctor"], ["doctor "], ["pharmacist"], ["register"], [""],
    ])
    func `RX-ROLE: the title stands once and is a role that may prescribe`(titles: [String]) throws {
        let examination = try examine(SignerSubject.titleOID, texts: titles)
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
    }

    @Test(arguments: [
        [], ["CCM9X", "CCM9X"], ["CCM9"], ["CCM9XX"], ["CCM9A"], ["CCM9 X"], [""],
    ])
    func `RX-ROLE: the authorisation stands once and is of its form`(texts: [String]) throws {
        let examination = try examine(SignerSubject.userIDOID, texts: texts)
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(examination.finding(.role) == .subjectIncomplete(.authorisation))
    }

    @Test(arguments: [
        [], ["5becca5e-0000-4000-8000-000000000001"], ["UI:DK-E:G:"],
        ["UI:DK-E:G:5becca5e00004000800000000000000001"], ["UI:DK-P:G:5becca5e-0000-4000-8000-000000000001"],
        ["UI:DK-E:G:5becca5e-0000-4000-8000-00000000000g"],
        ["UI:DK-E:G:5becca5e-0000-4000-8000-0000000000011"],
        ["UI:DK-E:G:5becca5e-0000-4000-8000-000000000001", "UI:DK-E:G:5becca5e-0000-4000-8000-000000000002"],
    ])
    func `RX-ROLE: the signer's own number stands once and is of its form`(texts: [String]) throws {
        let examination = try examine(SignerSubject.serialNumberOID, texts: texts)
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(examination.finding(.role) == .subjectIncomplete(.serialNumber))
    }

    @Test func `RX-ROLE: an authorisation in small letters is the same one`() throws {
        expectAuthentic(try examine(SignerSubject.userIDOID, texts: ["ccm9x"]))
    }

    @Test func `RX-ROLE: a register signs with the title register only`() throws {
        var draft = try SpecimenDrafts.signer(.register, at: bench.now)
        draft.subject = try SpecimenDrafts.name(.doctor)
        let examination = try bench.examine(bench.record(by: .register, chain: [draft.made()]))
        expectFailure(examination, .role, .rxPrescriberNotEntitled)
        #expect(examination.finding(.role) == .titleNotEntitled)
    }
}

struct AuthorisationTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    /// Examines the doctor's record, signed at noon on 22 November 2026, with one row of the register.
    private func examine(_ rows: String..., by signer: SpecimenSigner = .doctor) throws
        -> PrescriptionExamination
    {
        let csv = (["authorisation_id,role,from,to"] + rows).joined(separator: "\n") + "\n"
        let lists = try bench.pki.revocationLists(at: bench.now)
        return try bench.examine(bench.record(by: signer), trust: bench.trust(lists: lists, csv: csv))
    }

    @Test(arguments: [
        "CCM9X,doctor,2000-01-01,", "CCM9X,doctor,2000-01-01,2026-11-22", "CCM9X,doctor,2026-11-22,",
        "CCM9X,doctor,2026-11-22,2026-11-22", "ccm9x,doctor,2026-11-22,2030-01-01",
    ])
    func `RX-AUTH-ACTIVE: active on the day of signing, its first and last day included`(row: String) throws {
        expectAuthentic(try examine(row))
    }

    @Test(arguments: [
        "CCM9X,doctor,2000-01-01,2026-11-21", "CCM9X,doctor,2026-11-23,", "CCM9X,dentist,2000-01-01,",
    ])
    func `RX-AUTH-ACTIVE: ended the day before, begun the day after or in another role is refused`(
        row: String
    ) throws {
        let examination = try examine(row)
        expectFailure(examination, .authorisation, .rxPrescriberInactive)
        let day = LocalDate(bench.now)
        #expect(examination.finding(.authorisation) == .authorisationNotActive(on: day))
    }

    @Test func `RX-AUTH-ACTIVE: who is not in the register is refused`() throws {
        let examination = try examine("0BV2K,doctor,2000-01-01,")
        expectFailure(examination, .authorisation, .rxPrescriberInactive)
        #expect(examination.finding(.authorisation) == .authorisationUnknown)
    }

    @Test func `RX-AUTH-ACTIVE: one of several periods is enough`() throws {
        expectAuthentic(
            try examine("CCM9X,doctor,2000-01-01,2010-01-01", "CCM9X,doctor,2020-01-01,2026-11-22"))
        let examination = try examine(
            "CCM9X,doctor,2000-01-01,2010-01-01", "CCM9X,doctor,2027-01-01,")
        expectFailure(examination, .authorisation, .rxPrescriberInactive)
    }

    @Test func `RX-AUTH-ACTIVE: the day is that of Copenhagen`() throws {
        let signedAt = try #require(Instant(rfc3339: "2026-11-21T23:10:00Z"))
        for (to, isTaken) in [("2026-11-22", true), ("2026-11-21", false)] {
            let csv = "authorisation_id,role,from,to\nCCM9X,doctor,2000-01-01,\(to)\n"
            let trust = try bench.trust(lists: bench.pki.revocationLists(at: signedAt), csv: csv)
            let examination = try bench.examine(
                bench.record(at: signedAt), firstSeen: signedAt, trust: trust)
            #expect(examination.flaw == (isTaken ? nil : .rxPrescriberInactive))
        }
    }

    @Test func `RX-AUTH-ACTIVE: a register needs none, and the finding says so`() throws {
        let examination = try examine(by: .register)
        expectAuthentic(examination)
        #expect(examination.finding(.authorisation) == .registerNeedsNone)
    }

    static let badTables: [(String, Int)] = [
        ("", 1), ("authorisation_id,role,from\n", 1), ("\u{FEFF}authorisation_id,role,from,to\n", 1),
        ("authorisation_id,role,from,to\nCCM9X,doctor,2000-01-01\n", 2),
        ("authorisation_id,role,from,to\nCCM9X,doctor,2000-01-01,,\n", 2),
        ("authorisation_id,role,from,to\nCCM9,doctor,2000-01-01,\n", 2),
        ("authorisation_id,role,from,to\nCCM9X,nurse,2000-01-01,\n", 2),
        ("authorisation_id,role,from,to\nCCM9X,doctor,2000-02-30,\n", 2),
        ("authorisation_id,role,from,to\nCCM9X,doctor,,\n", 2),
        ("authorisation_id,role,from,to\n\nCCM9X,doctor,2000-01-02,2000-01-01\n", 3),
    ]

    @Test(arguments: badTables)
    func `RX-AUTH-ACTIVE: a table that is not of its form is refused with its line`(
        table: String, line: Int
    ) {
        #expect(throws: TrustFlaw.badAuthorisation(line: line)) { try AuthorisationRegister(csv: table) }
    }

    @Test func `RX-AUTH-ACTIVE: a table may end its lines as other systems do`() throws {
        let register = try AuthorisationRegister(
            csv: "authorisation_id,role,from,to\r\nCCM9X,doctor,2000-01-01,\r\n7TND1,dentist,2000-01-01,\r\n")
        #expect(register.count == 2)
    }
}
