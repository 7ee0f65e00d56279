import LoadKit
import Notation
import Synchronization
import Vocabulary

/// One thing that is measured: what one connection does again and again.
struct Workload: Sendable {
    let name: String
    /// Whose processor time counts.
    let process: Int32
    /// Carries out one; throws when the answer is not the one that it should be.
    let one: @Sendable (Buyer) async throws -> Void
}

/// A customer as the load uses it: never for two requests at once.
struct Buyer: Sendable {
    let app: LoadApp
    /// A saved card, so that a payment is four requests and not five.
    let token: String
}

/// Customers that are free, first in, first out.
final class Queue: Sendable {
    private let free: Mutex<[Buyer]>

    init(_ buyers: [Buyer]) { free = Mutex(buyers.reversed()) }

    func take() -> Buyer? { free.withLock { $0.popLast() } }

    /// Puts one back behind all others.
    func putBack(_ buyer: Buyer) { free.withLock { $0.insert(buyer, at: 0) } }
}

extension Workload {
    /// A JSON order to a bare server and back.
    static func echo(_ caller: HTTPCaller, process: Int32) -> Workload {
        Workload(name: "echo", process: process) { buyer in
            let order = ShopClient.payment(
                amountMinor: 24_900, token: buyer.token, reference: Chance.text(12))
            let reply = try await caller.send(
                "POST", "/echo", headers: [("Content-Type", "application/json")], body: order.written())
            guard reply.status == 200 else { throw LoadFailure("echo: \(reply.summary)") }
        }
    }

    /// `POST /v1/authorizations`, acknowledged after its commit: a question to a customer.
    static func authorization(_ shop: ShopClient, process: Int32) -> Workload {
        Workload(name: "authorization", process: process) { buyer in _ = try await authorize(buyer, shop) }
    }

    /// Authorize, fetch in the app, signed answer, wait for the approval, capture.
    static func payment(_ shop: ShopClient, process: Int32) -> Workload {
        Workload(name: "payment", process: process) { buyer in
            let told = try await authorize(buyer, shop)
            guard let id = told["id"]?.text, let question = told["confirmation"]?.object,
                let confirmation = question["id"]?.text,
                let text = try await buyer.app.statement(of: confirmation)
            else { throw LoadFailure("the app was not asked") }
            let answer = try buyer.app.sign(text, .approve, matchCode: question["match_code"]?.text)
            let answered = try await buyer.app.deliver(answer, to: confirmation)
            guard answered.status == 200 else { throw LoadFailure("answer: \(answered.summary)") }
            try await approval(of: id, shop)
            let captured = try await shop.post(
                "/v1/authorizations/\(id)/capture", [:], key: Chance.text(12))
            guard captured.status == 200, captured["status"]?.text == "captured" else {
                throw LoadFailure("capture: \(captured.summary)")
            }
        }
    }

    private static func authorize(_ buyer: Buyer, _ shop: ShopClient) async throws -> JSONObject {
        let order = ShopClient.payment(amountMinor: 24_900, token: buyer.token, reference: Chance.text(12))
        let reply = try await shop.post("/v1/authorizations", order, key: Chance.text(12))
        guard reply.status == 201, let told = reply.json.object,
            told["status"]?.text == "requires_confirmation"
        else {
            let reason = reply["decline"]?.object?["reason"]?.text ?? ""
            throw LoadFailure("authorization: \(reply.summary) \(reason)")
        }
        return told
    }

    private static func approval(of id: String, _ shop: ShopClient) async throws {
        var known: String?
        for _ in 0..<20 {
            let reply = try await shop.get("/v1/authorizations/\(id)?wait=5", known: known)
            if reply["status"]?.text == "approved" { return }
            guard reply.status == 304 || reply["status"]?.text == "processing" else {
                throw LoadFailure("no approval: \(reply.summary) \(reply["status"]?.text ?? "")")
            }
            known = reply.headers["etag"] ?? known
        }
        throw LoadFailure("no approval in time")
    }
}
