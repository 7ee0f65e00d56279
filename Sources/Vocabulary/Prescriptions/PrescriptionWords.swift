// Closed lists of words about prescriptions, with the raw values of the wire and of the records.

/// Who vouches for a record.
package enum SignerKind: String, CaseIterable, Hashable, Sendable {
    /// Somebody who may prescribe, with a personal certificate.
    case prescriber
    /// A pinned register that attests an open prescription for some minutes.
    case registry
}

/// The role of a signer: `title` in the certificate, and the prescriber's qualification in the record.
package enum SignerRole: String, CaseIterable, Hashable, Sendable {
    case doctor, dentist, specialist
    case onCallDoctor = "on_call_doctor"
    /// *Behandlerfarmaceut*.
    case treatingPharmacist = "treating_pharmacist"
    case register
}

/// *Udleveringsgruppe*: who may hand a medicine to whom, as the Danish Medicines Agency writes it.
///
/// A group that is not in this list is not sold here.
package enum DispensingGroup: String, CaseIterable, Hashable, Sendable {
    /// On prescription, one handover.
    case a = "A"
    /// On prescription under § 4 of the order on euphoriants: the strictest.
    case aParagraph4 = "AP4"
    /// § 4, and only from hospitals or certain specialists.
    case aParagraph4Specialist = "AP4NB"
    /// § 4, hospitals only.
    case aParagraph4Hospital = "AP4BG"
    /// On prescription, several handovers.
    case b = "B"
    /// Only to hospitals or when a certain specialist prescribes.
    case specialist = "NBS"
    /// Hospitals only.
    case hospital = "BEGR"
    /// Pharmacies, no prescription.
    case ha = "HA"
    case haAdult = "HA18"
    /// Other shops too.
    case hf = "HF"
    case hv = "HV"
    /// In small packages only, pharmacies and other shops.
    case hx = "HX"
    case hxAdult = "HX18"

    package var needsPrescription: Bool {
        switch self {
        case .a, .aParagraph4, .aParagraph4Specialist, .aParagraph4Hospital, .b, .specialist, .hospital: true
        case .ha, .haAdult, .hf, .hv, .hx, .hxAdult: false
        }
    }

    /// § 4: what no merchant may be eased for (RX-REV-DOWN).
    package var isParagraph4: Bool {
        switch self {
        case .aParagraph4, .aParagraph4Specialist, .aParagraph4Hospital: true
        default: false
        }
    }

    /// One handover however many the prescription says (RX-GROUP).
    package var isHandedOverOnce: Bool { self == .a || isParagraph4 }

    /// Never sold to a consumer.
    package var isHospitalOnly: Bool { self == .hospital || self == .aParagraph4Hospital }

    /// Prescribed by specialists only.
    package var isSpecialistOnly: Bool { self == .specialist || self == .aParagraph4Specialist }

    /// The buyer must be 18.
    package var isAdultOnly: Bool { self == .haAdult || self == .hxAdult }
}

/// The states of a record as everybody may see them.
package enum PrescriptionStatus: String, CaseIterable, Hashable, Sendable {
    /// Sound, but nothing fresh says whether the certificate was revoked.
    case pending
    case open
    case partHandedOver = "part_handed_over"
    case closed
    case cancelPending = "cancel_pending"
    case canceled
    /// Not authentic.
    case invalid
    case expired

    /// The states that are never left.
    package var isTerminal: Bool { self == .canceled || self == .invalid }

    /// Sound, and its certificates were found good when somebody looked; it may be over by now.
    package var isAuthentic: Bool { self != .invalid && self != .pending }
}

/// The states of a hold (CONTRACT section 7).
package enum HoldStatus: String, CaseIterable, Hashable, Sendable {
    /// Ends with the confirmation.
    case reserved
    /// From approval; ends with the authorization.
    case firm
    /// From the first capture; ends by handover or release, by no timer.
    case owed
    case released
    case expired
    /// Handed over, whole or final.
    case consumed

    package var isActive: Bool { self == .reserved || self == .firm || self == .owed }
}

/// Why somebody may draw on another person's prescription.
package enum RelationKind: String, CaseIterable, Hashable, Sendable {
    /// Of a child under the age that the configuration sets (RX-MINOR).
    case guardian
    /// *Fuldmagt* (RX-PROXY).
    case powerOfAttorney = "power_of_attorney"
}

/// The states of a relation.
package enum RelationStatus: String, CaseIterable, Hashable, Sendable {
    case requested, approved, revoked
}

/// The unit of the interval between two handovers.
package enum IntervalUnit: String, CaseIterable, Hashable, Sendable {
    case days, weeks, months
}

/// The shortest time between two handovers, counted by the calendar (RX-INTERVAL).
package struct HandoverInterval: Hashable, Sendable {
    /// 1 to 999.
    package let count: Int
    package let unit: IntervalUnit

    package init?(_ count: Int, _ unit: IntervalUnit) {
        guard (1...999).contains(count) else { return nil }
        self.count = count
        self.unit = unit
    }

    /// The first day on which the next handover is allowed: 31 January plus a month is 28 or 29 February.
    package func firstDay(after last: LocalDate) -> LocalDate {
        switch unit {
        case .days: last.adding(days: count)
        case .weeks: last.adding(days: count * 7)
        case .months: last.adding(months: count)
        }
    }
}
