import Notation
import Proofs
import Synchronization
package import Vocabulary

/// A customer's code app: proves its key with each request, signs what it was shown.
package final class LoadApp: Sendable {
    private let wallet: Wallet
    private let caller: HTTPCaller
    /// The value of the last answer's `Device-Nonce`.
    private let nonce = Mutex("")

    package init(_ wallet: Wallet, caller: HTTPCaller) {
        self.wallet = wallet
        self.caller = caller
    }

    /// The exact text to sign for a confirmation; nil when it is not among those that wait.
    package func statement(of confirmation: String) async throws -> [UInt8]? {
        let reply = try await send("GET", "/app/v1/confirmations")
        guard reply.status == 200, let waiting = reply["data"]?.array else {
            throw LoadFailure("the app got no list: \(reply.summary)")
        }
        let mine = waiting.first { $0.object?["id"]?.text == confirmation }
        return mine?.object?["statement"]?.text.map { Array($0.utf8) }
    }

    /// The signed answer, a compact JWS. The same answer may be sent again and again.
    package func sign(_ statement: [UInt8], _ verdict: Verdict, matchCode: String?) throws -> String {
        try AnswerDraft.sign(
            statement: statement, verdict: verdict, verifiedBy: .pin,
            matchCode: matchCode.flatMap { MatchCode($0) }, device: wallet.device, key: wallet.key)
    }

    /// Sends an answer.
    package func deliver(_ answer: String, to confirmation: String) async throws -> Reply {
        try await send(
            "POST", "/app/v1/confirmations/\(confirmation)/answer", type: "application/jose",
            body: Array(answer.utf8))
    }

    /// One request, and again when the server asks for a fresh nonce: it makes a new nonce key at each
    /// start, and may have been started again between two tries.
    private func send(
        _ method: String, _ path: String, type: String? = nil, body: [UInt8]? = nil
    ) async throws -> Reply {
        var reply = try await attempt(method, path, type: type, body: body)
        for _ in 0..<4 where reply.status == 401 && reply.errorCode == "use_device_nonce" {
            reply = try await attempt(method, path, type: type, body: body)
        }
        return reply
    }

    private func attempt(
        _ method: String, _ path: String, type: String?, body: [UInt8]?
    ) async throws -> Reply {
        let proof = try DeviceProof.sign(
            device: wallet.device, method: method, target: caller.base + path, jti: Chance.text(18),
            nonce: nonce.withLock { $0 }, key: wallet.key)
        var headers = [("Authorization", "Device " + proof)]
        if let type { headers.append(("Content-Type", type)) }
        let reply = try await caller.send(method, path, headers: headers, body: body)
        if let fresh = reply.headers["device-nonce"] { nonce.withLock { $0 = fresh } }
        return reply
    }
}
