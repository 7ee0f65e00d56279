import LoadKit
import Notation
import SeedKit
import TestKit
import Vocabulary

/// One customer with one code app at one shop, buying again and again.
struct Buyer: Sendable {
    let till: Till
    let seed: UInt64

    private var journal: Journal { till.journal }

    /// One payment from the card to the last refund. Whatever is promised on the way goes into the journal.
    func buy() async { await journal.follow { try await pay(&$0) } }

    /// An order that the rules refuse: a result like any other, promised and kept.
    func beRefused() async {
        await journal.follow { promise in
            let told = try await till.authorize(&promise, order(promise, currency: "SEK"))
            promise.outcome = told["status"]?.text
            if promise.outcome != "declined" { throw LoadFailure("SEK was not declined") }
        }
    }

    private func pay(_ promise: inout Promise) async throws {
        let told = try await till.authorize(&promise, order(promise, currency: "DKK"))
        guard told["status"]?.text == "requires_confirmation" else {
            throw LoadFailure("declined at once: \(Till.reason(told))")
        }
        try await till.confirm(told)
        try await till.settle(&promise)
        if promise.outcome == "approved" { try await finish(&promise) }
    }

    private func order(_ promise: Promise, currency: String) -> JSONObject {
        let order = ShopClient.payment(
            amountMinor: promise.amountMinor, token: "", reference: promise.reference)
        var object = order.object ?? [:]
        object.set("currency", .text(currency))
        return object
    }

    /// What the shop does with an approval, by lot: give up, capture whole, capture in parts, two clerks at
    /// once.
    private func finish(_ promise: inout Promise) async throws {
        var lot = SplitMix(seed: seed ^ UInt64(promise.amountMinor))
        let whole = promise.amountMinor
        switch Int.random(in: 0..<10, using: &lot) {
        case 0: return
        case 1, 2:
            try await till.cancel(&promise)
        case 3, 4:
            try await till.capture([whole / 3], isFinal: false, of: &promise)
            try await till.capture([whole / 3], isFinal: true, of: &promise)
        case 5:
            try await till.capture([whole / 3], isFinal: false, of: &promise)
            try await till.cancel(&promise)
        case 6, 7:
            try await till.capture([whole, whole - 1], isFinal: true, of: &promise)
        default:
            try await till.capture([whole], isFinal: true, of: &promise)
        }
        guard promise.capturedMinor > 0, Bool.random(using: &lot) else { return }
        try await till.refund([promise.capturedMinor / 3, promise.capturedMinor / 4], of: &promise)
    }
}
