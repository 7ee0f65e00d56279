package import Records
package import Vocabulary
import Proofs

/// That somebody may act for another, as it is filed at the issuer's desk.
package struct NewRelation: Sendable {
    package let kind: RelationKind
    package let patient: PersonNumber
    package let holder: CustomerID
    /// First day; nil for today.
    package let from: LocalDate?
    /// Last day; nil for what is usual for the kind.
    package let to: LocalDate?
    /// False: it is only requested, and covers nothing until it is approved.
    package let isApproved: Bool

    package init(
        kind: RelationKind, patient: PersonNumber, holder: CustomerID, from: LocalDate?, to: LocalDate?,
        isApproved: Bool
    ) {
        self.kind = kind
        self.patient = patient
        self.holder = holder
        self.from = from
        self.to = to
        self.isApproved = isApproved
    }
}

extension Issuer {
    /// A power of attorney is given for two years, as in the national register, unless its end is named.
    static let powerOfAttorneyYears = 2
    /// Nobody is the guardian of somebody who is of age.
    static let fullAge = 18

    /// Files a relation. Of the patient only the keyed hash of the CPR number is kept.
    package func addRelation(_ new: NewRelation) async throws(Refusal) -> RelationRecord {
        let days = try days(of: new)
        let id: RelationID = gateway.newID()
        let hash = gateway.keys.fingerprint(new.patient.exposed(), as: .personNumber)
        let outcome = try await gateway.refusing {
            try await submit(
                AddRelation(
                    id: id, kind: new.kind, patientHash: hash, holder: new.holder, days: days,
                    isApproved: new.isApproved))
        }
        switch outcome {
        case .added: return try await relation(id)
        case .holderUnknown: throw Refusal(.notFound)
        case .holderIsPatient:
            throw Refusal(
                .parameterInvalid, parameter: "holder",
                detail: "Holder and patient are the same person; no relation is needed.")
        }
    }

    package func approveRelation(_ id: RelationID) async throws(Refusal) -> RelationRecord {
        try await change(id) { try await submit(ApproveRelation(id)) }
    }

    /// Ends a relation at once.
    package func revokeRelation(_ id: RelationID) async throws(Refusal) -> RelationRecord {
        try await change(id) { try await submit(RevokeRelation(id)) }
    }

    /// All relations that a customer holds or held, newest first.
    package func relations(of holder: CustomerID) async throws(Refusal) -> [RelationRecord] {
        try await gateway.refusing {
            guard try await gateway.ledger.customer(holder) != nil else { throw Refusal(.notFound) }
            return try await gateway.ledger.relations(of: holder)
        }
    }

    private func change(
        _ id: RelationID, _ body: () async throws -> RelationChange
    ) async throws(Refusal) -> RelationRecord {
        let change = try await gateway.refusing(body)
        switch change {
        case .done: return try await relation(id)
        case .unknown: throw Refusal(.notFound)
        case .over:
            throw Refusal(
                .parameterInvalid, parameter: "relation",
                detail: "The relation was revoked and does not come back; add a new one.")
        }
    }

    private func relation(_ id: RelationID) async throws(Refusal) -> RelationRecord {
        let found = try await gateway.refusing { try await gateway.ledger.relation(id) }
        guard let found else { throw Refusal(.notFound) }
        return found
    }

    private func days(of new: NewRelation) throws(Refusal) -> ClosedRange<LocalDate> {
        let from = new.from ?? LocalDate(gateway.clock.now())
        let to = new.to ?? usualEnd(of: new, from: from)
        guard new.kind != .guardian || to < new.patient.birthDate.birthday(Self.fullAge) else {
            throw Refusal(
                .parameterInvalid, parameter: "to",
                detail: "A guardian's last day is at most the day before the child's 18th birthday.")
        }
        guard from <= to else {
            let detail =
                new.kind == .guardian && new.to == nil
                ? "The child is too old for a guardian: see guardian.until_age."
                : "The last day lies before the first."
            throw Refusal(.parameterInvalid, parameter: "to", detail: detail)
        }
        return from...to
    }

    private func usualEnd(of new: NewRelation, from: LocalDate) -> LocalDate {
        switch new.kind {
        case .guardian:
            new.patient.birthDate.birthday(gateway.settings.guardianUntilAge).adding(days: -1)
        case .powerOfAttorney: from.adding(years: Self.powerOfAttorneyYears).adding(days: -1)
        }
    }
}

extension LocalDate {
    /// The day on which somebody born on this day completes so many years: who is born on 29 February does so
    /// on 1 March of a common year.
    fileprivate func birthday(_ years: Int) -> LocalDate {
        let day = adding(years: years)
        return age(on: day) < years ? day.adding(days: 1) : day
    }
}
