import HTTPTypes
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@testable import Pages

/// An operator with everything to sign in with.
struct ConsoleOperator: Sendable {
    static let password = "Kontor-42"

    let id: OperatorID
    let userID: String
    let device: DeviceID
    let key: SigningKey
}

/// A browser: it keeps cookies, says where a form comes from, and follows nothing by itself.
struct ConsoleBrowser {
    let client: APIClient
    var cookies: [String: String] = [:]
    /// The last `Set-Cookie` lines.
    var told: [String] = []
    var language = "en"

    init(_ client: APIClient) { self.client = client }

    mutating func get(_ path: String) async throws -> APIClient.Answer {
        try await send(.get, path, [:], [])
    }

    mutating func post(
        _ path: String, _ form: [(String, String?)],
        headers more: HTTPFields = [.origin: "http://127.0.0.1:8080"]
    ) async throws -> APIClient.Answer {
        let body = FormFields.address("", form).dropFirst()
        var headers = more
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await send(.post, path, headers, Array(body.utf8))
    }

    mutating func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]
    ) async throws -> APIClient.Answer {
        var headers = headers
        headers[.acceptLanguage] = language
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let answer = try await client.raw(method, path, headers, body)
        told = answer.headers[values: .setCookie]
        for line in told {
            let parts = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[parts[0]] = line.contains("Max-Age=0") ? nil : parts.count > 1 ? parts[1] : ""
        }
        return answer
    }

    /// The token that the forms of a page carry.
    mutating func token() async throws -> String {
        let page = try await get("/console/log").html
        let rest = try #require(page.components(after: "name=\"token\" value=\""))
        return String(rest.prefix { $0 != "\"" })
    }

    /// Password, number, app.
    mutating func signIn(_ person: ConsoleOperator) async throws {
        let start = try await post(
            "/console/sign-in", [("user_id", person.userID), ("password", ConsoleOperator.password)])
        #expect(start.status == 303)
        #expect(start.headers[.location] == "/console/sign-in/app")
        let asked = try await get("/console/sign-in/app").html
        let number = try #require(asked.components(after: "class=\"match\"")?.components(after: ">"))
        try await client.answer(as: person, code: String(number.prefix { $0 != "<" }))
        let done = try await get("/console/sign-in/app")
        #expect(done.status == 303)
        #expect(done.headers[.location] == "/console")
    }
}

extension String {
    /// What stands behind the first occurrence of a text.
    func components(after text: String) -> String? {
        ranges(of: text).first.map { String(self[$0.upperBound...]) }
    }
}

extension APIClient.Answer {
    var html: String { String(decoding: bytes, as: UTF8.self) }
}

extension APIClient {
    private var gateway: Gateway { stage.gateway }

    private static func candidate(_ userID: String, _ role: OperatorRole) throws -> OperatorCandidate {
        OperatorCandidate(
            userID: try UserID(userID), name: try DisplayName("Navn \(userID)"), role: role,
            password: try Password(ConsoleOperator.password, personNumber: nil))
    }

    /// The first two administrators.
    func administrators() async throws -> (ConsoleOperator, ConsoleOperator) {
        _ = try await gateway.addOperator(try Self.candidate("anna-admin", .administrator), by: .local)
        let first = try await equipped("anna-admin")
        _ = try await gateway.addOperator(
            try Self.candidate("bo-admin", .administrator), by: .operator(first.id, .administrator))
        return (first, try await equipped("bo-admin"))
    }

    /// One more operator, on whom both administrators agreed.
    func hire(
        _ userID: String, _ role: OperatorRole, by pair: (ConsoleOperator, ConsoleOperator)
    ) async throws -> ConsoleOperator {
        let added = try await gateway.addOperator(
            try Self.candidate(userID, role), by: .operator(pair.0.id, .administrator))
        guard case .requested(let change) = added else { throw StageError.badName("not requested") }
        _ = try await gateway.approveChange(
            change.id, digest: change.digestText, by: .operator(pair.1.id, .administrator))
        return try await equipped(userID)
    }

    private func equipped(_ userID: String) async throws -> ConsoleOperator {
        let found = try #require(try await gateway.ledger.operators().first { $0.userID == userID })
        let key = try SigningKey(raw: Digest.sha256(userID.utf8))
        let device = try await gateway.ledger.submit(
            EnrolTestDevice(
                customer: found.identity, name: PlainText("Telefon", maximum: 64),
                publicKey: key.publicKey.raw64, thumbprint: key.publicKey.thumbprint))
        return ConsoleOperator(id: found.id, userID: userID, device: try #require(device), key: key)
    }

    /// Approves what the app of this operator is asked.
    func answer(as person: ConsoleOperator, code: String) async throws {
        func send(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []) async throws -> Answer {
            let nonce = gateway.freshDeviceNonce()
            let proof = try DeviceProof.sign(
                device: person.device, method: method.rawValue, target: "http://127.0.0.1:8080\(path)",
                jti: "\(nonce.prefix(20))-\(body.count)", nonce: nonce, key: person.key)
            return try await raw(
                method, path, [.authorization: "Device \(proof)", .contentType: "application/jose"], body)
        }
        let pending = try await send(.get, "/app/v1/confirmations").json["data"]?.array?.last?.object
        guard let id = pending?["id"]?.text, let statement = pending?["statement"]?.text else {
            throw StageError.notAsked
        }
        let compact = try AnswerDraft.sign(
            statement: Array(statement.utf8), verdict: .approve, verifiedBy: .pin, matchCode: MatchCode(code),
            device: person.device, key: person.key)
        let answer = try await send(.post, "/app/v1/confirmations/\(id)/answer", Array(compact.utf8))
        #expect(answer.status == 200)
    }

    /// A payment that is declined at once, and its id.
    func declined(reference: String) async throws -> String {
        var order = Self.order(card: try await token(), reference: reference).object ?? [:]
        order.set("currency", "SEK")
        let answer = try await send(
            .post, "/v1/authorizations", .object(order), idempotency: "declined-\(reference.utf8.count)")
        #expect(answer.json["status"] == "declined")
        return try #require(answer.json["id"]?.text)
    }
}
