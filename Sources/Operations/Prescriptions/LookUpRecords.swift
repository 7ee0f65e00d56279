import Decisions
package import Lifecycles
import Records
package import Vocabulary

extension Gateway {
    /// A pharmacy asks to see a patient's records. The answer has the same shape whoever was named, and one
    /// that can never succeed only runs out (SCA-09).
    package func startLookup(
        userID: String, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try pharmacy(caller)
        let login = login(userID)
        return try await refusing {
            Answered(
                try await ledger.submit(
                    StartLookup(
                        owner: caller.owner, login: login,
                        decoyNumber: decoyKeyNumber(for: login, typed: userID), payee: caller.merchant.name,
                        terms: ConfirmationTerms(
                            seconds: settings.confirmationSeconds, pushBudget: settings.pushBudget,
                            pushWindowSeconds: settings.pushWindowSeconds),
                        key: identity.requestKey(of: caller.owner))))
        }
    }

    /// A look-up of the caller; for half an hour from its approval with the patient's records, newest first.
    /// Each time they are shown a leaf says so (RX-PRIVACY).
    package func lookup(
        _ id: LookupID, caller: Caller, wait: WaitRequest?
    ) async throws(Refusal) -> PrescriptionLookup {
        try pharmacy(caller)
        if wait == nil { try slowDown("\(caller.key.text) \(id.text)") }
        return try await refusing {
            let found = try await waiting(for: id.text, wait, version: \.version) {
                try await self.lookup(id, of: caller.owner)
            }
            guard found.status == .approved else { return found }
            let listed = try await ledger.submit(ListLookup(id, of: caller.owner))
            return listed.lookup.lookup(
                at: listed.at, records: try listed.records.map { try $0.map(summary) })
        }
    }

    /// A pharmacy with its secret key, not suspended, and on the list of online pharmacies today.
    func pharmacy(_ caller: Caller) throws(Refusal) {
        guard caller.kind == .secret else { throw Refusal(.secretKeyRequired) }
        guard caller.merchant.kind == .pharmacy, caller.merchant.gln != nil, !caller.merchant.isSuspended
        else { throw Refusal(.merchantKindNotAllowed) }
        guard (try? pharmacyFacts(caller))?.isListed == true else {
            throw Refusal(
                .merchantKindNotAllowed,
                detail: "The copy of the list of online pharmacies does not have this pharmacy today.")
        }
    }

    private func lookup(_ id: LookupID, of owner: Owner) async throws -> PrescriptionLookup {
        let time = clock.time()
        let found = try await ledger.read { db in try LookupRow.find(id, of: owner, in: db) }
        guard let found else { throw Refusal(.notFound) }
        return found.lookup(at: time)
    }
}

extension Gateway {
    /// A record as the list shows it; its own id is read from what was signed.
    private func summary(_ found: ListLookup.Record) throws -> PrescriptionSummary {
        let row = found.row
        guard let version = row.version, let validTo = row.validTo else {
            throw LedgerFault.unreadable(table: "prescriptions", id: row.id.text)
        }
        let opened = try found.filing.map { try self.opened(row, $0) }
        return PrescriptionSummary(
            id: row.id, record: opened?.content?.identity.value, version: version, kind: row.kind,
            status: row.status, validTo: validTo)
    }
}
