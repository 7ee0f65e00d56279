import Vocabulary

/// The lines of the specimen records.
enum SpecimenLines {
    static func of(_ name: SpecimenCase, issuedOn day: LocalDate) throws -> [PrescribedLine] {
        var draft = LineDraft(product: .ordinary)
        switch name {
        case .good: (draft.handovers, draft.interval) = (4, HandoverInterval(3, .months))
        case .repeat1, .repeat2, .repeat3, .repeat4:
            draft.handovers = [.repeat1: 1, .repeat2: 2, .repeat3: 3][name] ?? 4
            draft.interval = draft.handovers > 1 ? HandoverInterval(1, .months) : nil
        case .severalLines: return try several()
        case .substitutionAllowed, .substitutionForbidden:
            draft.product = .substitutable
            draft.isSubstitutionAllowed = name == .substitutionAllowed
            draft.packages = 2
        case .partHandover: draft.packages = 3
        case .dentist: draft.product = .antibiotic
        case .specialist: draft.product = .specialist
        case .minor: draft.product = .chewable
        case .designatedPharmacy: draft.pharmacy = SpecimenContent.pharmacy
        case .paragraph4: draft.product = .paragraph4
        case .groupAThreeHandovers:
            (draft.product, draft.handovers) = (.antibiotic, 3)
            draft.interval = HandoverInterval(2, .weeks)
        case .hospitalOnly: draft.product = .hospital
        case .notYetValid: draft.validFrom = day.adding(months: 1)
        case .urgent: draft.isUrgent = true
        case .attestation1: draft.attest(0, nil)
        case .attestation2: draft.attest(1, day.adding(days: 30))
        case .attestation3: draft.attest(2, day.adding(days: 60))
        case .expired: draft.attest(1, day.adding(days: 30))
        default: break
        }
        return [try draft.line("1")]
    }

    private static func several() throws -> [PrescribedLine] {
        var first = LineDraft(product: .ordinary)
        (first.handovers, first.interval) = (3, HandoverInterval(30, .days))
        var second = LineDraft(product: .substitutable)
        (second.packages, second.handovers, second.interval) = (2, 2, HandoverInterval(8, .weeks))
        let third = LineDraft(product: .antibiotic)
        return [try first.line("1"), try second.line("2"), try third.line("3")]
    }
}

/// A line before it is whole.
private struct LineDraft {
    var product: SpecimenProduct
    var packages = 1
    var handovers = 1
    var interval: HandoverInterval?
    var validFrom: LocalDate?
    var pharmacy: String?
    var isSubstitutionAllowed = true
    var isUrgent = false
    var history: AttestedHistory?

    init(product: SpecimenProduct) {
        self.product = product
    }

    /// Four handovers in all, so many of them made.
    mutating func attest(_ handedOver: Int, _ last: LocalDate?) {
        handovers = 4
        let residual = Quantity((handovers - handedOver) * product.size)
        history = AttestedHistory(handedOver: handedOver, lastHandover: last, residual: residual)
    }

    func line(_ id: String) throws -> PrescribedLine {
        guard let quantity = Quantity(packages) else { throw SpecimenFlaw.badContent(id) }
        return PrescribedLine(
            id: id, product: try product.content(), packagesPerHandover: quantity, handovers: handovers,
            interval: interval, validFrom: validFrom, pharmacy: pharmacy.flatMap { GLN($0) },
            isSubstitutionAllowed: isSubstitutionAllowed, isUrgentWithoutPayment: isUrgent,
            dosage: product.dosage, indication: product.indication, history: history)
    }
}
