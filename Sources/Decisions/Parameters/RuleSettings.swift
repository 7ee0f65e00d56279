/// What the configuration sets for the rules.
package struct RuleSettings: Sendable, Hashable {
    /// Questions that a customer is put within the window (SCA-14).
    package let pushBudget: Int
    package let prescriptions: PrescriptionSettings

    package init(pushBudget: Int, prescriptions: PrescriptionSettings) {
        self.pushBudget = pushBudget
        self.prescriptions = prescriptions
    }
}

/// What the configuration sets for the rules about prescriptions.
package struct PrescriptionSettings: Sendable, Hashable {
    /// How old a child may be, in years, to be served through a guardian: below this age (RX-MINOR).
    package let guardianUntilAge: Int
    /// How long a register's word counts, in seconds.
    package let attestationSeconds: Int

    package init(guardianUntilAge: Int, attestationSeconds: Int) {
        self.guardianUntilAge = guardianUntilAge
        self.attestationSeconds = attestationSeconds
    }
}

extension CreateFacts {
    var settings: RuleSettings {
        RuleSettings(pushBudget: pushBudget, prescriptions: prescriptions.settings)
    }
}

extension PrescriptionFacts {
    var settings: PrescriptionSettings {
        PrescriptionSettings(guardianUntilAge: guardianUntilAge, attestationSeconds: attestationSeconds)
    }
}
