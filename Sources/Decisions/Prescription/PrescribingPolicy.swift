package import Vocabulary

/// What the law leaves to a country: who prescribes what, and for how long a prescription is good.
package struct PrescribingPolicy: Sendable, Hashable {
    /// The groups that a role may prescribe. What needs no prescription anybody here may prescribe.
    package let groups: [SignerRole: Set<DispensingGroup>]
    /// Calendar years from the day of issue.
    package let validYears: Int
    /// Days from the day of issue, for the roles that prescribe for the moment only.
    package let shortDays: Int
    package let shortRoles: Set<SignerRole>
    /// How many calendar months after the issue a prescription may start at the latest.
    package let startMonths: Int

    package init(
        groups: [SignerRole: Set<DispensingGroup>], validYears: Int, shortDays: Int,
        shortRoles: Set<SignerRole>, startMonths: Int
    ) {
        self.groups = groups
        self.validYears = validYears
        self.shortDays = shortDays
        self.shortRoles = shortRoles
        self.startMonths = startMonths
    }

    /// The Danish order on prescriptions (BEK 776/2022 sections 1 and 6, BEK 827/2024 section 13). BEK
    /// 776/2022, 661/2023 and 827/2024 are versions of it; a rule cites the one that its words are from.
    ///
    /// Section 1: doctors and dentists prescribe; treating pharmacists only have something handed over again,
    /// so nothing that is handed over once. Section 6: NB-S and A § 4-NB-S are for certain specialists, BEGR
    /// for hospitals. Section 13: 2 years, or 7 days after the issue by a doctor on call or a treating
    /// pharmacist; a start within 3 months. That a dentist prescribes nothing under § 4 is our own caution.
    /// Where the register itself signs as prescriber, it vouches for the role.
    package static let danish = PrescribingPolicy(
        groups: [
            .doctor: [.a, .aParagraph4, .b],
            .onCallDoctor: [.a, .aParagraph4, .b],
            .specialist: [.a, .aParagraph4, .aParagraph4Specialist, .b, .specialist],
            .dentist: [.a, .b],
            .treatingPharmacist: [.b],
            .register: [.a, .aParagraph4, .aParagraph4Specialist, .b, .specialist],
        ],
        validYears: 2, shortDays: 7, shortRoles: [.onCallDoctor, .treatingPharmacist], startMonths: 3)
}
