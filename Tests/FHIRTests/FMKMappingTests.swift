import Decisions
import FHIR
import Foundation
import Notation
import Testing
import Vocabulary

/// The public FMK examples through our bundle and our rules, against a recount by other means.
@Suite(.enabled(if: !FMKExamples.files.isEmpty, FMKExamples.absence))
struct FMKMappingTests {
    @Test func `RX-ID: the FMK examples are all there, with and without handovers`() throws {
        let all = try FMKExamples.prescriptions()
        #expect(all.count >= 37)
        #expect(all.filter { $0.iterations > 1 }.count >= 6)
        #expect(all.filter { !$0.done.isEmpty }.count >= 3)
        #expect(all.filter { !$0.begun.isEmpty }.count >= 3)
        #expect(Set(all.compactMap(\.interval?.unit)) == ["dage", "uger", "måneder"])
    }

    @Test(arguments: try FMKExamples.prescriptions())
    func `RX-ID: a prescription of FMK goes through our bundle unchanged`(fmk: FMKPrescription) throws {
        let content = try fmk.content()
        let json = PrescriptionBundle.json(content)
        let read = try PrescriptionBundle.read(json.written(), kind: .registry)
        #expect(read == content)
        #expect(read.lines[0].product.number.text.utf8.count == 6)
        // A day earlier or later in Copenhagen would be another day of issue.
        #expect(read.issuedOn.description == day(try #require(fmk.instant("AuthorisationDateTime"))))
        #expect(
            json.value(at: "entry[4].resource.dispenseRequest.numberOfRepeatsAllowed")
                == .integer(Int64(fmk.iterations) - 1))
    }

    @Test(arguments: try FMKExamples.prescriptions())
    func `RX-COUNT: handovers used and left agree with a recount of FMK's orders`(
        fmk: FMKPrescription
    ) throws {
        let coverage = try #require(LineCoverage(of: record(of: fmk), today: firstDay(of: fmk)))
        let ends = fmk.done.compactMap { $0["Effectuation"]?["DateTime"]?.word }
        #expect(coverage.prescribed == fmk.iterations)
        #expect(coverage.handedOver == ends.count)
        #expect(coverage.held == fmk.begun.count)
        #expect(coverage.left == max(0, fmk.iterations - ends.count - fmk.begun.count))
        #expect(coverage.nextHandover == (ends.count < fmk.iterations ? ends.count + 1 : nil))
        // Their own summary says the same as their orders.
        #expect(fmk.latest == ends.compactMap { Instant(rfc3339: $0) }.max())
        #expect(fmk.json["Status"]?.word == "åben")
    }

    @Test(arguments: try FMKExamples.prescriptions())
    func `RX-INTERVAL: the first day of the next handover agrees with Foundation's calendar`(
        fmk: FMKPrescription
    ) throws {
        let line = try #require(fmk.content().lines.first)
        let today = try firstDay(of: fmk)
        let coverage = try #require(LineCoverage(of: record(of: fmk), today: today))
        guard fmk.done.count < fmk.iterations else {
            #expect(coverage.nextFrom == nil)
            return
        }
        guard let latest = fmk.latest, let interval = fmk.interval else {
            #expect(coverage.nextFrom == today)
            return
        }
        let units: [String: Calendar.Component] = ["dage": .day, "uger": .weekOfYear, "måneder": .month]
        let unit = try #require(units[interval.unit])
        let start = Date(timeIntervalSince1970: Double(latest.milliseconds) / 1_000)
        let next = try #require(copenhagen.date(byAdding: unit, value: interval.count, to: start))
        #expect(
            coverage.nextFrom?.description
                == day(Instant(milliseconds: Int64(next.timeIntervalSince1970) * 1_000)))
        #expect(line.interval?.firstDay(after: LocalDate(latest)) == coverage.nextFrom)
    }

    @Test(arguments: try FMKExamples.prescriptions())
    func `RX-COUNT: our rules say of a prescription what its orders say`(fmk: FMKPrescription) throws {
        // A free-text product has no row in any price list, so no rule can cover it.
        guard let size = try fmk.content().lines.first?.product.packageSize else { return }
        let day = try LineCoverage(of: record(of: fmk), today: firstDay(of: fmk))?.nextFrom
        if fmk.done.count >= fmk.iterations {
            // One package of two was handed over, and FMK keeps the prescription open for the other. For us a
            // handover that was begun is used: its later parts belong to the pharmacy that began it.
            #expect(try decision(on: fmk, firstDay(of: fmk), size, held: false) == .rxExhausted)
            return
        }
        let first = try #require(day)
        #expect(try decision(on: fmk, first, size, held: false) == nil)
        #expect(try decision(on: fmk, first, size, held: true) == .rxHeldElsewhere)
        let early = try decision(on: fmk, first.adding(days: -1), size, held: false)
        #expect(early == (fmk.done.isEmpty ? .rxNotYetValid : .rxTooEarly))
        let last = try #require(fmk.content().lines.first?.validTo)
        #expect(try decision(on: fmk, last, size, held: false) == nil)
        #expect(try decision(on: fmk, last.adding(days: 1), size, held: false) == .rxExpired)
    }

    @Test func `RX-QTY: what is left in units is counted from FMK's packages`() throws {
        let all = try FMKExamples.prescriptions()
        let left = { (id: String) throws -> String? in
            try all.first { $0.id == id }?.content().lines.first?.history?.residual?.description
        }
        // 4 times 4 packages of 100, 2 handed over; 2 of 20, 1 handed over; 3 times 1 of 20, 1 handed over.
        #expect(try left("495021753450021") == "1400")
        #expect(try left("495022041093021") == "20")
        #expect(try left("495721488257102") == "40")
    }
}

extension FMKMappingTests {
    private var copenhagen: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        if let zone = TimeZone(identifier: "Europe/Copenhagen") { calendar.timeZone = zone }
        return calendar
    }

    /// The day of a moment in Copenhagen by Foundation's calendar.
    private func day(_ instant: Instant) -> String {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
        let parts = copenhagen.dateComponents([.year, .month, .day], from: date)
        let padded = [parts.month, parts.day].map { String(($0 ?? 0) + 100).dropFirst() }
        return "\(parts.year ?? 0)-\(padded[0])-\(padded[1])"
    }

    private func firstDay(of fmk: FMKPrescription) throws -> LocalDate {
        try #require(LocalDate(fmk.json["ValidFromDate"]?.word ?? ""))
    }

    /// The record as it stands for an order on it: the history that the register attests, and who holds it.
    private func record(of fmk: FMKPrescription, held: Bool? = nil) throws -> RecordFacts {
        let content = try fmk.content()
        let line = try #require(content.lines.first)
        let history = try #require(line.history)
        return RecordFacts(
            status: .open, revocation: .good, kind: .registry, role: content.prescriber.role,
            issuedOn: content.issuedOn, attestedAt: content.attestedAt, patient: .same,
            patientBirthDate: content.patient.birthDate, line: line, prescribed: priced(line),
            use: LineUse(
                handedOver: history.handedOver, lastHandover: history.lastHandover,
                residual: history.residual, isHeld: held ?? !fmk.begun.isEmpty),
            isDrawnTwice: false)
    }

    /// The prescribed product as a price list would have it.
    private func priced(_ line: PrescribedLine) -> PricedProduct? {
        line.product.packageSize.map {
            PricedProduct(
                number: line.product.number, drug: line.product.drug, atc: line.product.atc,
                name: line.product.name, packageSize: $0, substitutionGroup: nil, group: .b, priceMinor: 100)
        }
    }

    /// Why an order of one package on a day is declined; nil when it is covered.
    private func decision(
        on fmk: FMKPrescription, _ today: LocalDate, _ size: Quantity, held: Bool
    ) throws -> DeclineReason? {
        let record = try record(of: fmk, held: held)
        let now = try #require(record.attestedAt)
        let order = OrderLineFacts(
            position: 0, quantity: 1, product: record.prescribed, drawn: .found(record))
        let facts = PrescriptionFacts(
            now: now, today: today,
            pharmacy: PharmacyFacts(gln: try #require(GLN("5790000000012")), isListed: true),
            payerBirthDate: record.patientBirthDate, guardianUntilAge: 15, attestationSeconds: 300,
            lines: [order])
        return RuleSet.prescription.decide(facts, at: now).decline
    }
}
