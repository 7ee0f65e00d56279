import LoadKit
import Notation
import TestKit
import Vocabulary

/// One customer at one shop, step by step: each step is asked for until it is answered, and kept.
struct Till: Sendable {
    let wallet: Wallet
    let app: LoadApp
    let desk: Persistence

    var journal: Journal { desk.journal }

    /// Asks for a payment with a fresh token of the card, and gives what was told.
    func authorize(_ promise: inout Promise, _ order: JSONObject) async throws -> JSONObject {
        guard let card = wallet.cards["4242"] else { throw LoadFailure("the wallet has no such card") }
        let token = try await desk.post("/v1/card_tokens", card)
        guard let id = token["id"]?.text else { throw LoadFailure("no token: \(token.summary)") }
        var order = order
        order.set("card", .text(id))
        let reply = try await desk.post("/v1/authorizations", .object(order))
        guard reply.status == 201, let told = reply.json.object, let id = told["id"]?.text else {
            throw LoadFailure("no authorization: \(reply.summary)")
        }
        promise.authorization = id
        journal.keep(promise)
        return told
    }

    /// Why a payment was declined, as the shop was told.
    static func reason(_ told: JSONObject) -> String { told["decline"]?.object?["reason"]?.text ?? "" }

    /// Fetches, signs once, and sends that one answer until it is taken.
    func confirm(_ told: JSONObject) async throws {
        guard let question = told["confirmation"]?.object, let confirmation = question["id"]?.text else {
            throw LoadFailure("there is no question to answer")
        }
        var answer: String?
        var wasInterrupted = false
        for _ in 0..<600 {
            do {
                if answer == nil, let text = try await app.statement(of: confirmation) {
                    answer = try app.sign(text, .approve, matchCode: question["match_code"]?.text)
                }
                if let answer {
                    let reply = try await app.deliver(answer, to: confirmation)
                    if reply.status == 200 { return }
                    if reply.status < 500 { throw AnswerRefused(summary: reply.summary) }
                }
            } catch let refused as AnswerRefused {
                throw LoadFailure("the answer was refused: \(refused.summary)")
            } catch {
                if !wasInterrupted { journal.noteInterruption() }
                wasInterrupted = true
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        throw LoadFailure("the app could not answer")
    }

    private struct AnswerRefused: Error { let summary: String }

    /// Waits for what the bank said.
    func settle(_ promise: inout Promise) async throws {
        let settled = try await desk.object(promise.path) { object in
            !["requires_confirmation", "processing"].contains(object["status"]?.text)
        }
        promise.outcome = settled["status"]?.text
        journal.keep(promise)
    }

    func cancel(_ promise: inout Promise) async throws {
        let reply = try await desk.post(promise.path + "/cancel", [:])
        guard reply.status == 200 else { throw LoadFailure("cancel: \(reply.summary)") }
        promise.outcome = "canceled"
        journal.keep(promise)
    }

    /// Captures, several clerks at once when there are several amounts; one of them must win, a 409 is an
    /// answer.
    func capture(_ amounts: [Int64], isFinal: Bool, of promise: inout Promise) async throws {
        let replies = try await race(amounts, promise.path + "/capture") {
            ["amount": .integer($0), "final_capture": .bool(isFinal)]
        }
        for (amount, reply) in replies where reply.status == 200 { promise.captures.append(amount) }
        journal.keep(promise)
        let lost = replies.filter { $0.reply.status != 200 }
        guard lost.count == amounts.count - 1, lost.allSatisfy({ $0.reply.status == 409 }) else {
            throw LoadFailure("capture: \(replies.map(\.reply.summary))")
        }
    }

    func refund(_ amounts: [Int64], of promise: inout Promise) async throws {
        let replies = try await race(amounts, promise.path + "/refunds") { ["amount": .integer($0)] }
        for (amount, reply) in replies {
            guard reply.status == 201, let id = reply["id"]?.text else {
                throw LoadFailure("refund: \(reply.summary)")
            }
            promise.refunds[id] = amount
        }
        journal.keep(promise)
    }

    func race(
        _ amounts: [Int64], _ path: String, _ body: @escaping @Sendable (Int64) -> JSON
    ) async throws -> [(amount: Int64, reply: Reply)] {
        try await withThrowingTaskGroup(of: (amount: Int64, reply: Reply).self) { group in
            for amount in amounts {
                group.addTask { (amount, try await desk.post(path, body(amount))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
