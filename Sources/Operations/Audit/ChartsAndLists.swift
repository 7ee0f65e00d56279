package import Records
package import Vocabulary

extension Gateway {
    /// The counts behind the charts, for days of Copenhagen, both ends included (OPS-CHART). Refused: an end
    /// before the beginning, and more than 366 days.
    package func auditCharts(
        from: LocalDate, to: LocalDate, merchant: MerchantID?
    ) async throws(Refusal) -> AuditCharts {
        let days = from.days(until: to) + 1
        guard days > 0, days <= AuditCharts.mostDays else {
            throw Refusal(
                .parameterInvalid, parameter: "to",
                detail: "The range ends on its first day or later, and has at most 366 days.")
        }
        return try await refusing {
            try await ledger.read { db in
                try AuditCharts.read(from: from, to: to, merchant: merchant, in: db)
            }
        }
    }

    /// What an operator looks after before anybody complains (OPS-LISTS).
    package func auditLists() async throws(Refusal) -> AuditLists {
        let (now, timeout) = (clock.now(), settings.acquirerTimeoutSeconds)
        return try await refusing {
            try await ledger.read { db in try AuditLists.read(at: now, timeoutSeconds: timeout, in: db) }
        }
    }
}
