package import Lifecycles
package import Vocabulary

/// Which part of a list is asked for, newest first (PAY-LIST).
package struct PageRequest: Sendable, Hashable {
    /// 1 to 100.
    package let limit: Int
    /// The id of the last object of the page before.
    package let startingAfter: String?
    /// The id of the first object of the page after.
    package let endingBefore: String?

    package static let defaultLimit = 10

    package init(limit: Int = Self.defaultLimit, startingAfter: String? = nil, endingBefore: String? = nil) {
        self.limit = limit
        self.startingAfter = startingAfter
        self.endingBefore = endingBefore
    }
}

/// One page of a list, newest first.
package struct Page<Element: Sendable>: Sendable {
    package let items: [Element]
    package let hasMore: Bool

    package init(items: [Element], hasMore: Bool) {
        self.items = items
        self.hasMore = hasMore
    }
}

/// Limits of a value, each of them or none.
package struct Bounds<Value: Sendable & Hashable & Comparable>: Sendable, Hashable {
    package var gte: Value?
    package var gt: Value?
    package var lte: Value?
    package var lt: Value?

    package init(gte: Value? = nil, gt: Value? = nil, lte: Value? = nil, lt: Value? = nil) {
        self.gte = gte
        self.gt = gt
        self.lte = lte
        self.lt = lt
    }

    package func contains(_ value: Value) -> Bool {
        if let gte, value < gte { return false }
        if let gt, value <= gt { return false }
        if let lte, value > lte { return false }
        if let lt, value >= lt { return false }
        return true
    }
}

/// What a merchant looks for among its authorizations (PAY-LIST).
package struct AuthorizationQuery: Sendable, Hashable {
    package var status: AuthorizationStatus?
    /// The public reason, as the merchant knows it: `authentication_unavailable`, not the one behind it.
    package var reason: String?
    package var order: OrderReference?
    package var created: Bounds<Instant>
    /// Minor units.
    package var amount: Bounds<Int64>
    package var page: PageRequest

    package init(
        status: AuthorizationStatus? = nil, reason: String? = nil, order: OrderReference? = nil,
        created: Bounds<Instant> = Bounds(), amount: Bounds<Int64> = Bounds(),
        page: PageRequest = PageRequest()
    ) {
        self.status = status
        self.reason = reason
        self.order = order
        self.created = created
        self.amount = amount
        self.page = page
    }

    /// The reasons that a merchant sees under `reason`; nil when it asked for none.
    package var reasons: Set<DeclineReason>? {
        guard let reason else { return nil }
        return Set(DeclineReason.allCases.filter { $0.publicReason == reason })
    }
}

/// How long a GET may wait for a change, and from which version on (CONTRACT section 3).
package struct WaitRequest: Sendable, Hashable {
    /// 1 to 30.
    package let seconds: Int
    /// The version in `If-None-Match`; nil when the caller knows none, and is then answered at once.
    package let knownVersion: Int?

    package init(seconds: Int, knownVersion: Int?) {
        self.seconds = seconds
        self.knownVersion = knownVersion
    }
}

/// What a POST of a merchant is answered with, as bytes: those of the first answer when it is a replay.
package struct Answered: Sendable, Hashable {
    package let status: Int
    package let body: [UInt8]
    package let isReplay: Bool

    package init(status: Int, body: [UInt8], isReplay: Bool) {
        self.status = status
        self.body = body
        self.isReplay = isReplay
    }
}
