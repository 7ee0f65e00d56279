import Foundation
import Notation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import godkend

/// A gateway on a state folder of its own, and its issuer's desk.
struct Desk {
    let folder: TemporaryFolder
    let parts: Assembly
    let port: IssuerDesk

    init() throws {
        folder = try TemporaryFolder()
        let state = StateFolder(folder.path)
        let entropy = SystemEntropy()
        try ServerKeys.make(folder: state, environment: [:]) { entropy.bytes($0) }
        let sources = try ConfigurationSources(
            flags: ["enrolment.hold_seconds=0", "push.budget=100"], environment: [:], file: nil)
        let logger = WatchfulLog.logger()
        parts = try Assembly(
            folder: state, settings: sources.settings(listening: "http://localhost"),
            merchants: MerchantBook([]), environment: [:], logger: logger)
        port = IssuerDesk(gateway: parts.gateway)
    }

    /// Gives an order with an operator's session, if there is one.
    func ask(
        _ name: IssuerCallName, _ particulars: [(String, JSON)] = [], by session: String? = nil
    ) async throws -> JSONObject {
        var call = IssuerCall(name, particulars)
        call.session = session
        return try #require(try await port.perform(call).object)
    }

    func refusal(
        _ name: IssuerCallName, _ particulars: [(String, JSON)] = [], by session: String? = nil
    ) async throws -> String? {
        do {
            _ = try await ask(name, particulars, by: session)
            return nil
        } catch let failure as CommandFailure {
            return failure.message
        }
    }

    static func operatorCall(_ userID: String, _ role: String) -> [(String, JSON)] {
        [
            ("user_id", .text(userID)), ("name", "Kim Kontor"), ("role", .text(role)),
            ("password", "Kontor-42"),
        ]
    }

    /// Enrols an app with the code that was printed, signs in with it, and gives the session's token.
    func signIn(_ userID: String, activation: String) async throws -> String {
        let key = try SigningKey()
        let claim: JSON = [
            "user_id": .text(userID), "activation_code": .text(activation), "name": "Terminal",
        ]
        let proof = try key.sign(
            type: .enrolment, header: [("jwk", key.publicKey.jwk)], payload: claim.canonical())
        let device = try await parts.gateway.enrolDevice(
            EnrolRequest(
                userID: userID, activationCode: Redacted(activation), name: "Terminal", proof: proof))
        let asked = try await ask(.signInOperator, [("user_id", .text(userID)), ("password", "Kontor-42")])
        let code = try #require(asked["match_code"]?.text.flatMap { MatchCode($0) })
        let pending = try await parts.gateway.pendingConfirmations(for: device.id)
        let question = try #require(pending.first)
        let compact = try AnswerDraft.sign(
            statement: Array(question.statement.utf8), verdict: .approve, verifiedBy: .pin, matchCode: code,
            device: device.id, key: key)
        _ = try await parts.gateway.answer(question.id, compact: compact, from: device.id)
        let done = try await ask(.goOnSigningIn, [("sign_in", asked["sign_in"] ?? .null)])
        #expect(done["status"] == "signed_in")
        return try #require(done["token"]?.text)
    }

    /// Two administrators, signed in.
    func administrators() async throws -> (String, String) {
        let first = try await ask(.addOperator, Self.operatorCall("anna-admin", "administrator"))
        let anna = try await signIn(
            "anna-admin", activation: try #require(first["activation_code"]?.text))
        let second = try await ask(.addOperator, Self.operatorCall("bo-admin", "administrator"), by: anna)
        let bo = try await signIn("bo-admin", activation: try #require(second["activation_code"]?.text))
        return (anna, bo)
    }

    func customer() async throws -> JSON {
        let made = try await ask(
            .addCustomer, [("user_id", "kim-kunde"), ("name", "Kim"), ("cpr", "0101904000")])
        return try #require(made["customer"])
    }
}

@Suite struct OperatorDeskTests {
    @Test func `OPS-ACCESS: the server's own user acts until there is an operator, and then signs in`()
        async throws
    {
        let desk = try Desk()
        let customer = try await desk.customer()
        _ = try await desk.ask(.showCustomer, [("customer", customer)])
        _ = try await desk.ask(.blockCustomer, [("customer", customer)])
        let alone = try await desk.refusal(.unblockCustomer, [("customer", customer)])
        #expect(alone?.contains("another operator approves") == true)
        let (anna, _) = try await desk.administrators()
        for name in [IssuerCallName.showCustomer, .blockCustomer, .listOperators, .listChanges] {
            let message = try await desk.refusal(name, [("customer", customer)])
            #expect(message?.contains("godkend operator sign-in --user-id") == true, "\(name)")
            let stale = try await desk.refusal(name, [("customer", customer)], by: "gone")
            #expect(stale?.contains("is over: sign in again") == true, "\(name)")
        }
        let shown = try await desk.ask(.showCustomer, [("customer", customer)], by: anna)
        #expect(shown["status"] == "blocked")
        await desk.parts.close()
    }

    @Test func `OPS-ACCESS: through the socket too, unblocking and erasing take two people`() async throws {
        let desk = try Desk()
        let customer = try await desk.customer()
        _ = try await desk.ask(.blockCustomer, [("customer", customer), ("certificate", true)])
        _ = try await desk.ask(.blockCustomer, [("customer", customer)])
        let (anna, bo) = try await desk.administrators()
        for (order, particulars) in [
            (IssuerCallName.unblockCustomer, [("certificate", JSON.bool(true))]), (.unblockCustomer, []),
            (.eraseCustomer, []),
        ] {
            let request = try await desk.ask(order, [("customer", customer)] + particulars, by: anna)
            let id = try #require(request["request"])
            let digest = try #require(request["digest"])
            #expect(request["approve"]?.text?.hasPrefix("godkend operator approve chg_") == true)
            let change = try #require(request["change"]?.text)
            #expect(digest.text == Hex.encode(Digest.sha256(Array(change.utf8))))
            let own = try await desk.refusal(
                .approveChange, [("request", id), ("digest", digest)], by: anna)
            #expect(own == "Another operator must approve it.")
            let wrong = try await desk.refusal(
                .approveChange, [("request", id), ("digest", "000000000000")], by: bo)
            #expect(wrong?.contains("digest") == true)
            #expect(try await desk.ask(.listChanges, by: bo)["requests"]?.array?.count == 1)
            let shown = try await desk.ask(.showChange, [("request", id)], by: bo)
            #expect(shown["change"]?.text == change)
            _ = try await desk.ask(.approveChange, [("request", id), ("digest", digest)], by: bo)
        }
        let shown = try await desk.ask(.showCustomer, [("customer", customer)], by: anna)
        #expect(shown["name"] == "")
        #expect(shown["status"] == "erased")
        await desk.parts.close()
    }

    @Test func `OPS-ACCESS: a viewer changes nothing at the desk`() async throws {
        let desk = try Desk()
        let customer = try await desk.customer()
        let (anna, bo) = try await desk.administrators()
        let asked = try await desk.ask(.addOperator, Desk.operatorCall("vera-viewer", "viewer"), by: anna)
        let made = try await desk.ask(
            .approveChange,
            [("request", asked["request"] ?? .null), ("digest", asked["digest"] ?? .null)], by: bo)
        let vera = try await desk.signIn(
            "vera-viewer", activation: try #require(made["activation_code"]?.text))
        for name in [IssuerCallName.showCustomer, .blockCustomer, .unblockCustomer, .listOperators] {
            let message = try await desk.refusal(name, [("customer", customer)], by: vera)
            #expect(message?.contains("this operator has viewer") == true, "\(name)")
        }
        _ = try await desk.ask(.listPrices, by: vera)
        _ = try await desk.ask(.signOutOperator, by: vera)
        let over = try await desk.refusal(.listPrices, by: vera)
        #expect(over?.contains("is over") == true)
        await desk.parts.close()
    }

    @Test func `OPS-ACCESS: the session lies in a file for its owner alone`() throws {
        let folder = try TemporaryFolder()
        let file = OperatorSessionFile(nil, in: StateFolder(folder.path))
        #expect(try file.token() == nil)
        try file.write("token-1")
        #expect(try file.token() == "token-1")
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let open = #expect(throws: CommandFailure.self) { try file.token() }
        #expect(open?.message.contains("others can read it: run `chmod 600 ") == true)
        file.remove()
        #expect(try file.token() == nil)
        #expect(OperatorSessionFile("/elsewhere", in: StateFolder(folder.path)).path == "/elsewhere")
    }

    @Test func `OPS-ACCESS: an order carries its session through the socket`() throws {
        var call = IssuerCall(.listOperators, [])
        call.session = "token-1"
        #expect(IssuerCall(bytes: call.bytes)?.session == "token-1")
        #expect(IssuerCall(bytes: IssuerCall(.listOperators, []).bytes)?.session == nil)
    }
}
