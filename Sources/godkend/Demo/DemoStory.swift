import Notation
import Operations
import Proofs
import Vocabulary

/// The demo's scenes, each with the end that is told before it is played.
struct DemoStory {
    let stage: DemoStage
    let auditor: DemoAuditor
    /// Where a copy of the database may be made, to be changed.
    let copy: String
    let confirmationSeconds: Int

    /// Plays every scene; throws at the first one that ends otherwise than told.
    func play() async throws {
        try await playCards()
        try await playPharmacy()
        try await playAudit()
    }

    /// Takes the card and asks for the payment.
    func order(
        _ sale: DemoSale, at shop: DemoShop, with card: DemoCard = .approved
    ) async throws -> DemoPayment {
        let token = try await shop.token(for: card)
        let payment = try await shop.authorize(sale, token: token)
        DemoScreen.line(
            shop.name, "asks for \(Self.kroner(sale.amountMinor)), \(sale.text): \(payment.id)")
        return payment
    }

    /// An order that waits for its customer.
    func begin(
        _ sale: DemoSale, at shop: DemoShop, with card: DemoCard = .approved
    ) async throws -> DemoPayment {
        let payment = try await order(sale, at: shop, with: card)
        try check(payment, status: "requires_confirmation")
        DemoScreen.line("page", "shows the match code \(payment.matchCode)")
        return payment
    }

    /// The customer reads the question in the app and answers it.
    func answer(_ payment: DemoPayment, _ verdict: Verdict, code: String?) async throws -> Statement {
        let pending = try await stage.customer.app.pending()
        guard let question = pending.first(where: { $0.id.text == payment.confirmation }) else {
            throw CommandFailure("The code app was not asked about \(payment.id).")
        }
        DemoScreen.line("app", "shows")
        for line in question.statement.display { DemoScreen.line("", "  " + line) }
        let status = try await stage.customer.app.answer(
            question, verdict: verdict, matchCode: code.flatMap { MatchCode($0) })
        DemoScreen.line("app", "answers \(verdict.rawValue)\(code.map { " with \($0)" } ?? ""): \(status)")
        return question.statement
    }

    /// The receipt, checked with nothing but the published keys.
    func receipt(of payment: DemoPayment, at shop: DemoShop) async throws -> Receipt {
        let receipt = try await shop.receipt(of: payment)
        let keys = try await WebClient.send("GET", shop.server + "/.well-known/jwks.json")
        let published = try (keys.json.object?["keys"]?.array ?? []).map { try DeviceKey(jwk: $0) }
        let read = try Receipt.verify(receipt, keys: published)
        DemoScreen.line(shop.name, "has a receipt that the published key verifies")
        return read
    }

    func check(_ payment: DemoPayment, status: String, reason: String = "") throws {
        guard payment.status == status, payment.reason == reason else {
            let told = reason.isEmpty ? status : "\(status) \(reason)"
            let found = [payment.status, payment.reason].joined(separator: " ")
            throw CommandFailure("Expected \(told), but \(payment.id) is \(found).")
        }
    }

    /// How it ended: what the merchant is told, and what the operator sees. `reason` is the one decided on,
    /// which the merchant may not be told; nil for a payment that went well, whose rules are all named.
    func conclude(_ payment: DemoPayment, at shop: DemoShop, behind reason: DeclineReason? = nil) async throws
    {
        DemoScreen.outcome(payment, seenBy: shop.name)
        let story = try await auditor.story(of: payment.id)
        DemoScreen.line("operator", "sees")
        for line in story.summary(namingAll: reason == nil) { DemoScreen.line("", "  " + line) }
        let decided = story.decisions.compactMap(\.reason).last
        guard decided == reason else {
            throw CommandFailure(
                "Expected the decision \(reason?.rawValue ?? "approved"), but it is "
                    + "\(decided?.rawValue ?? "approved").")
        }
    }

    private static func kroner(_ minor: Int64) -> String {
        (try? Money(amountMinor: minor, currency: .dkk))?.danish ?? "\(minor) øre"
    }
}
