package import Vocabulary

/// Everything that decides what an acquirer's answer leads to.
package struct ResultFacts: Sendable, Hashable {
    package let askedMinor: Int64
    package let result: AcquirerResult
    /// The answer came within the time that we wait.
    package let isInTime: Bool
    /// The device that approved may still confirm.
    package let isDeviceGood: Bool
    /// The issuer blocked the card while the bank was asked.
    package let isCardBlocked: Bool
    package let customer: CustomerFacts
    /// Nil when the order draws on no prescription.
    package let pharmacy: PharmacyStanding?

    package init(
        askedMinor: Int64, result: AcquirerResult, isInTime: Bool = true, isDeviceGood: Bool,
        isCardBlocked: Bool = false, customer: CustomerFacts, pharmacy: PharmacyStanding? = nil
    ) {
        self.askedMinor = askedMinor
        self.result = result
        self.isInTime = isInTime
        self.isDeviceGood = isDeviceGood
        self.isCardBlocked = isCardBlocked
        self.customer = customer
        self.pharmacy = pharmacy
    }
}

/// The acquirer's answer as the rules see it.
package enum AcquirerResult: Sendable, Hashable {
    case approved(approvedMinor: Int64)
    case declined(NetworkCode)
    /// An answer that says that something was approved, and is no approval of what was asked.
    case unusable(NetworkCode)
    /// Nothing was ever sent, for this reason.
    case neverSent(DeclineReason)
    /// No answer within the time we wait; the bank may have said yes.
    case silent
}

extension RuleSet<ResultFacts> {
    package static let result = RuleSet([
        AcquirerAnswered(), IssuerApproves(), WholeAmountApproved(), CustomerStillGood(), CardStillGood(),
        SignersStillGood(), RelationStillStands(), HoldsStillStand(),
    ])
}
