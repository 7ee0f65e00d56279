package import Vocabulary

/// An id that leads to authorizations: whatever has one may be searched for.
package enum AuditSubject: Sendable, Hashable {
    case authorization(AuthorizationID)
    case decision(DecisionID)
    case confirmation(ConfirmationID)
    case hold(HoldID)
    case handover(HandoverID)
    case refund(RefundID)
    case intent(IntentID)
    case event(EventID)
    case prescription(PrescriptionID)
    case customer(CustomerID)

    /// The beginnings of the ids that can be searched for.
    package static let prefixes = [
        "auth_", "dec_", "cnf_", "hold_", "hnd_", "ref_", "int_", "evt_", "prx_", "cus_",
    ]

    /// Reads an id; nil when it is none of these kinds or not exactly as written by this gateway.
    package init?(_ text: String) {
        guard let found = Self.readers.lazy.compactMap({ $0(text) }).first else { return nil }
        self = found
    }

    private static let readers: [@Sendable (String) -> AuditSubject?] = [
        { AuthorizationID($0).map { .authorization($0) } }, { DecisionID($0).map { .decision($0) } },
        { ConfirmationID($0).map { .confirmation($0) } }, { HoldID($0).map { .hold($0) } },
        { HandoverID($0).map { .handover($0) } }, { RefundID($0).map { .refund($0) } },
        { IntentID($0).map { .intent($0) } }, { EventID($0).map { .event($0) } },
        { PrescriptionID($0).map { .prescription($0) } }, { CustomerID($0).map { .customer($0) } },
    ]

    package var text: String {
        switch self {
        case .authorization(let id): id.text
        case .decision(let id): id.text
        case .confirmation(let id): id.text
        case .hold(let id): id.text
        case .handover(let id): id.text
        case .refund(let id): id.text
        case .intent(let id): id.text
        case .event(let id): id.text
        case .prescription(let id): id.text
        case .customer(let id): id.text
        }
    }

    /// Whether looking for it says something about one person: such a search is written down.
    package var isPersonal: Bool {
        switch self {
        case .customer, .prescription: true
        case .authorization, .decision, .confirmation, .hold, .handover, .refund, .intent, .event: false
        }
    }
}
