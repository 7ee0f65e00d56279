import Vocabulary

/// What must still hold of a pharmacy order while the customer and the bank are asked.
package struct PharmacyStanding: Sendable, Hashable {
    /// The payer is still the patient, or the relation still stands today.
    package let isRelationGood: Bool
    /// Every hold that the order took is active.
    package let areHoldsActive: Bool

    package init(isRelationGood: Bool, areHoldsActive: Bool) {
        self.isRelationGood = isRelationGood
        self.areHoldsActive = areHoldsActive
    }
}

extension PharmacyStanding {
    /// A guardianship or power of attorney that ended meanwhile ends the order.
    var judgedByRelation: Judgement {
        .require(isRelationGood, else: .rxProxyMissing, RuleInput("relation_good", .flag(isRelationGood)))
    }

    /// Nothing is sold on a prescription without its hold.
    var judgedByHolds: Judgement {
        .require(areHoldsActive, else: .rxHeldElsewhere, RuleInput("holds_active", .flag(areHoldsActive)))
    }
}
