import Vocabulary

/// A prescription in words, for its owner. The CPR number is masked; the rest is not.
enum PrescriptionText {
    static func lines(_ content: PrescriptionContent) -> [String] {
        var lines = [
            "record      \(content.identity.value) (\(content.identity.system.rawValue)), "
                + "version \(content.version), \(content.kind.rawValue)",
            "issued      \(content.issuedOn), \(content.issuedAt)",
        ]
        if let attested = content.attestedAt { lines.append("attested    \(attested)") }
        let patient = content.patient
        let prescriber = content.prescriber
        lines.append("patient     \(patient.name.exposed()), \(patient.personNumber)")
        lines.append(
            "prescriber  \(prescriber.authorisation), \(prescriber.role.rawValue)"
                + (prescriber.organisation.map { ", \($0)" } ?? ""))
        return lines + content.lines.flatMap(Self.lines)
    }

    private static func lines(_ line: PrescribedLine) -> [String] {
        let product = line.product
        var lines = ["line \(line.id)", "  product   \(product.number) \(product.name)"]
        let codes = [
            product.atc.map { "ATC \($0)" }, product.drug.map { "DrugID \($0)" },
            product.packageSize.map { "package of \($0)" }, product.group.map { "group \($0.rawValue)" },
        ].compactMap(\.self)
        if !codes.isEmpty { lines.append("            " + codes.joined(separator: ", ")) }
        lines.append("  handover  \(handovers(line))")
        lines.append("  valid     \(validity(line))")
        lines.append("  substitution \(line.isSubstitutionAllowed ? "allowed" : "not allowed")")
        if line.isUrgentWithoutPayment { lines.append("  urgent, without payment") }
        if let pharmacy = line.pharmacy { lines.append("  pharmacy  \(pharmacy) only") }
        if let dosage = line.dosage { lines.append("  dosage    \(dosage)") }
        if let indication = line.indication { lines.append("  for       \(indication)") }
        if let replaces = line.replaces { lines.append("  replaces  \(replaces.value)") }
        if let history = line.history { lines.append("  history   \(text(history))") }
        return lines
    }

    private static func handovers(_ line: PrescribedLine) -> String {
        let often = line.handovers == 1 ? "once" : "\(line.handovers) times"
        let interval = line.interval.map { ", \($0.count) \($0.unit.rawValue) between" } ?? ""
        return "packages \(line.packagesPerHandover), \(often)\(interval)"
    }

    private static func validity(_ line: PrescribedLine) -> String {
        let from = line.validFrom.map { "\($0)" } ?? "the day of issue"
        return "\(from) to " + (line.validTo.map { "\($0)" } ?? "the end of the rule's time")
    }

    private static func text(_ history: AttestedHistory) -> String {
        let last = history.lastHandover.map { ", last on \($0)" } ?? ""
        return "handed over \(history.handedOver)\(last)"
            + (history.residual.map { ", \($0) units left" } ?? "")
    }
}
