import Foundation
import Notation
import Testing
import Vocabulary

@testable import Proofs

/// The values that most tests here share: one customer, one device, one card payment.
enum Example {
    static let now = Instant(milliseconds: 1_795_348_800_000)
    static let device = DeviceID(at: now, random: (1, 1))
    static let otherDevice = DeviceID(at: now, random: (2, 2))
    static let confirmation = ConfirmationID(at: now, random: (3, 3))
    static let customer = CustomerID(at: now, random: (5, 5))
    static let target = "https://godkend.example/app/v1/confirmations"

    static func key(_ number: UInt8 = 1) throws -> SigningKey {
        try SigningKey(raw: [UInt8](repeating: 0, count: 31) + [number])
    }

    static func keyRing(_ byte: UInt8 = 7) throws -> KeyRing {
        try KeyRing(master: [UInt8](repeating: byte, count: 32))
    }

    static func merchant(_ text: String = "bogbixen") throws -> MerchantID {
        try #require(MerchantID(text))
    }

    static func payment(
        payee: String = "Bogbixen ApS", nonce: String = "c29tZSBub25jZQ", effect: [String] = [],
        patientInitials: String = "", withPrescription: Bool = false
    ) throws -> Statement {
        let use = Statement.PrescriptionUse(
            record: PrescriptionID(at: now, random: (6, 6)), version: 1, line: "1", handover: 3)
        return Statement(
            amount: 24_900, authorization: AuthorizationID(at: now, random: (4, 4)), card: "visa ••4242",
            confirmation: confirmation, currency: .dkk, customer: customer, device: device, effect: effect,
            expiresAt: now.adding(seconds: 300), issuedAt: now, kind: .cardPayment, merchant: try merchant(),
            nonce: nonce, order: "1001", orderDigest: Base64URL.encode(Digest.sha256("order".utf8)),
            patientInitials: patientInitials, payee: payee, prescriptions: withPrescription ? [use] : [])
    }

    static func question(_ kind: ConfirmationKind) throws -> Statement {
        Statement(
            amount: nil, authorization: nil, card: nil, confirmation: confirmation, currency: nil,
            customer: customer, device: device, effect: [], expiresAt: now.adding(seconds: 300),
            issuedAt: now,
            kind: kind, merchant: try merchant("byens-apotek"), nonce: "bm9uY2U", order: nil,
            orderDigest: nil,
            patientInitials: "", payee: nil, prescriptions: [])
    }

    static func answer(
        _ statement: Statement, verdict: Verdict = .approve, matchCode: String? = "47",
        device: DeviceID = device, key: SigningKey
    ) throws -> String {
        try AnswerDraft.sign(
            statement: statement.canonical(), verdict: verdict, verifiedBy: .pin,
            matchCode: matchCode.flatMap { MatchCode($0) }, device: device, key: key)
    }

    static func receipt(reason: String? = nil, pharmacy: GLN? = nil) throws -> Receipt {
        Receipt(
            authorization: AuthorizationID(at: now, random: (4, 4)), merchant: try merchant(),
            status: reason == nil ? "captured" : "declined", reason: reason,
            money: try Money(amountMinor: 24_900, currency: .dkk), capturedMinor: reason == nil ? 24_900 : 0,
            refundedMinor: 0, orderDigest: Base64URL.encode(Digest.sha256("order".utf8)), card: "visa ••4242",
            factor: reason == nil ? .app : nil, verifiedBy: reason == nil ? .pin : nil,
            answerDigest: reason == nil ? Digest.sha256("answer".utf8) : nil, customer: "c", device: "d",
            recordDigests: ["r"], handovers: [HandoverID(at: now, random: (9, 9))],
            handedOverAt: pharmacy == nil ? nil : now, pharmacy: pharmacy,
            patient: pharmacy == nil ? nil : "p", decidedAt: now, leaf: 17, log: "godkend.example/log")
    }
}

/// A compact JWS with any header and payload at all, truly signed by nobody: header checks come before
/// signatures.
func unsigned(header: String, payload: String = "{}", signature: [UInt8] = [1]) -> String {
    [Array(header.utf8), Array(payload.utf8), signature].map { Base64URL.encode($0) }.joined(separator: ".")
}

/// The public vectors beside the package, when the machine has them.
enum SharedData {
    static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/../shared/data/wycheproof/"

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "SOURCES.md") }

    /// Every case of a Wycheproof file with the group it stands in.
    static func cases(_ file: String) throws -> [(group: JSONObject, test: JSONObject)] {
        let document = try JSON.parse(try Data(contentsOf: URL(filePath: folder + file)))
        let groups = try #require(document.object?["testGroups"]?.array)
        return groups.compactMap(\.object).flatMap { group in
            (group["tests"]?.array ?? []).compactMap(\.object).map { (group, $0) }
        }
    }

    static let absence: Comment = "the public Wycheproof vectors are not in ../shared/data/wycheproof"
}

extension JSONObject {
    /// A member that a vector must have, decoded from hexadecimal.
    func hex(_ name: String) throws -> [UInt8] {
        try #require(self[name]?.text.flatMap { Hex.decode($0) })
    }

    /// The same object with one member fewer.
    func without(_ name: String?) -> JSONObject {
        var kept = JSONObject()
        for member in members where member.name != name { kept.set(member.name, member.value) }
        return kept
    }

    var isValid: Bool { self["result"] == "valid" }

    var number: Int64 { self["tcId"]?.integer ?? 0 }
}
