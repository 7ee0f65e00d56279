package import Lifecycles
package import Vocabulary

/// What an operator looks after before anybody complains (OPS-LISTS).
package struct AuditLists: Sendable, Hashable {
    /// One list, the most pressing first, and whether there is more of it.
    package struct List<Element: Sendable & Hashable>: Sendable, Hashable {
        package let items: [Element]
        package let hasMore: Bool

        init(_ found: [Element], limit: Int = AuditLists.limit) {
            items = Array(found.prefix(limit))
            hasMore = found.count > limit
        }
    }

    /// Items of one list at most.
    package static let limit = 100

    /// Paid for, and not handed over: the oldest first.
    package let notHandedOver: List<Owed>
    /// Handed over for good, and not paid for in full: captured less than asked, or given back.
    package let notCaptured: List<HandedOver>
    /// Approvals that end within a day and are not captured: the next one first.
    package let expiring: List<Expiring>
    /// Merchants whose share of declines rose, the steepest first.
    package let rising: List<Rising>
    /// Merchants with notices that are not delivered.
    package let undelivered: List<Undelivered>
    /// Calls to the acquirer whose outcome nobody knows after its time is over: the oldest first.
    package let unknownOutcomes: List<UnknownOutcome>
    /// Calls to the acquirer that ended so that our books and the bank's may differ: the newest first.
    package let abandoned: List<Abandoned>
}

extension AuditLists {
    /// A hold that is owed.
    package struct Owed: Sendable, Hashable {
        package let authorization: AuthorizationID
        package let merchant: MerchantID
        package let hold: HoldID
        /// When the medicine was ordered.
        package let since: Instant
    }

    /// Medicine that is gone without all of its money.
    package struct HandedOver: Sendable, Hashable {
        package let authorization: AuthorizationID
        package let merchant: MerchantID
        package let money: Money
        package let capturedMinor: Int64
        package let refundedMinor: Int64
        /// The last handover that stands.
        package let handedOverAt: Instant
    }

    /// An approval that soon ends.
    package struct Expiring: Sendable, Hashable {
        package let authorization: AuthorizationID
        package let merchant: MerchantID
        package let money: Money
        package let capturedMinor: Int64
        package let captureBefore: Instant
    }

    /// Declines of a merchant in the last week, against the week before.
    package struct Rising: Sendable, Hashable {
        package let merchant: MerchantID
        package let before: Share
        package let now: Share

        package init(merchant: MerchantID, before: Share, now: Share) {
            self.merchant = merchant
            self.before = before
            self.now = now
        }
    }

    /// How many payments were declined, and how many orders approved.
    package struct Share: Sendable, Hashable {
        package var declined: Int
        package var approved: Int

        package init(declined: Int = 0, approved: Int = 0) {
            self.declined = declined
            self.approved = approved
        }

        /// Declines in thousandths of all ends; 0 when there was none.
        package var permille: Int {
            declined + approved == 0 ? 0 : declined * 1_000 / (declined + approved)
        }
    }

    /// Notices of a merchant that wait, among the latest ones.
    package struct Undelivered: Sendable, Hashable {
        package let merchant: MerchantID
        package let count: Int
        package let oldest: Instant
    }

    /// A call to the acquirer without a known outcome.
    package struct UnknownOutcome: Sendable, Hashable {
        package let intent: IntentID
        package let authorization: AuthorizationID
        package let kind: AcquirerCallKind
        package let amountMinor: Int64
        package let since: Instant
    }
}

extension AuditLists {
    /// A call that was given up, a reversal that the bank refused for good, or a yes under a code that may
    /// mean a part.
    package struct Abandoned: Sendable, Hashable {
        package let intent: IntentID
        package let authorization: AuthorizationID
        package let kind: AcquirerCallKind
        package let money: Money
        package let status: IntentRecord.Status
        package let networkCode: NetworkCode?
        package let endedAt: Instant
    }
}

extension AuditLists.Rising {
    /// Declines in a week that are worth looking at.
    static let leastDeclines = 5
    /// The share must have risen by so many thousandths, and by half of what it was.
    static let leastRise = 50

    /// Whether the share of declines rose enough to be told.
    package var isWorthTelling: Bool {
        let rise = now.permille - before.permille
        return now.declined >= Self.leastDeclines && rise >= Self.leastRise && rise * 2 >= before.permille
    }
}
