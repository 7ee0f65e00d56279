import Lifecycles
package import Records
package import Vocabulary

extension Gateway {
    /// Reads a filter as an operator writes it.
    ///
    /// - Returns: the filter, or what is wrong with the text and where.
    package func auditFilter(_ text: String) async throws(Refusal) -> Result<AuditFilter, FilterFlaw> {
        let merchants = try await auditMerchants()
        let now = clock.now()
        return Result { () throws(FilterFlaw) in
            try AuditFilter(parsing: text, now: now, merchants: merchants)
        }
    }

    /// Every merchant that has a file, or had one when it asked for a payment; by id.
    package func auditMerchants() async throws(Refusal) -> [MerchantID] {
        let recorded = try await refusing { try await ledger.read { db in try AuditList.merchants(in: db) } }
        return Set(recorded + merchants.all.map(\.id)).sorted()
    }

    /// One page of what an operator looks for, newest first (OPS-FIND). A search for a customer or a record
    /// needs the role auditor and is written down; every other list needs a viewer.
    package func auditList(
        _ filter: AuditFilter, page: PageRequest, by actor: Actor
    ) async throws(Refusal) -> AuditPage {
        let personal = filter.subjects.filter(\.isPersonal).map(\.text).sorted()
        try await demand(personal.isEmpty ? .viewer : .auditor, of: actor, for: personal.first ?? "list")
        let (keyset, now) = (KeysetPage(page), clock.now())
        return try await refusing {
            let found = try await ledger.read { db in try AuditList.page(filter, keyset, now: now, in: db) }
            for subject in personal {
                _ = try await ledger.submit(
                    RecordOperatorRead(
                        actor: actor.text, subject: subject, outcome: "listed",
                        particulars: Array(filter.canonicalText.utf8)))
            }
            return found
        }
    }
}
