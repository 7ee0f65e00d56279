import Notation
import Vocabulary

extension BundleEntries {
    /// One line. `kind` decides whether it may tell of earlier handovers.
    func readLine(_ request: Element, kind: SignerKind) throws(FHIRError) -> PrescribedLine {
        try checkStanding(of: request)
        let dispense = try request.require(request.child("dispenseRequest"), "dispenseRequest")
            .known(.dispenseRequest)
        let validity = try readValidity(dispense)
        let urgent = try request.extensionOfOurs(.urgent)?.bool(OurExtension.urgent.member)
        return PrescribedLine(
            id: try request.onlyIdentifierValue(),
            product: try readProduct(of: request),
            packagesPerHandover: try readPackages(dispense),
            // Absent is no repeat: one handover in all (RX-COUNT).
            handovers: (try dispense.integer("numberOfRepeatsAllowed", 0...998) ?? 0) + 1,
            interval: try readInterval(dispense),
            validFrom: validity.from, validTo: validity.to,
            pharmacy: try readPharmacy(dispense),
            isSubstitutionAllowed: try readSubstitution(request),
            isUrgentWithoutPayment: urgent ?? false,
            dosage: try readDosage(request),
            indication: try request.onlyChild("reasonCode")?.known(.concept).shownText("text", maximum: 300),
            replaces: try readReplaced(request),
            history: try readHistory(request, kind: kind))
    }

    private func checkStanding(of request: Element) throws(FHIRError) {
        guard try request.require(request.text("status"), "status") == "active" else {
            throw request.error(.badValue, "status", "Only an active request can be read.")
        }
        guard try request.require(request.text("intent"), "intent") == "order" else {
            throw request.error(.badValue, "intent", "Only an order can be read.")
        }
        try request.mustBe(false, "doNotPerform")
        try request.mustBe(false, "reportedBoolean")
        try check("subject", of: request, leadsTo: [patient])
        try check("requester", of: request, leadsTo: [practitioner, practitionerRole])
        _ = try contained(in: request)
    }

    /// A number of packages. A unit that says something else, tablets for example, is refused: it would be
    /// taken for so many packages.
    private func readPackages(_ dispense: Element) throws(FHIRError) -> Quantity {
        let quantity = try dispense.require(dispense.child("quantity"), "quantity")
        let value = try quantity.positiveValue(maximum: 9_999)
        guard try quantity.text("unit") ?? "package" == "package" else {
            throw quantity.error(.unknownCode, "unit", "Count packages: give the unit package, or none.")
        }
        guard try quantity.text("code") ?? "{package}" == "{package}" else {
            throw quantity.error(.unknownCode, "code", "Count packages: give the code {package}, or none.")
        }
        return value
    }

    private func readInterval(_ dispense: Element) throws(FHIRError) -> HandoverInterval? {
        guard let duration = try dispense.child("dispenseInterval")?.known(.quantity) else { return nil }
        guard try duration.require(duration.text("system"), "system") == CodeSystem.ucum else {
            throw duration.error(.unknownCode, "system", "Give the system \(CodeSystem.ucum).")
        }
        let unit: IntervalUnit
        switch try duration.require(duration.text("code"), "code") {
        case "d": unit = .days
        case "wk": unit = .weeks
        case "mo": unit = .months
        default: throw duration.error(.unknownCode, "code", "Give the unit d, wk or mo.")
        }
        let value = try duration.require(duration.decimal("value"), "value")
        let (count, rest) = value.thousandths.quotientAndRemainder(dividingBy: 1_000)
        guard rest == 0, let interval = HandoverInterval(Int(count), unit) else {
            throw duration.error(.badValue, "value", "Give a whole number from 1 to 999.")
        }
        return interval
    }

    private func readValidity(_ dispense: Element) throws(FHIRError) -> (from: LocalDate?, to: LocalDate?) {
        guard let period = try dispense.child("validityPeriod")?.known(.period) else { return (nil, nil) }
        let (from, to) = (try period.date("start"), try period.date("end"))
        if let from, let to, to < from {
            throw period.error(.disagreement, "end", "Give an end that is not before the start.")
        }
        return (from, to)
    }

    private func readPharmacy(_ dispense: Element) throws(FHIRError) -> GLN? {
        guard let performer = try dispense.child("performer")?.known(.reference) else { return nil }
        guard performer.object["reference"] == nil else {
            throw performer.error(.unknownElement, "reference", "Name the pharmacy by its identifier alone.")
        }
        let identifier = try performer.require(performer.child("identifier"), "identifier")
            .currentIdentifier()
        guard try identifier.require(identifier.text("system"), "system") == CodeSystem.gln else {
            throw identifier.error(.unknownCode, "system", "Give the system \(CodeSystem.gln).")
        }
        guard let gln = GLN(try identifier.require(identifier.text("value"), "value")) else {
            throw identifier.error(
                .badValue, "value", "Give a GLN: thirteen digits, the last one a check digit.")
        }
        return gln
    }

    /// Nobody guesses whether a substitute was allowed: the record says so.
    private func readSubstitution(_ request: Element) throws(FHIRError) -> Bool {
        let substitution = try request.require(request.child("substitution"), "substitution")
            .known(.substitution)
        return try substitution.require(substitution.bool("allowedBoolean"), "allowedBoolean")
    }

    private func readDosage(_ request: Element) throws(FHIRError) -> String? {
        guard let dosage = try request.onlyChild("dosageInstruction")?.known(.dosage) else { return nil }
        return try dosage.require(dosage.shownText("text", maximum: 1_000), "text")
    }

    private func readReplaced(_ request: Element) throws(FHIRError) -> RecordIdentity? {
        guard let prior = try request.child("priorPrescription")?.known(.reference) else { return nil }
        return try prior.require(prior.child("identifier"), "identifier").recordIdentity()
    }
}
