package import Vocabulary

/// Why an authorization was declined: our reason, and the network's code where a bank refused (PAY-DECLINE).
package struct Decline: Sendable, Hashable {
    package let reason: DeclineReason
    /// ISO 8583 data element 39, when an issuer or acquirer answered with one.
    package let networkCode: NetworkCode?
    /// The line of the order that the decline is about, from 0.
    package let line: Int?
    /// The merchant is a pharmacy that the patient turned to: it may see the reason itself (RX-PRIVACY).
    package let isOpenToPharmacy: Bool
    /// The first day on which the same order would be covered, where time cures it (RX-INTERVAL).
    package let nextFrom: LocalDate?

    package init(
        reason: DeclineReason, networkCode: NetworkCode? = nil, line: Int? = nil,
        isOpenToPharmacy: Bool = false, nextFrom: LocalDate? = nil
    ) {
        self.reason = reason
        self.networkCode = networkCode
        self.line = line
        self.isOpenToPharmacy = isOpenToPharmacy
        self.nextFrom = nextFrom
    }
}

extension Decline {
    /// A decline after the customer was asked. Nobody is asked about a prescription before the patient is
    /// matched at a pharmacy, so that pharmacy may know what ended it.
    package static func afterTheQuestion(
        _ reason: DeclineReason, networkCode: NetworkCode? = nil
    ) -> Decline {
        Decline(
            reason: reason, networkCode: networkCode, isOpenToPharmacy: reason.by == .prescription)
    }
}

/// What the acquirer gave us when it said yes.
package struct Approval: Sendable, Hashable {
    /// ISO 8583 data element 38, six characters.
    package let code: String
    package let at: Instant
    /// After this moment nothing more may be captured (PAY-EXPIRE).
    package let captureBefore: Instant

    package init(code: String, at: Instant, captureBefore: Instant) {
        self.code = code
        self.at = at
        self.captureBefore = captureBefore
    }
}
