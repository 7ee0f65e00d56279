import Foundation
import Notation
import Proofs

/// What proves one decision: all of it fetched over HTTP, none of it believed before it is verified.
struct DemoProof: Sendable {
    let key: LogVerificationKey
    /// The newest checkpoint that anybody is shown.
    let published: SignedCheckpoint
    /// What the log hashes.
    let leaf: [UInt8]
    let proof: TlogProof

    /// The checkpoint that the proof leads to.
    func verify() throws -> SignedCheckpoint {
        do {
            return try proof.verify(leaf: leaf, key: key)
        } catch {
            throw CommandFailure("The proof does not hold: \(error.explanation)")
        }
    }

    /// The same with one bit of the leaf changed, which nothing may prove.
    var holdsForAnotherLeaf: Bool {
        var other = leaf
        other[other.count - 1] ^= 1
        return (try? proof.verify(leaf: other, key: key)) != nil
    }
}

extension DemoShop {
    /// Fetches leaf and proof of one of the merchant's decisions, and the log's key and checkpoint, which
    /// need no credential.
    func proof(of decision: String) async throws -> DemoProof {
        let proof = String(
            decoding: try await logged("/v1/decisions/\(decision)/proof", headers: bearer), as: UTF8.self)
        let leaf = try await logged("/v1/decisions/\(decision)/leaf", headers: bearer)
        let line = String(decoding: try await logged("/log/vkey").dropLast(), as: UTF8.self)
        let checkpoint = String(decoding: try await logged("/log/checkpoint"), as: UTF8.self)
        do {
            let key = try LogVerificationKey(parsing: line)
            return DemoProof(
                key: key, published: try SignedCheckpoint(opening: checkpoint, with: key), leaf: leaf,
                proof: try TlogProof(parsing: proof))
        } catch {
            throw CommandFailure("What the log publishes cannot be read: \(error.explanation)")
        }
    }

    /// Asks until a checkpoint covers what is asked for, which is signed each second.
    private func logged(_ path: String, headers: [(String, String)] = []) async throws -> [UInt8] {
        let deadline = Date(timeIntervalSinceNow: 15)
        while true {
            let answer = try await WebClient.send("GET", server + path, headers: headers)
            if answer.status == 200 { return answer.bytes }
            guard answer.status == 409, Date() < deadline else {
                throw CommandFailure("The log did not answer: \(answer.complaint)")
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
