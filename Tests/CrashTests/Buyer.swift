import LoadKit
import Notation
import TestKit
import Vocabulary

/// One customer with one code app at one shop, buying again and again.
struct Buyer: Sendable {
    let wallet: Wallet
    let app: LoadApp
    let desk: Persistence
    let journal: Journal
    let seed: UInt64

    /// One payment from the card to the last refund. Whatever is promised on the way goes into the journal.
    func buy() async {
        var promise = journal.begin()
        do {
            try await pay(&promise)
            promise.isSettled = true
        } catch {
            journal.complain("\(promise.reference): \(error)")
        }
        journal.keep(promise)
    }

    /// An order that the rules refuse: a result like any other, promised and kept.
    func beRefused() async {
        var promise = journal.begin()
        do {
            let told = try await authorize(&promise, currency: "SEK")
            promise.outcome = told["status"]?.text
            if promise.outcome != "declined" { throw LoadFailure("SEK was not declined") }
            promise.isSettled = true
        } catch {
            journal.complain("\(promise.reference): \(error)")
        }
        journal.keep(promise)
    }

    private func pay(_ promise: inout Promise) async throws {
        let told = try await authorize(&promise, currency: "DKK")
        guard told["status"]?.text == "requires_confirmation",
            let question = told["confirmation"]?.object, let confirmation = question["id"]?.text
        else { throw LoadFailure("declined at once: \(told["decline"]?.object?["reason"]?.text ?? "")") }
        try await confirm(confirmation, matchCode: question["match_code"]?.text)
        let path = "/v1/authorizations/\(promise.authorization ?? "")"
        let settled = try await desk.object(path) { object in
            !["requires_confirmation", "processing"].contains(object["status"]?.text)
        }
        promise.outcome = settled["status"]?.text
        journal.keep(promise)
        if promise.outcome == "approved" { try await finish(&promise, at: path) }
    }

    private func authorize(_ promise: inout Promise, currency: String) async throws -> JSONObject {
        guard let card = wallet.cards["4242"] else { throw LoadFailure("the wallet has no such card") }
        let token = try await desk.post("/v1/card_tokens", card)
        guard let id = token["id"]?.text else { throw LoadFailure("no token: \(token.summary)") }
        var order =
            ShopClient.payment(
                amountMinor: promise.amountMinor, token: id, reference: promise.reference
            ).object ?? [:]
        order.set("currency", .text(currency))
        let reply = try await desk.post("/v1/authorizations", .object(order))
        guard reply.status == 201, let told = reply.json.object, let id = told["id"]?.text else {
            throw LoadFailure("no authorization: \(reply.summary)")
        }
        promise.authorization = id
        journal.keep(promise)
        return told
    }

    /// Fetches, signs once, and sends that one answer until it is taken.
    private func confirm(_ confirmation: String, matchCode: String?) async throws {
        var answer: String?
        var wasInterrupted = false
        for _ in 0..<600 {
            do {
                if answer == nil, let text = try await app.statement(of: confirmation) {
                    answer = try app.sign(text, .approve, matchCode: matchCode)
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

    /// What the shop does with an approval, by lot: give up, capture whole, capture in parts, two clerks at
    /// once.
    private func finish(_ promise: inout Promise, at path: String) async throws {
        var lot = SplitMix(seed: seed ^ UInt64(promise.amountMinor))
        let whole = promise.amountMinor
        switch Int.random(in: 0..<10, using: &lot) {
        case 0: return
        case 1, 2:
            try await cancel(&promise, at: path)
        case 3, 4:
            try await capture([whole / 3], isFinal: false, of: &promise, at: path)
            try await capture([whole / 3], isFinal: true, of: &promise, at: path)
        case 5:
            try await capture([whole / 3], isFinal: false, of: &promise, at: path)
            try await cancel(&promise, at: path)
        case 6, 7:
            try await capture([whole, whole - 1], isFinal: true, of: &promise, at: path)
        default:
            try await capture([whole], isFinal: true, of: &promise, at: path)
        }
        guard promise.capturedMinor > 0, Bool.random(using: &lot) else { return }
        try await refund([promise.capturedMinor / 3, promise.capturedMinor / 4], of: &promise, at: path)
    }

    private func cancel(_ promise: inout Promise, at path: String) async throws {
        let reply = try await desk.post(path + "/cancel", [:])
        guard reply.status == 200 else { throw LoadFailure("cancel: \(reply.summary)") }
        promise.outcome = "canceled"
        journal.keep(promise)
    }

    /// Captures, several clerks at once when there are several amounts; one of them must win, a 409 is an
    /// answer.
    private func capture(
        _ amounts: [Int64], isFinal: Bool, of promise: inout Promise, at path: String
    ) async throws {
        let replies = try await race(amounts, path + "/capture") {
            ["amount": .integer($0), "final_capture": .bool(isFinal)]
        }
        for (amount, reply) in replies where reply.status == 200 { promise.captures.append(amount) }
        journal.keep(promise)
        let lost = replies.filter { $0.reply.status != 200 }
        guard lost.count == amounts.count - 1, lost.allSatisfy({ $0.reply.status == 409 }) else {
            throw LoadFailure("capture: \(replies.map(\.reply.summary))")
        }
    }

    private func refund(_ amounts: [Int64], of promise: inout Promise, at path: String) async throws {
        let replies = try await race(amounts, path + "/refunds") { ["amount": .integer($0)] }
        for (amount, reply) in replies {
            guard reply.status == 201, let id = reply["id"]?.text else {
                throw LoadFailure("refund: \(reply.summary)")
            }
            promise.refunds[id] = amount
        }
        journal.keep(promise)
    }

    private func race(
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
