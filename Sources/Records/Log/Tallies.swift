import GRDB
import Lifecycles
import Vocabulary

/// What is counted for the charts, a day and a merchant each (OPS-CHART).
package enum TallyMeasure: String, Sendable, Hashable, CaseIterable {
    /// Declines by reason.
    case reason
    /// Declines by the factor that was used or offered: `app`, `key_card`, `code_token`, `password`, `none`.
    case factor
    /// Declines by the acquirer's network code.
    case networkCode = "network_code"
    /// Orders, each counted once however often it was tried: `tried`, `approved`.
    case orders
    /// Answers of the app by the seconds they took: the upper edge of a step, `5`, `10`, … or `more`.
    case answerSeconds = "answer_seconds"
}

extension Transaction {
    func tally(_ measure: TallyMeasure, _ word: String, of merchant: MerchantID) throws {
        try execute(
            """
            INSERT INTO tallies (day, merchant, measure, word, number) VALUES (?, ?, ?, ?, 1)
            ON CONFLICT (day, merchant, measure, word) DO UPDATE SET number = number + 1
            """,
            [LocalDate(now).description, merchant, measure.rawValue, word])
    }

    /// Counts a change of an authorization: a decline, and whether its order was tried or approved before.
    func tally(_ authorization: Authorization, from before: AuthorizationStatus?) throws {
        let merchant = authorization.merchant
        if before == nil, try isFirst("id <> ?", of: authorization) {
            try tally(.orders, "tried", of: merchant)
        }
        guard authorization.status != before else { return }
        if authorization.status == .approved,
            try isFirst("id <> ? AND approved_at IS NOT NULL", of: authorization)
        {
            try tally(.orders, "approved", of: merchant)
        }
        guard let decline = authorization.decline else { return }
        try tally(.reason, decline.reason.rawValue, of: merchant)
        try tally(.factor, try factor(of: authorization), of: merchant)
        if let code = decline.networkCode { try tally(.networkCode, code.text, of: merchant) }
    }

    /// Counts how long a customer took to answer, in steps of doubling seconds.
    func tallyAnswer(after milliseconds: Int64, of merchant: MerchantID) throws {
        let step = [5, 10, 20, 40, 80, 160, 320].first { milliseconds <= Int64($0) * 1000 }
        try tally(.answerSeconds, step.map(String.init) ?? "more", of: merchant)
    }

    /// Whether no other authorization of the same order is so.
    private func isFirst(_ condition: String, of authorization: Authorization) throws -> Bool {
        let other = try row(
            """
            SELECT 1 FROM authorizations
            WHERE merchant = ? AND is_live = ? AND order_reference = ? AND \(condition) LIMIT 1
            """,
            [
                authorization.merchant, authorization.isLive, authorization.order.reference.text,
                authorization.id,
            ])
        return other == nil
    }

    /// What the customer used or offered.
    private func factor(of authorization: Authorization) throws -> String {
        guard let confirmation = authorization.confirmation?.id else { return "none" }
        let offered = try row(
            "SELECT factor FROM factor_offers WHERE confirmation = ? ORDER BY id DESC", [confirmation])
        if let factor: String = offered?["factor"] { return factor }
        return try row("SELECT 1 FROM answers WHERE confirmation = ?", [confirmation]) == nil ? "none" : "app"
    }
}
