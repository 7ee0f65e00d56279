import Notation
import Proofs
import Vocabulary

/// The demo's scenes, each with the end that is told before it is played.
struct DemoStory {
    let stage: DemoStage
    /// Prints the trace of a payment's decisions.
    let explain: @Sendable (DemoPayment) async throws -> [String]
    let confirmationSeconds: Int

    /// Plays every scene; throws at the first one that ends otherwise than told.
    func play() async throws {
        try await approved()
        try await keyCard()
        try await denied()
        try await wrongCode()
        try await expired()
        try await declinedByIssuer()
    }

    private func approved() async throws {
        let payment = try await begin(
            1, "A payment, approved in the code app and captured", sale("1001"), .approved)
        try await answer(payment, .approve, code: payment.matchCode)
        var end = try await stage.shop.outcome(of: payment, atMostSeconds: 25)
        try check(end, status: "approved")
        end = try await stage.shop.capture(end)
        try check(end, status: "captured")
        try await checkReceipt(end)
        try await conclude(end)
    }

    private func keyCard() async throws {
        let payment = try await begin(
            2, "The same purchase with a key card: declined before the code is looked at", sale("1002"),
            .approved)
        DemoScreen.line("page", "offers a code of the printed key card")
        let attempt = try await stage.shop.offerKeyCard(payment, code: stage.keyCardCode)
        guard attempt.reason == "code_app_required" else {
            throw CommandFailure("The key card was answered with \(attempt.status) \(attempt.reason).")
        }
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: 10)
        try check(end, status: "declined", reason: "code_app_required")
        try await conclude(end)
    }

    private func denied() async throws {
        let payment = try await begin(3, "Denied in the app", sale("1003"), .approved)
        try await answer(payment, .deny, code: nil)
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: 10)
        try check(end, status: "declined", reason: "confirmation_denied")
        try await conclude(end)
    }

    private func wrongCode() async throws {
        let payment = try await begin(4, "Approved with the wrong match code", sale("1004"), .approved)
        let wrong = payment.matchCode == "11" ? "22" : "11"
        try await answer(payment, .approve, code: wrong)
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: 10)
        try check(end, status: "declined", reason: "match_code_wrong")
        try await conclude(end)
    }

    private func expired() async throws {
        let payment = try await begin(
            5, "Nobody answers for \(confirmationSeconds) seconds", sale("1005"), .approved)
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: confirmationSeconds + 15)
        try check(end, status: "declined", reason: "confirmation_expired")
        try await conclude(end)
    }

    private func declinedByIssuer() async throws {
        let payment = try await begin(
            6, "Approved in the app, declined by the card's issuer", sale("1006"), .insufficientFunds)
        try await answer(payment, .approve, code: payment.matchCode)
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: 25)
        try check(end, status: "declined", reason: "insufficient_funds")
        try await conclude(end)
    }

    private func sale(_ reference: String) -> DemoSale {
        DemoSale(reference: reference, goods: "Frøken Smillas fornemmelse for sne", amountMinor: 24_900)
    }

    private func begin(
        _ number: Int, _ title: String, _ sale: DemoSale, _ card: DemoCard
    ) async throws -> DemoPayment {
        DemoScreen.scene(number, title)
        let token = try await stage.shop.token(for: card)
        let payment = try await stage.shop.authorize(sale, token: token)
        DemoScreen.line("shop", "\(payment.id) is \(payment.status)")
        try check(payment, status: "requires_confirmation")
        DemoScreen.line("page", "match code \(payment.matchCode)")
        return payment
    }

    private func answer(_ payment: DemoPayment, _ verdict: Verdict, code: String?) async throws {
        guard
            let question = try await stage.app.pending().first(where: { $0.id.text == payment.confirmation })
        else { throw CommandFailure("The code app was not asked about \(payment.id).") }
        for line in question.statement.display { DemoScreen.line("app", line) }
        let status = try await stage.app.answer(
            question, verdict: verdict, matchCode: code.flatMap { MatchCode($0) })
        DemoScreen.line("app", "answers \(verdict.rawValue)\(code.map { " with \($0)" } ?? ""): \(status)")
    }

    /// The receipt, checked with nothing but the published keys.
    private func checkReceipt(_ payment: DemoPayment) async throws {
        let receipt = try await stage.shop.receipt(of: payment)
        let keys = try await WebClient.send("GET", stage.shop.server + "/.well-known/jwks.json")
        let published = try (keys.json.object?["keys"]?.array ?? []).map { try DeviceKey(jwk: $0) }
        _ = try Receipt.verify(receipt, keys: published)
        DemoScreen.line("shop", "has a receipt that the published key verifies")
    }

    private func check(_ payment: DemoPayment, status: String, reason: String = "") throws {
        guard payment.status == status, payment.reason == reason else {
            throw CommandFailure(
                "Expected \(status) \(reason), but \(payment.id) is \(payment.status) \(payment.reason).")
        }
    }

    private func conclude(_ payment: DemoPayment) async throws {
        DemoScreen.outcome(payment)
        for line in try await explain(payment) { DemoScreen.line("trace", line) }
    }
}
