extension DeclineReason {
    /// Who refused.
    package var by: DeclineParty { entry.by }

    /// The word that outsiders see: this one, `authentication_unavailable`, or `prescription_not_accepted`.
    package var publicReason: String {
        switch entry.disclosure {
        case .shown: rawValue
        case .unavailable: "authentication_unavailable"
        case .classOnly: "prescription_not_accepted"
        }
    }

    /// The class that goes with `prescription_not_accepted`: record, coverage, person or try_later; else nil.
    package var publicClass: String? {
        guard case .classOnly(let publicClass) = entry.disclosure else { return nil }
        return publicClass.rawValue
    }

    /// Whether a new authorization of the same order may be approved soon.
    package var isRetryable: Bool { entry.advice == .retryLater }

    /// What the shop had better do next.
    package var advice: DeclineAdvice? { entry.advice }

    /// One sentence for the shop; it names no cause where the public reason hides it.
    package var message: String { entry.message }

    /// What went wrong, for operator and patient, and for a pharmacy after the patient was matched.
    package var detail: String { entry.detail }

    /// The requirement that asks for this decline.
    package var requirement: String { entry.requirement }

    /// Who can remove the cause.
    package var whoCanFix: String { entry.fixedBy.rawValue }
}
