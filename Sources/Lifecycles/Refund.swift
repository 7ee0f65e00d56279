package import Vocabulary

/// Money given back; its acquirer call has its own intent under a fixed id (ACQ-ONCE).
package struct Refund: Sendable, Hashable {
    package let id: RefundID
    package let authorization: AuthorizationID
    package let money: Money
    package let reason: PlainText?
    package let status: RefundStatus
    package let createdAt: Instant

    package init(
        id: RefundID, authorization: AuthorizationID, money: Money, reason: PlainText?, status: RefundStatus,
        createdAt: Instant
    ) {
        self.id = id
        self.authorization = authorization
        self.money = money
        self.reason = reason
        self.status = status
        self.createdAt = createdAt
    }
}

/// How far a refund got; pending until the acquirer has answered.
package enum RefundStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case succeeded
    case failed
}
