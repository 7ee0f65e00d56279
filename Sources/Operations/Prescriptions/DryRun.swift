package import Decisions
package import Proofs
import Records
package import Vocabulary

/// `POST /v1/prescriptions/{id}/verify`: would this be covered, and from when?
package struct DryRunRequest: Sendable, Hashable {
    /// One line to be tried.
    package struct Line: Sendable, Hashable {
        /// The line of the record.
        package let line: String
        package let product: ProductNumber
        /// Packages, from 1.
        package let quantity: Int

        package init(line: String, product: ProductNumber, quantity: Int) {
            self.line = line
            self.product = product
            self.quantity = quantity
        }
    }

    /// Nil: every line of the record, as prescribed.
    package let lines: [Line]?

    package init(lines: [Line]? = nil) { self.lines = lines }
}

/// What a dry run found. Nothing was written but who looked.
package struct DryRun: Sendable {
    package let isAuthentic: Bool
    package let covers: Bool
    package let checks: [AuthenticityCheck]
    /// The rules of the order, as an order of the patient's own would meet them.
    package let decision: Decision
    package let lines: [(line: String, coverage: LineCoverage)]
}

extension Gateway {
    package func dryRun(
        _ id: PrescriptionID, _ request: DryRunRequest, caller: Caller
    ) async throws(Refusal) -> DryRun {
        try await refusing {
            let opened = try await visible(id, to: caller)
            try await ledger.submit(
                RecordLook(subject: id.text, merchant: caller.merchant.id, outcome: "record_verified"))
            let asked = request.lines ?? Self.asPrescribed(opened)
            let facts = try await prescriptionFacts(opened, asked, caller)
            let decision = RuleSet.prescription.decide(facts, at: facts.now)
            return DryRun(
                isAuthentic: opened.isAuthentic,
                covers: opened.isAuthentic && !asked.isEmpty && decision.decline == nil
                    && facts.lines.allSatisfy { $0.product != nil },
                checks: opened.checks, decision: decision,
                lines: zip(asked, facts.lines).compactMap { line, facts in
                    guard case .found(let record) = facts.drawn,
                        let coverage = LineCoverage(of: record, today: LocalDate(clock.now()))
                    else { return nil }
                    return (line.line, coverage)
                })
        }
    }

    private static func asPrescribed(_ opened: OpenedRecord) -> [DryRunRequest.Line] {
        (opened.content?.lines ?? []).map {
            DryRunRequest.Line(
                line: $0.id, product: $0.product.number,
                quantity: max(1, Int($0.packagesPerHandover.thousandths / 1_000)))
        }
    }

    private func prescriptionFacts(
        _ opened: OpenedRecord, _ asked: [DryRunRequest.Line], _ caller: Caller
    ) async throws -> PrescriptionFacts {
        let today = LocalDate(clock.now())
        let records = try await recordFacts(opened, lines: asked.map(\.line))
        let products = try await ledger.read { db in
            try asked.map { try PriceListReading.product($0.product, on: today, in: db) }
        }
        return PrescriptionFacts(
            now: clock.now(), today: today, pharmacy: try pharmacyFacts(caller),
            payerBirthDate: opened.content?.patient.birthDate, guardianUntilAge: settings.guardianUntilAge,
            attestationSeconds: settings.attestationSeconds,
            lines: asked.indices.map { index in
                OrderLineFacts(
                    position: index, quantity: asked[index].quantity, product: products[index],
                    drawn: records.indices.contains(index)
                        ? .found(records[index]) : .flawed(opened.flaw ?? .rxSignatureInvalid))
            })
    }
}

extension OpenedRecord {
    /// The checks of the filing, with what the evidence of now says of the certificate.
    var checks: [AuthenticityCheck] {
        examination.checks(renewedBy: revocation)
    }
}
