package import Decisions
package import GRDB
package import Vocabulary

/// The facts about one line of an authentic record, read in one place for the decision and for the dry run.
package enum RecordFactsReading {
    /// Who asks about the line, and by what evidence.
    package struct Asking: Sendable {
        package let patient: PatientStanding
        package let revocation: RevocationStanding
        /// SHA-256 of the list or answer that says so, in hexadecimal.
        package let evidence: String?
        /// An authorization whose own hold does not count, because it is being replaced.
        package let exempt: AuthorizationID?
        package let isDrawnTwice: Bool

        package init(
            patient: PatientStanding, revocation: RevocationStanding, evidence: String? = nil,
            exempt: AuthorizationID? = nil, isDrawnTwice: Bool
        ) {
            self.patient = patient
            self.revocation = revocation
            self.evidence = evidence
            self.exempt = exempt
            self.isDrawnTwice = isDrawnTwice
        }
    }

    /// - Parameter name: a line of the record; where it has none of that name, the facts have no line.
    package static func facts(
        _ row: PrescriptionRow, _ content: PrescriptionContent, line name: String, _ asking: Asking,
        at time: ServerTime, in db: Database
    ) throws -> RecordFacts {
        let today = LocalDate(time.now)
        let line = content.line(name)
        var use = LineUse(handedOver: 0, lastHandover: nil, residual: nil, isHeld: false)
        if let line, let key = row.recordKey {
            use = try LineUses.read(
                line, of: row.id, recordKey: key, attestedAt: content.attestedAt, except: asking.exempt,
                at: time, in: db)
        }
        return RecordFacts(
            status: row.status(on: today), revocation: asking.revocation, evidence: asking.evidence,
            kind: row.kind, role: content.prescriber.role, issuedOn: content.issuedOn,
            attestedAt: content.attestedAt, patient: asking.patient,
            patientBirthDate: content.patient.birthDate, line: line,
            prescribed: try line.flatMap {
                try PriceListReading.product($0.product.number, on: today, in: db)
            },
            use: use, isDrawnTwice: asking.isDrawnTwice)
    }
}
