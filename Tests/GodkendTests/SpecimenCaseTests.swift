import FHIR
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

/// The specimens say of themselves what the verifier must say to them.
@Suite struct SpecimenCaseTests {
    private static let pki = try? SpecimenPKI(at: fixtureMoment)

    private func snapshot(_ pki: SpecimenPKI, _ name: SpecimenCase) throws -> TrustSnapshot {
        let age = name.needsStaleLists ? -48 * 3_600 : -3_600
        return try TrustSnapshot(
            evidence: SpecimenTrust.evidence(of: pki, listsAt: fixtureMoment.adding(seconds: age)))
    }

    @Test(arguments: SpecimenCase.allCases)
    func `RX-SIG: every specimen gets the verdict that its name promises`(name: SpecimenCase) throws {
        let pki = try #require(Self.pki)
        #expect(try verdict(name, pki, snapshot(pki, name), at: fixtureMoment) == name.verdict)
    }

    @Test(arguments: SpecimenCase.allCases.filter { $0 != .cancellation })
    func `RX-COUNT: every bundle is read back as it was meant`(name: SpecimenCase) throws {
        let pki = try #require(Self.pki)
        let meant = try SpecimenContent.record(name, at: fixtureMoment)
        let specimen = try pki.prescription(name)
        #expect(try PrescriptionBundle.read(specimen.payload, kind: name.signer.kind) == meant)
    }

    @Test(arguments: SpecimenCase.allCases)
    func `RX-PRIVACY: what the command prints has no CPR number`(name: SpecimenCase) throws {
        let pki = try #require(Self.pki)
        let specimen = try pki.prescription(name)
        let report = OfflineVerification(
            compact: specimen.compact, anchors: try snapshot(pki, name).anchors, stapled: specimen.stapled,
            at: fixtureMoment)
        let printed = report.content.joined() + report.table.lines(.table).joined()
        #expect(!printed.contains(name.patient.number))
        #expect(report.table.rows.map { $0[0] } == AuthenticityRule.allCases.map(\.rawValue) + ["all"])
    }

    @Test func `RX-ID: three attestations of one record grow in time and in handovers`() throws {
        let all = try [SpecimenCase.attestation1, .attestation2, .attestation3].map {
            try SpecimenContent.record($0, at: fixtureMoment)
        }
        #expect(Set(all.map(\.identity)).count == 1)
        #expect(Set(all.map(\.issuedAt)).count == 1)
        #expect(all.compactMap { $0.lines.first?.history?.handedOver } == [0, 1, 2])
        let attested = all.compactMap(\.attestedAt)
        #expect(attested.count == 3 && attested == attested.sorted() && Set(attested).count == 3)
    }

    @Test func `RX-MINOR: the specimens' child has a guardian and the patient of age a proxy`() throws {
        let guardian = try #require(SpecimenRelation.all.first { $0.kind == .guardian })
        let proxy = try #require(SpecimenRelation.all.first { $0.kind == .powerOfAttorney })
        let today = LocalDate(fixtureMoment)
        #expect(SpecimenCase.minor.patient == guardian.patient)
        #expect(try guardian.patient.content().birthDate.age(on: today) == 6)
        #expect(try guardian.representative.content().birthDate.age(on: today) >= 18)
        #expect(SpecimenCase.proxy.patient == proxy.patient)
        #expect(try proxy.patient.content().birthDate.age(on: today) >= 18)
    }
}
