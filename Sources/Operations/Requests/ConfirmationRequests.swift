package import Lifecycles
package import Vocabulary

/// `POST /v1/confirmations/{id}/attempts`. A code that came with it was dropped unread (SCA-06).
package struct FactorOffer: Sendable, Hashable {
    package let factor: Factor

    package init(factor: Factor) {
        self.factor = factor
    }
}

/// Who acts on a confirmation from a shop's page.
package enum PageCaller: Sendable {
    /// The shop's customer, by the token in the page's fragment.
    case page(token: String)
    /// The shop itself, by its secret key.
    case merchant(Caller)
}

/// What the confirmation page may show.
package struct ConfirmationPageView: Sendable, Hashable {
    package let id: ConfirmationID
    package let status: ConfirmationStatus
    package let payee: String
    package let money: Money
    /// Only while pending.
    package let matchCode: MatchCode?
    package let expiresAt: Instant
    /// Differs when the page would show something else.
    package let version: Int
    /// Where the shop wants its customer back.
    package let returnURL: String?

    package init(
        id: ConfirmationID, status: ConfirmationStatus, payee: String, money: Money, matchCode: MatchCode?,
        expiresAt: Instant, version: Int, returnURL: String? = nil
    ) {
        self.id = id
        self.status = status
        self.payee = payee
        self.money = money
        self.matchCode = matchCode
        self.expiresAt = expiresAt
        self.version = version
        self.returnURL = returnURL
    }
}

/// What is derived from a confirmation's id under the gateway's keys when its authorization is shown.
package protocol ConfirmationPresenter: Sendable {
    func matchCode(_ id: ConfirmationID) -> MatchCode
    /// The page's address with the page token in its fragment.
    func pageURL(_ id: ConfirmationID) -> String
}
