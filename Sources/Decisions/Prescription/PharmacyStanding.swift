import Vocabulary

/// What must still hold of a pharmacy order while the customer and the bank are asked.
package struct PharmacyStanding: Sendable, Hashable {
    /// The payer is still the patient, or the relation still stands today.
    package let isRelationGood: Bool
    /// Every hold that the order took is active.
    package let areHoldsActive: Bool
    /// Nobody proved since that a record was signed with a revoked certificate.
    package let areSignersGood: Bool

    package init(isRelationGood: Bool, areHoldsActive: Bool, areSignersGood: Bool = true) {
        self.isRelationGood = isRelationGood
        self.areHoldsActive = areHoldsActive
        self.areSignersGood = areSignersGood
    }
}

extension PharmacyStanding {
    /// A guardianship or power of attorney that ended meanwhile ends the order.
    var judgedByRelation: Judgement {
        .require(isRelationGood, else: .rxProxyMissing, RuleInput("relation_good", .flag(isRelationGood)))
    }

    /// A revocation that came to light meanwhile ends the order, as it would have at the start.
    var judgedBySigners: Judgement {
        .require(areSignersGood, else: .rxRevoked, RuleInput("signers_good", .flag(areSignersGood)))
    }

    /// Nothing is sold on a prescription without its hold.
    var judgedByHolds: Judgement {
        .require(areHoldsActive, else: .rxHeldElsewhere, RuleInput("holds_active", .flag(areHoldsActive)))
    }
}
