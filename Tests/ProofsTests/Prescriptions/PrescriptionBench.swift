import Crypto
import FHIR
import Notation
import Testing
import Vocabulary

@testable import Proofs

/// The specimen PKI, a record to sign, and the verifier: what all suites here share.
struct PrescriptionBench {
    /// Noon of 22 November 2026 in UTC; a whole second.
    static let now = Example.now
    private static let made = Result { try SpecimenPKI(at: now) }

    let pki: SpecimenPKI
    let now = Self.now

    init() throws { pki = try Self.made.get() }

    /// A record of one line by a signer. A register's record was issued days before and names the doctor.
    func content(
        by signer: SpecimenSigner, at signedAt: Instant = now, issuedOn: LocalDate? = nil,
        attestedAt: Instant? = nil, role: SignerRole? = nil, authorisation: AuthorisationID? = nil
    ) throws -> PrescriptionContent {
        let isRegistry = signer.kind == .registry
        let day = issuedOn ?? LocalDate(isRegistry ? signedAt.adding(days: -10) : signedAt)
        let prescriber: SpecimenSigner = isRegistry ? .doctor : signer
        let personNumber = try PersonNumber("0201609996")
        let product = PrescribedProduct(
            number: try #require(ProductNumber("900801")), drug: DrugID("28990000801"),
            atc: ATCCode("H03AA01"), name: "Levothyroxin 50 mikrogram tabletter",
            packageSize: Quantity(100), group: .b)
        let line = PrescribedLine(
            id: "1", product: product, packagesPerHandover: try #require(Quantity(1)), handovers: 2,
            interval: HandoverInterval(3, .months), isSubstitutionAllowed: true,
            history: isRegistry ? AttestedHistory(handedOver: 0, lastHandover: nil, residual: nil) : nil)
        return PrescriptionContent(
            identity: try #require(RecordIdentity(system: .godkend, value: "rx-1")), version: 1,
            kind: signer.kind, issuedAt: isRegistry ? signedAt.adding(days: -10) : signedAt, issuedOn: day,
            attestedAt: isRegistry ? attestedAt ?? signedAt : nil,
            patient: PatientContent(
                personNumber: personNumber, birthDate: personNumber.birthDate,
                name: Redacted("Lonni Test Lauridsen")),
            prescriber: PrescriberContent(
                authorisation: try #require(authorisation ?? prescriber.authorisation),
                role: role ?? prescriber.role ?? .doctor, organisation: nil),
            lines: [line])
    }

    func payload(by signer: SpecimenSigner, at signedAt: Instant = now) throws -> [UInt8] {
        PrescriptionBundle.json(try content(by: signer, at: signedAt)).written()
    }

    /// A good record, but for what the arguments change.
    func record(
        by signer: SpecimenSigner = .doctor, at signedAt: Instant = now, chain: [[UInt8]]? = nil,
        kind: SignerKind? = nil
    ) throws -> String {
        try PrescriptionSigning.sign(
            payload: payload(by: signer, at: signedAt), kind: kind ?? signer.kind,
            chain: chain ?? pki.chain(of: signer), key: SpecimenPKI.key(of: signer), at: signedAt)
    }

    /// A record whose header is changed: a member named in `changes` takes the place of the right one, null
    /// leaves it out. `signature` signs the text before the second dot; nil: the signer's own ES256.
    func record(
        by signer: SpecimenSigner = .doctor, at signedAt: Instant = now, header changes: JSONObject,
        type: SignedObjectType = .prescription, payload: [UInt8]? = nil,
        signature: (([UInt8]) throws -> [UInt8])? = nil
    ) throws -> String {
        var header: JSONObject = ["alg": "ES256", "typ": .text(type.rawValue)]
        let right = PrescriptionSigning.header(kind: signer.kind, chain: pki.chain(of: signer), at: signedAt)
        for (name, value) in right + changes.members.map({ ($0.name, $0.value) }) { header.set(name, value) }
        var kept = JSONObject()
        for member in header.members where !member.value.isNull { kept.set(member.name, member.value) }
        let input =
            Base64URL.encode(JSON.object(kept).written()) + "."
            + Base64URL.encode(try payload ?? self.payload(by: signer, at: signedAt))
        let bytes = [UInt8](input.utf8)
        let key = try SpecimenKey.signing(signer.rawValue)
        let made = try signature?(bytes) ?? [UInt8](key.signature(for: bytes).rawRepresentation)
        return input + "." + Base64URL.encode(made)
    }

    /// Examines with fresh lists, unless others are handed in.
    func examine(
        _ compact: String, firstSeen: Instant = now, revoked: [SpecimenRevocation] = [],
        trust: TrustAnchors? = nil, stapled: [[UInt8]] = []
    ) throws -> PrescriptionExamination {
        let trust = try trust ?? pki.trust(at: firstSeen.adding(seconds: -3_600), revoked: revoked)
        return PrescriptionVerifier(trust: trust).examine(compact, stapled: stapled, firstSeen: firstSeen)
    }

    /// Trust with these lists and no others.
    func trust(
        lists: [[UInt8]], registers: [[UInt8]]? = nil, csv: String? = nil
    ) throws -> TrustAnchors {
        try TrustAnchors(
            prescriberRoots: [pki.certificate(of: .root)],
            registers: registers ?? [pki.certificate(of: .registerRoot)], crls: lists,
            authorisations: AuthorisationRegister(csv: csv ?? pki.authorisationsCSV()))
    }

    /// The root's list alone: the issuing authority is known to be good, the signers are not.
    func rootList(at moment: Instant = now) throws -> [UInt8] {
        try pki.revocationList(of: .root, at: moment, revoked: [])
    }
}

/// Expects one rule to fail, by its reason, and nothing to come out.
func expectFailure(
    _ examination: PrescriptionExamination, _ rule: AuthenticityRule, _ reason: DeclineReason,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(examination.verdict(rule) == .fail(reason), comment, sourceLocation: sourceLocation)
    #expect(examination.flaw == reason, comment, sourceLocation: sourceLocation)
    #expect(examination.verified == nil, comment, sourceLocation: sourceLocation)
}

/// Expects every rule to pass and a verified record to come out.
func expectAuthentic(
    _ examination: PrescriptionExamination, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for check in examination.checks where check.verdict != .pass {
        Issue.record("\(check.rule.rawValue): \(check.detail)", sourceLocation: sourceLocation)
    }
    #expect(examination.isAuthentic, comment, sourceLocation: sourceLocation)
    #expect(examination.flaw == nil, comment, sourceLocation: sourceLocation)
}

extension PrescriptionExamination {
    func finding(_ rule: AuthenticityRule) -> AuthenticityFinding? {
        checks.first { $0.rule == rule }?.finding
    }
}
