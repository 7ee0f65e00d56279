import Foundation
import Notation
import Proofs
import Synchronization
import Vocabulary

/// One question that waits for this device's answer.
struct PendingQuestion: Sendable {
    let id: ConfirmationID
    /// The canonical bytes that will be signed.
    let bytes: [UInt8]
    let statement: Statement
}

/// A code app's talk with the server: CONTRACT section 5, from the device's side.
final class AppClient: Sendable {
    let server: String
    let device: DeviceID
    private let key: SigningKey
    /// The value of the last answer's `Device-Nonce`.
    private let nonce = Mutex("")

    init(server: String, device: DeviceID, key: SigningKey) {
        self.server = server
        self.device = device
        self.key = key
    }

    /// Enrols a new device: the activation code and proof that we have the key.
    static func enrol(
        server: String, userID: String, activationCode: String, name: String, key: SigningKey
    ) async throws -> (device: DeviceID, mayConfirmFrom: String) {
        let claim: JSON = [
            "user_id": .text(userID), "activation_code": .text(activationCode), "name": .text(name),
        ]
        let proof = try key.sign(
            type: .enrolment, header: [("jwk", key.publicKey.jwk)], payload: claim.canonical())
        var body = claim.object ?? JSONObject()
        body.set("proof", .text(proof))
        let answer = try await WebClient.sendJSON("POST", server + "/app/v1/devices", .object(body))
        guard answer.status == 201, let id = answer.json.object?["id"]?.text.flatMap({ DeviceID($0) }) else {
            throw CommandFailure("The device was not enrolled: \(answer.complaint)")
        }
        return (id, answer.json.object?["may_confirm_from"]?.text ?? "")
    }

    /// What waits for an answer.
    func pending() async throws -> [PendingQuestion] {
        let answer = try await send("GET", "/app/v1/confirmations", type: nil, body: nil)
        guard answer.status == 200, let list = answer.json.object?["data"]?.array else {
            throw CommandFailure("The server gives no list of confirmations: \(answer.complaint)")
        }
        return try list.map { item in
            guard let text = item.object?["statement"]?.text else {
                throw CommandFailure("The server sent a confirmation without a statement: answer nothing.")
            }
            let statement = try Statement(canonical: [UInt8](text.utf8))
            return PendingQuestion(
                id: statement.confirmation, bytes: [UInt8](text.utf8), statement: statement)
        }
    }

    /// Signs and sends an answer; returns the confirmation's status.
    func answer(_ question: PendingQuestion, verdict: Verdict, matchCode: MatchCode?) async throws -> String {
        let signed = try AnswerDraft.sign(
            statement: question.bytes, verdict: verdict, verifiedBy: .pin,
            matchCode: verdict == .approve ? matchCode : nil, device: device, key: key)
        let path = "/app/v1/confirmations/\(question.id.text)/answer"
        let answer = try await send("POST", path, type: "application/jose", body: [UInt8](signed.utf8))
        guard answer.status == 200, let status = answer.json.object?["status"]?.text else {
            throw CommandFailure("The answer was not taken: \(answer.complaint)")
        }
        return status
    }

    /// One request, and once more when the server asks for a fresh nonce.
    private func send(_ method: String, _ path: String, type: String?, body: [UInt8]?) async throws
        -> WebAnswer
    {
        let first = try await attempt(method, path, type: type, body: body)
        guard first.status == 401, first.json.object?["error"]?.object?["code"]?.text == "use_device_nonce"
        else {
            return first
        }
        return try await attempt(method, path, type: type, body: body)
    }

    private func attempt(
        _ method: String, _ path: String, type: String?, body: [UInt8]?
    ) async throws -> WebAnswer {
        let proof = try DeviceProof.sign(
            device: device, method: method, target: server + path, jti: UUID().uuidString,
            nonce: nonce.withLock { $0 }, key: key)
        var headers = [("Authorization", "Device " + proof)]
        if let type { headers.append(("Content-Type", type)) }
        let answer: WebAnswer
        do {
            answer = try await WebClient.send(method, server + path, headers: headers, body: body)
        } catch {
            throw CommandFailure("The server \(server) does not answer: is `godkend serve` running?")
        }
        if let fresh = answer.header("device-nonce") { nonce.withLock { $0 = fresh } }
        return answer
    }
}
