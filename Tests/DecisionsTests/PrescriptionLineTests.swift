import Decisions
import Testing
import Vocabulary

/// The rules about what the line of a record covers.
@Suite struct PrescriptionLineTests {
    private func check(
        _ expected: DeclineReason?, _ change: (inout GoodOrder) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var order = GoodOrder()
        change(&order)
        #expect(try order.decision().decline == expected, sourceLocation: sourceLocation)
    }

    @Test func `RX-COVER: a line of the order has a line of the record for itself`() throws {
        try check(.rxNotCovered) { $0.record.hasLine = false }
        try check(.rxNotCovered) { $0.record.isDrawnTwice = true }
        try check(.rxNotCovered) { $0.record.isUrgent = true }
    }

    @Test(
        arguments: [
            (nil, GoodOrder.here, nil), (GoodOrder.here, GoodOrder.here, nil),
            (GoodOrder.elsewhere, GoodOrder.here, .rxNotCovered), (GoodOrder.here, nil, .rxNotCovered),
        ] as [(String?, String?, DeclineReason?)])
    func `RX-MERCHANT: only the pharmacy that the record names may sell it`(
        named: String?, seller: String?, reason: DeclineReason?
    ) throws {
        try check(reason) { ($0.record.pharmacy, $0.pharmacy) = (named, seller) }
    }

    // MARK: The group

    /// Who may prescribe what; nobody's prescription opens a hospital's cupboard.
    static let entitled: [SignerRole: Set<DispensingGroup>] = [
        .doctor: [.a, .aParagraph4, .b], .onCallDoctor: [.a, .aParagraph4, .b], .dentist: [.a, .b],
        .specialist: [.a, .aParagraph4, .aParagraph4Specialist, .b, .specialist], .treatingPharmacist: [.b],
        .register: [.a, .aParagraph4, .aParagraph4Specialist, .b, .specialist],
    ]

    @Test(arguments: SignerRole.allCases, DispensingGroup.allCases)
    func `RX-ROLE: a role prescribes its groups, and BEGR goes to no consumer`(
        role: SignerRole, group: DispensingGroup
    ) throws {
        var order = GoodOrder()
        order.record.role = role
        if role == .register { (order.record.kind, order.record.attestedAt) = (.registry, now) }
        order.line.product?.group = group
        order.record.row?.group = group
        let verdict: RuleVerdict =
            if group == .hospital || group == .aParagraph4Hospital {
                .decline(.rxNotCovered)
            } else if !group.needsPrescription || Self.entitled[role]?.contains(group) == true {
                .pass
            } else {
                .decline(.rxPrescriberNotEntitled)
            }
        #expect(try order.verdict(of: "group-allows") == verdict)
    }

    @Test func `RX-ROLE: nobody but a register signs as a register`() throws {
        try check(.rxPrescriberNotEntitled) { $0.record.role = .register }
    }

    @Test func `RX-GROUP: the group of the prescribed product counts too`() throws {
        try check(.rxNotCovered) { $0.record.row?.group = .hospital }
        try check(.rxPrescriberNotEntitled) { $0.record.row?.group = .specialist }
        try check(.rxGroupSingle) { $0.record.row?.group = .a }
    }

    @Test(
        arguments: [
            (.a, 3, 0, .rxGroupSingle), (.a, 2, 0, .rxGroupSingle), (.a, 1, 0, nil),
            (.a, 1, 1, .rxGroupSingle),
            (.aParagraph4, 3, 0, .rxGroupSingle), (.aParagraph4, 1, 0, nil), (.b, 3, 2, nil),
        ] as [(DispensingGroup, Int, Int, DeclineReason?)])
    func `RX-GROUP: A and A § 4 are handed over once, whatever IterationNumber says`(
        group: DispensingGroup, handovers: Int, used: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { order in
            order.line.product?.group = group
            (order.record.handovers, order.record.used) = (handovers, used)
        }
    }

    // MARK: Another product

    private func substitute(_ order: inout GoodOrder) { order.line.product?.number = "054321" }

    @Test func `RX-SUBST: a product of the same group stands in`() throws {
        try check(nil) { substitute(&$0) }
        #expect(try GoodOrder().verdict(of: "substitution") == .notApplicable)
    }

    static let refused: [@Sendable (inout GoodOrder) -> Void] = [
        { $0.record.isSubstitutionAllowed = false }, { $0.line.product?.substitution = "200" },
        { $0.line.product?.substitution = nil }, { $0.record.row = nil },
        { $0.record.row?.substitution = nil },
        { order in
            order.line.product?.substitution = nil
            order.record.row?.substitution = nil
        },
        { order in
            order.line.product?.substitution = ""
            order.record.row?.substitution = ""
        },
        // The row is another product's than the prescribed.
        { $0.record.row?.number = "099999" },
    ]

    @Test(arguments: refused.indices)
    func `RX-SUBST: not when refused, of another group, or not in the list of the day`(index: Int) throws {
        try check(.rxSubstitutionRefused) { order in
            substitute(&order)
            Self.refused[index](&order)
        }
    }

    @Test(
        arguments: [
            // 2 packages of 50 were prescribed.
            ("100", 1, nil), ("100", 2, .rxQuantityExceeded), ("50", 2, nil), ("50", 3, .rxQuantityExceeded),
            ("25", 4, nil), ("25", 5, .rxQuantityExceeded), ("100.001", 1, .rxQuantityExceeded),
            ("99.999", 1, nil), ("0", 1, .rxQuantityExceeded),
        ] as [(String, Int, DeclineReason?)])
    func `RX-SUBST: another size holds no more units than prescribed`(
        size: String, packages: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { order in
            substitute(&order)
            order.line.product?.size = size
            order.line.quantity = packages
        }
    }

    @Test func `RX-SUBST: another size of another substitution group is refused`() throws {
        try check(.rxSubstitutionRefused) { order in
            substitute(&order)
            order.line.product?.size = "100"
            order.line.product?.substitution = "200"
            order.line.quantity = 1
        }
    }

    // MARK: How much

    @Test(
        arguments: [
            ("2", 2, nil), ("2", 3, .rxQuantityExceeded), ("2.5", 2, nil), ("2.5", 3, .rxQuantityExceeded),
            ("2", 1, nil), ("2", 0, .rxQuantityExceeded), ("2", -1, .rxQuantityExceeded),
            ("0.999", 1, .rxQuantityExceeded), ("1.000", 1, nil), ("9999", 9_999, nil),
            ("9999", 10_000, .rxQuantityExceeded), ("2", .max, .rxQuantityExceeded),
            ("2", .min, .rxQuantityExceeded),
        ] as [(String, Int, DeclineReason?)])
    func `RX-QTY: no more packages than a handover has`(
        allowed: String, packages: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { ($0.record.packages, $0.line.quantity) = (allowed, packages) }
    }

    @Test(
        arguments: [
            ("100", "50", 2, nil), ("99.999", "50", 2, .rxQuantityExceeded),
            ("0", "50", 1, .rxQuantityExceeded),
            // Three tenths are 0.1 + 0.2 and no more.
            ("0.3", "0.1", 3, nil), ("0.299", "0.1", 3, .rxQuantityExceeded), ("0.3", "0.15", 2, nil),
        ] as [(String, String, Int, DeclineReason?)])
    func `RX-QTY: no more units than a register says are left`(
        residual: String, size: String, packages: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { order in
            (order.record.packages, order.record.residual) = ("5", residual)
            order.line.product?.size = size
            order.line.quantity = packages
        }
    }

    @Test func `RX-QTY: a tenth and two tenths of a package are three tenths`() throws {
        let (tenth, two) = (try #require(Quantity("0.1")), try #require(Quantity("0.2")))
        let sum = try #require(tenth.adding(two))
        // 10 packages of 0.3 units are prescribed, 3 of 1 unit are offered: the same, to the millionth.
        try check(nil) { order in
            substitute(&order)
            order.record.packages = "10"
            order.record.row?.size = sum.description
            order.line.product?.size = "1"
            order.line.quantity = 3
        }
        try check(.rxQuantityExceeded) { order in
            substitute(&order)
            order.record.packages = "10"
            order.record.row?.size = sum.description
            order.line.product?.size = "1.001"
            order.line.quantity = 3
        }
    }

    static let drugs: [(signed: [String?], listed: [String?], isCovered: Bool)] = [
        (["28990000801", "H03AA01"], ["28990000801", "H03AA01"], true),
        (["28990000801", nil], ["28990000802", nil], false),
        ([nil, "H03AA01"], [nil, "N02AA05"], false), ([nil, "H03AA"], [nil, "H03AA01"], true),
        ([nil, nil], ["28990000801", "H03AA01"], true), (["28990000801", "H03AA01"], [nil, nil], true),
    ]

    @Test(arguments: drugs.indices)
    func `RX-COVER: a number that the list gives to another drug covers nothing`(index: Int) throws {
        let (signed, listed, isCovered) = Self.drugs[index]
        try check(isCovered ? nil : .rxNotCovered) { order in
            (order.record.drug, order.record.atc) = (signed[0], signed[1])
            order.record.row?.drug = listed[0]
            order.record.row?.atc = listed[1]
        }
    }
}
