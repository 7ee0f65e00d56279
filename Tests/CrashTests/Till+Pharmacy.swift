import LoadKit
import Notation

/// What was handed over at once, as it was acknowledged or as it is shown.
struct Handed: Sendable, Hashable {
    /// Packages.
    let quantity: Int64
    var isUndone = false
}

extension Till {
    /// The product of all records of a run.
    static let product = "900801"

    /// An order of some packages on line 1 of a record; a fee brings it to the payment's own amount.
    static func medicine(_ packages: Int64, on record: String, for promise: Promise) -> JSONObject {
        let price: Int64 = 1_000
        let line: JSON = [
            "kind": "medicine", "description": "Levothyroxin", "quantity": .integer(packages),
            "unit_amount": .integer(price), "product_number": .text(product),
            "prescription": ["record": .text(record), "line": "1"],
        ]
        let fee: JSON = [
            "kind": "fee", "description": "Gebyr", "quantity": 1,
            "unit_amount": .integer(promise.amountMinor - packages * price),
        ]
        return [
            "amount": .integer(promise.amountMinor), "currency": "DKK", "capture": "manual",
            "order": ["reference": .text(promise.reference), "lines": [line, fee]],
        ]
    }

    /// Hands packages over, several clerks at once when there are several numbers; one of them must win.
    func handOver(
        _ packages: [Int64], isFinal: Bool = false, of promise: inout Promise
    ) async throws {
        let batch = promise.reference
        let replies = try await race(packages, promise.path + "/handovers") { quantity in
            let line: JSON = [
                "line": "1", "product_number": .text(Self.product), "quantity": .integer(quantity),
                "batch": .text(batch),
            ]
            return ["lines": [line], "final": .bool(isFinal)]
        }
        for (quantity, reply) in replies where reply.status == 201 {
            guard let id = reply["id"]?.text else { throw LoadFailure("a handover without an id") }
            promise.handovers[id] = Handed(quantity: quantity)
        }
        journal.keep(promise)
        let lost = replies.filter { $0.reply.status != 201 }
        guard lost.count == packages.count - 1, lost.allSatisfy({ $0.reply.status == 409 }) else {
            throw LoadFailure("handover: \(replies.map(\.reply.summary))")
        }
    }

    /// Takes all handovers back.
    func undo(reopen: Bool, of promise: inout Promise) async throws {
        for id in promise.handovers.keys.sorted() where promise.handovers[id]?.isUndone == false {
            let reply = try await desk.post(
                promise.path + "/handovers/\(id)/undo",
                ["reason": "forkert vare", "reopen": .bool(reopen)])
            guard reply.status == 200 else { throw LoadFailure("undo: \(reply.summary)") }
            promise.handovers[id]?.isUndone = true
            journal.keep(promise)
        }
    }

    /// How the payment's hold stands now.
    func hold(of promise: Promise) async throws -> String? {
        let object = try await desk.object(promise.path) { _ in true }
        return object["holds"]?.array?.first?.object?["status"]?.text
    }
}
