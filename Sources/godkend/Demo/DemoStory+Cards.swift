import Vocabulary

/// Card payments at a webshop.
extension DemoStory {
    func playCards() async throws {
        try await approved()
        try await keyCard()
        try await denied()
        try await wrongCode()
        try await expired()
        try await declinedByIssuer()
    }

    private func approved() async throws {
        DemoScreen.scene(1, "A payment, approved in the code app and captured")
        let payment = try await begin(.book("1001"), at: stage.shop)
        _ = try await answer(payment, .approve, code: payment.matchCode)
        var end = try await stage.shop.outcome(of: payment, atMostSeconds: 25)
        try check(end, status: "approved")
        end = try await stage.shop.capture(end)
        try check(end, status: "captured")
        _ = try await receipt(of: end, at: stage.shop)
        try await conclude(end, at: stage.shop)
    }

    private func keyCard() async throws {
        DemoScreen.scene(2, "The same purchase with a key card: declined before the code is looked at")
        let payment = try await begin(.book("1002"), at: stage.shop)
        DemoScreen.line("page", "offers a code of the printed key card")
        let attempt = try await stage.shop.offerKeyCard(payment, code: stage.keyCardCode)
        guard attempt.reason == "code_app_required" else {
            throw CommandFailure("The key card was answered with \(attempt.status) \(attempt.reason).")
        }
        try await ended(payment, .codeAppRequired)
    }

    private func denied() async throws {
        DemoScreen.scene(3, "Denied in the app")
        let payment = try await begin(.book("1003"), at: stage.shop)
        _ = try await answer(payment, .deny, code: nil)
        try await ended(payment, .confirmationDenied)
    }

    private func wrongCode() async throws {
        DemoScreen.scene(4, "Approved with the wrong match code")
        let payment = try await begin(.book("1004"), at: stage.shop)
        _ = try await answer(payment, .approve, code: payment.matchCode == "11" ? "22" : "11")
        try await ended(payment, .matchCodeWrong)
    }

    private func expired() async throws {
        DemoScreen.scene(5, "Nobody answers for \(confirmationSeconds) seconds")
        let payment = try await begin(.book("1005"), at: stage.shop)
        try await ended(payment, .confirmationExpired, atMostSeconds: confirmationSeconds + 15)
    }

    private func declinedByIssuer() async throws {
        DemoScreen.scene(6, "Approved in the app, declined by the card's issuer")
        let payment = try await begin(.book("1006"), at: stage.shop, with: .insufficientFunds)
        _ = try await answer(payment, .approve, code: payment.matchCode)
        try await ended(payment, .insufficientFunds, atMostSeconds: 25)
    }

    /// The payment is declined for this reason, which the shop sees as it is.
    private func ended(
        _ payment: DemoPayment, _ reason: DeclineReason, atMostSeconds seconds: Int = 10
    ) async throws {
        let end = try await stage.shop.outcome(of: payment, atMostSeconds: seconds)
        try check(end, status: "declined", reason: reason.rawValue)
        try await conclude(end, at: stage.shop, behind: reason)
    }
}
