import Decisions
import Foundation
import GRDB
import Lifecycles
import Notation
package import Vocabulary

/// The record line that an order line draws on, with what a hold needs to know.
struct DrawnRecord {
    let orderLine: Int
    let quantity: Int
    let row: PrescriptionRow
    let recordKey: [UInt8]
    let line: PrescribedLine
    let units: Int64
    let relation: RelationID?
    let patientInitials: String
}

extension Transaction {
    /// The facts about records and products of an order, and what would be held if the rules let it through.
    func factsOfPrescriptions(
        _ order: Order, _ known: PharmacyOrder, customer: CustomerID?, replaces: AuthorizationID?
    ) throws -> (facts: PrescriptionFacts, drawn: [DrawnRecord]) {
        let today = LocalDate(now)
        var lines: [OrderLineFacts] = []
        var drawn: [DrawnRecord] = []
        // By the record's key: two versions of one record are the same record here.
        var seen: Set<[UInt8]> = []
        for (position, line) in order.lines.enumerated() where line.isOfInterest {
            // A webshop's own numbers may look like ours and mean something else.
            let product =
                try known.pharmacy == nil
                ? nil : line.productNumber.flatMap { try PriceListReading.product($0, on: today, in: db) }
            var found: DrawnLine?
            if let named = line.prescription {
                let source = try source(named, known, customer: customer, today: today)
                let name = Array(named.line.text.utf8)
                let isTwice = !seen.insert((source?.row.recordKey ?? []) + name).inserted
                found =
                    try source.map {
                        try drawnLine(of: $0, named, isTwice: isTwice, replaces: replaces)
                    } ?? .unknown
                if let source, let product { drawn += hold(of: source, for: line, at: position, product) }
            }
            lines.append(
                OrderLineFacts(position: position, quantity: line.quantity, product: product, drawn: found))
        }
        let all = PrescriptionFacts(
            now: now, today: today, pharmacy: known.pharmacy, payerBirthDate: known.payer?.birthDate,
            guardianUntilAge: known.guardianUntilAge, attestationSeconds: known.attestationSeconds,
            priceList: try known.pharmacy.flatMap { _ in
                try PriceListReading.list(on: today, in: db)?.validFrom
            },
            lines: lines)
        return (all, drawn)
    }

    /// Everything about one named record line.
    private struct Source {
        let row: PrescriptionRow
        let record: KnownRecord
        let line: PrescribedLine?
        let standing: PatientStanding
        let relation: RelationID?
        let isSignerRevoked: Bool
    }

    private func source(
        _ named: PrescriptionLine, _ known: PharmacyOrder, customer: CustomerID?, today: LocalDate
    ) throws -> Source? {
        guard let record = known.records[named.record],
            let found = try PrescriptionRow.find(named.record, in: db)
        else { return nil }
        if let key = found.recordKey { try expireDueHold(on: key, line: named.line.text) }
        let row = try requirePrescription(named.record)
        guard row.filing == record.filing else { throw Rejection.recordChanged }
        let patient = try patient(of: row, known, customer: customer, today: today)
        return Source(
            row: row, record: record, line: record.content?.line(named.line.text),
            standing: patient.standing, relation: patient.relation,
            isSignerRevoked: try row.isSignerRevoked(in: db))
    }

    /// What the payer is to the patient. The order form may name the patient; it must then be the same one.
    private func patient(
        of row: PrescriptionRow, _ known: PharmacyOrder, customer: CustomerID?, today: LocalDate
    ) throws -> (standing: PatientStanding, relation: RelationID?) {
        guard let patient = row.patientHash, let payer = known.payer, payer.customer == customer,
            known.patientHash.map({ constantTimeEquals($0, patient) }) ?? true
        else { return (.stranger, nil) }
        if constantTimeEquals(patient, payer.personNumberHash) { return (.same, nil) }
        let found = try RelationReading.standing(
            holder: payer.customer, patientHash: patient, on: today, in: db)
        return (found.standing, found.relation)
    }

    private func drawnLine(
        of source: Source, _ named: PrescriptionLine, isTwice: Bool, replaces: AuthorizationID?
    ) throws -> DrawnLine {
        guard source.record.flaw == nil, let content = source.record.content else {
            return .flawed(source.record.flaw ?? .rxSignatureInvalid)
        }
        if source.isSignerRevoked { return .flawed(.rxRevoked) }
        let asking = RecordFactsReading.Asking(
            patient: source.standing, revocation: source.record.revocation,
            evidence: source.record.evidence.map { Hex.encode($0) }, exempt: replaces,
            isDrawnTwice: isTwice)
        return .found(
            try RecordFactsReading.facts(
                source.row, content, line: named.line.text, asking, at: time, in: db))
    }

    private func hold(
        of source: Source, for line: OrderLine, at position: Int, _ product: PricedProduct
    ) -> [DrawnRecord] {
        guard let prescribed = source.line, let key = source.row.recordKey else { return [] }
        return [
            DrawnRecord(
                orderLine: position, quantity: line.quantity, row: source.row, recordKey: key,
                line: prescribed, units: Int64(line.quantity) * product.packageSize.thousandths,
                relation: source.relation,
                patientInitials: source.standing == .same
                    ? "" : source.record.content?.patient.initials ?? "")
        ]
    }
}

extension OrderLine {
    /// Goods and medicine have a place in the price list; what names a record or a product is looked at
    /// whatever the shop calls it.
    fileprivate var isOfInterest: Bool {
        kind == .goods || kind == .medicine || prescription != nil || productNumber != nil
    }
}

extension PrescriptionRow {
    /// The status as it is on a day, whether or not anybody wrote the expiry down.
    package func status(on day: LocalDate) -> PrescriptionStatus {
        guard let validTo, day > validTo, [.pending, .open, .partHandedOver].contains(status) else {
            return status
        }
        return .expired
    }
}
