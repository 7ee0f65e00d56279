package import Lifecycles
package import Vocabulary

/// What an operator looks for among all authorizations (OPS-FIND). Terms go together; the values of one term
/// are alternatives; an empty term asks nothing.
package struct AuditFilter: Sendable, Hashable {
    /// Ids of what an authorization has to do with; all of them.
    package var subjects: Set<AuditSubject> = []
    package var statuses: Set<AuthorizationStatus> = []
    package var reasons: Set<DeclineReason> = []
    /// Who refused.
    package var parties: Set<DeclineParty> = []
    /// As written: whole ids or beginnings of one.
    package var merchantWords: Set<String> = []
    /// The merchants that the words mean.
    package var merchants: Set<MerchantID> = []
    package var orders: Set<OrderReference> = []
    /// Last four digits.
    package var cards: Set<String> = []
    package var amounts: Set<AmountBound> = []
    package var currencies: Set<Currency> = []
    package var since: AuditMoment?
    package var until: AuditMoment?
    /// What the acquirer or the issuer answered.
    package var codes: Set<NetworkCode> = []
    package var factors: Set<AuditFactor> = []

    package init() {}

    /// Everything that was declined: what an empty text means.
    package static var declined: AuditFilter {
        var filter = AuditFilter()
        filter.statuses = [.declined]
        return filter
    }

    /// The reasons that may pass: named ones, those of the parties, and what the factors lead to; nil when
    /// every authorization may, declined or not.
    package var possibleReasons: Set<DeclineReason>? {
        var found: Set<DeclineReason>?
        func narrow(_ other: Set<DeclineReason>) { found = found.map { $0.intersection(other) } ?? other }
        if !reasons.isEmpty { narrow(reasons) }
        if !parties.isEmpty { narrow(Set(DeclineReason.allCases.filter { parties.contains($0.by) })) }
        // Another factor than the app is refused whatever else is wrong (SCA-06).
        if !factors.isEmpty, factors.isDisjoint(with: [.app, .none]) { narrow([.codeAppRequired]) }
        return found
    }
}

/// A comparison of the amount, in minor units.
package struct AmountBound: Sendable, Hashable {
    /// How the amount stands to the bound.
    package enum Relation: String, Sendable, Hashable, CaseIterable {
        case above = ">"
        case atLeast = ">="
        case below = "<"
        case atMost = "<="
        case equal = ":"
    }

    package let relation: Relation
    package let minor: Int64

    package init(_ relation: Relation, minor: Int64) {
        self.relation = relation
        self.minor = minor
    }

    package func holds(for amount: Int64) -> Bool {
        switch relation {
        case .above: amount > minor
        case .atLeast: amount >= minor
        case .below: amount < minor
        case .atMost: amount <= minor
        case .equal: amount == minor
        }
    }
}

/// The factor that was used or offered for a payment; `none` where nobody got so far.
package enum AuditFactor: String, Sendable, Hashable, CaseIterable {
    case app
    case keyCard = "key_card"
    case codeToken = "code_token"
    case password
    case none
}
