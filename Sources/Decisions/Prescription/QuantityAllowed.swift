import Vocabulary

/// No more packages than a handover of the line has, no more units of a substitute, and never more units
/// than a register says are left. All exact.
struct QuantityAllowed: LineRule {
    let name = "quantity"
    let version = 1
    let citation = "RX-QTY; RX-SUBST"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let prescribed = record.line else { return nil }
        let packages = Quantity(line.quantity)
        let size = line.product?.packageSize
        let isSubstitute = line.isSubstitute(for: prescribed)
        let isWithin =
            if isSubstitute {
                units(
                    of: packages, size, fitInto: prescribed.packagesPerHandover,
                    record.prescribed?.packageSize)
            } else {
                packages.map { $0 <= prescribed.packagesPerHandover } ?? false
            }
        let isLeft = record.use.residual.map { units(of: packages, size, fitInto: $0, .one) } ?? true
        return .require(
            line.quantity > 0 && isWithin && isLeft, else: .rxQuantityExceeded,
            RuleInput("packages", .number(line.quantity)),
            RuleInput("packages_per_handover", .amount(prescribed.packagesPerHandover)),
            RuleInput("substitute", .flag(isSubstitute)), RuleInput("package_size", .amount(size)),
            RuleInput("prescribed_size", .amount(record.prescribed?.packageSize)),
            RuleInput("residual", .amount(record.use.residual)))
    }

    /// Whether so many packages of one size hold no more units than so many of another; no when a size is
    /// not known or nothing.
    private func units(
        of packages: Quantity?, _ size: Quantity?, fitInto allowed: Quantity, _ allowedSize: Quantity?
    ) -> Bool {
        guard let packages, let size, let allowedSize, size > .zero else { return false }
        return packages.millionths(times: size) <= allowed.millionths(times: allowedSize)
    }
}
