package import Lifecycles
package import Vocabulary

/// `POST /v1/confirmations/{id}/attempts`. For a card payment the code is dropped unread (SCA-06); only the
/// question of a look-up looks at it.
package struct FactorOffer: Sendable {
    package let factor: Factor
    package let code: Redacted<String>?

    package init(factor: Factor, code: Redacted<String>? = nil) {
        self.factor = factor
        self.code = code
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
    package let kind: ConfirmationKind
    package let payee: String
    /// Of a card payment.
    package let money: Money?
    /// Only while pending.
    package let matchCode: MatchCode?
    package let expiresAt: Instant
    /// Differs when the page would show something else.
    package let version: Int
    /// Where the shop wants its customer back.
    package let returnURL: String?

    package init(
        id: ConfirmationID, status: ConfirmationStatus, kind: ConfirmationKind, payee: String, money: Money?,
        matchCode: MatchCode?, expiresAt: Instant, version: Int, returnURL: String? = nil
    ) {
        self.id = id
        self.status = status
        self.kind = kind
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
    /// The order in full: what rests under the gateway's seal is opened for its own merchant.
    func order(of authorization: Authorization) -> Order
}
