import Foundation
import Notation

/// A clinic system's or pharmacy's talk with a server about prescription records.
struct PrescriptionClient {
    let server: String
    let key: String

    /// Files a record with its OCSP responses.
    func file(_ compact: String, stapled: [[UInt8]]) async throws -> WebAnswer {
        var body: JSONObject = ["jws": .text(compact)]
        if !stapled.isEmpty { body.set("ocsp", .array(stapled.map { .text(Base64.encode($0)) })) }
        return try await post("/v1/prescriptions", "application/json", JSON.object(body).written())
    }

    func show(_ id: String) async throws -> JSON {
        let answer = try await send("GET", "/v1/prescriptions/\(id)")
        guard answer.status == 200 else {
            throw CommandFailure("The record cannot be shown: \(answer.complaint)")
        }
        return answer.json
    }

    func cancel(_ id: String, compact: String) async throws -> JSON {
        let answer = try await post(
            "/v1/prescriptions/\(id)/cancel", "application/jose", [UInt8](compact.utf8))
        guard (200...202).contains(answer.status) else {
            throw CommandFailure("The record was not canceled: \(answer.complaint)")
        }
        return answer.json
    }

    private func post(_ path: String, _ type: String, _ body: [UInt8]) async throws -> WebAnswer {
        let headers = [("Content-Type", type), ("Idempotency-Key", UUID().uuidString)]
        return try await send("POST", path, headers: headers, body: body)
    }

    private func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> WebAnswer {
        do {
            return try await WebClient.send(
                method, server + path, headers: headers + [("Authorization", "Bearer " + key)], body: body)
        } catch {
            throw CommandFailure("The server \(server) does not answer: is `godkend serve` running?")
        }
    }
}
