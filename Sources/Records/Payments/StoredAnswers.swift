import Foundation
import GRDB
import Lifecycles
package import Vocabulary

/// Where an answer is kept: an idempotency key of one merchant, in one mode, on one route (PAY-IDEM).
package struct StoredAnswerKey: Sendable, Hashable {
    package let owner: Owner
    package let route: String
    package let key: String

    package init(owner: Owner, route: String, key: String) {
        self.owner = owner
        self.route = route
        self.key = key
    }
}

/// A request as its key remembers it: for each parameter a keyed digest, so that the names of those that
/// differ can be told, never their values.
package struct RequestKey: Sendable, Hashable {
    package let stored: StoredAnswerKey
    /// Sorted by name.
    package let parameters: [Parameter]

    /// One parameter of the request: its name, and a keyed digest of its value.
    package struct Parameter: Sendable, Hashable {
        package let name: String
        package let digest: [UInt8]

        package init(name: String, digest: [UInt8]) {
            self.name = name
            self.digest = digest
        }
    }

    package init(stored: StoredAnswerKey, parameters: [Parameter]) {
        self.stored = stored
        self.parameters = parameters.sorted { $0.name < $1.name }
    }
}

/// An answer as bytes, with whether it was given before.
package struct WrittenAnswer: Sendable, Hashable {
    package let status: Int
    package let body: [UInt8]
    package let isReplay: Bool
}

/// What is known under a key.
package enum KeyState: Sendable, Hashable {
    case unused
    /// The first request's acquirer call is still under way.
    case inFlight(IntentID)
    case answered(WrittenAnswer)
}

extension Transaction {
    /// Looks a key up. Another request under the same key is a rejection that names what differs.
    func state(of key: RequestKey?) throws -> KeyState {
        guard let key else { return .unused }
        let stored = key.stored
        let row = try row(
            """
            SELECT parameters, intent, status, body_sealed FROM stored_answers
            WHERE merchant = ? AND is_live = ? AND route = ? AND key = ?
            """,
            [stored.owner.merchant, stored.owner.isLive, stored.route, stored.key])
        guard let row else { return .unused }
        let differing = ParameterText.differences(row["parameters"], ParameterText.write(key.parameters))
        guard differing.isEmpty else { throw Rejection.idempotencyKeyReused(differing: differing) }
        guard let status = row["status"] as Int?, let sealed = row["body_sealed"] as Data? else {
            guard let intent = (row["intent"] as String?).flatMap({ IntentID($0) }) else {
                throw LedgerFault.unreadable(table: "stored_answers", id: stored.route)
            }
            return .inFlight(intent)
        }
        let body = try context.vault.open([UInt8](sealed), for: stored)
        return .answered(WrittenAnswer(status: status, body: body, isReplay: true))
    }

    /// Writes an answer down and keeps it under its key, in the transaction of its effect.
    func answer(_ answer: MerchantAnswer, for key: RequestKey?) throws -> WrittenAnswer {
        let written = write(answer)
        guard let key else { return written }
        try insert(key, intent: nil, answer: written)
        return written
    }

    /// Keeps a key for an intent that is only beginning: its answer comes with the result.
    func hold(_ key: RequestKey?, for intent: IntentID) throws {
        guard let key else { return }
        try insert(key, intent: intent, answer: nil)
    }

    /// Fills in the answer of the request that began an intent, if it came with a key.
    func complete(_ intent: IntentID, with answer: MerchantAnswer) throws {
        guard let key = try storedKey(of: intent) else { return }
        let written = write(answer)
        try execute(
            "UPDATE stored_answers SET status = ?, body_sealed = ? WHERE intent = ?",
            [written.status, Data(try context.vault.seal(written.body, for: key)), intent])
    }

    /// Frees the key of a request whose intent the acquirer refused: nothing happened, so it may be used
    /// again.
    func release(_ intent: IntentID) throws {
        try execute("DELETE FROM stored_answers WHERE intent = ?", [intent])
    }

    private func write(_ answer: MerchantAnswer) -> WrittenAnswer {
        WrittenAnswer(
            status: answer.isCreation ? 201 : 200, body: context.answers.body(of: answer), isReplay: false)
    }

    private func insert(_ key: RequestKey, intent: IntentID?, answer: WrittenAnswer?) throws {
        let stored = key.stored
        let sealed = try answer.map { Data(try context.vault.seal($0.body, for: stored)) }
        try execute(
            """
            INSERT INTO stored_answers (merchant, is_live, route, key, parameters, intent, status,
                body_sealed, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                stored.owner.merchant, stored.owner.isLive, stored.route, stored.key,
                ParameterText.write(key.parameters), intent, answer?.status, sealed, now,
            ])
    }

    private func storedKey(of intent: IntentID) throws -> StoredAnswerKey? {
        let row = try row(
            "SELECT merchant, is_live, route, key FROM stored_answers WHERE intent = ?", [intent])
        guard let row, let merchant = MerchantID(row["merchant"]) else { return nil }
        return StoredAnswerKey(
            owner: Owner(merchant: merchant, isLive: row["is_live"]), route: row["route"], key: row["key"])
    }
}

/// Parameters as one text: `name=digest` pairs, the names as sent, joined by line feeds.
private enum ParameterText {
    static func write(_ parameters: [RequestKey.Parameter]) -> String {
        parameters.map { "\(Data($0.digest).base64EncodedString()) \($0.name)" }.joined(separator: "\n")
    }

    static func differences(_ first: String, _ second: String) -> [String] {
        let lines = Set(first.split(separator: "\n")).symmetricDifference(second.split(separator: "\n"))
        return Set(lines.compactMap { $0.split(separator: " ", maxSplits: 1).last.map(String.init) }).sorted()
    }
}
