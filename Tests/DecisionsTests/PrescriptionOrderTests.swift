import Decisions
import Testing
import Vocabulary

/// The rules of a prescription as a whole: their order, their traces, and what they never let pass.
@Suite struct PrescriptionOrderTests {
    typealias Case = (rule: String, reason: DeclineReason, spoil: @Sendable (inout GoodOrder) -> Void)

    /// Every rule with one thing that it declines, in order of precedence.
    static let objections: [Case] = [
        ("prescription-named", .rxMissing, { $0.line.drawn = .unknown }),
        ("record-authentic", .rxChainUntrusted, { $0.record.flaw = .rxChainUntrusted }),
        ("not-revoked", .rxRevoked, { $0.record.revocation = .revoked }),
        (
            "attestation-fresh", .rxAttestationStale,
            {
                $0.record.kind = .registry
                $0.record.attestedAt = now.adding(seconds: -601)
            }
        ),
        ("patient-matches", .rxPatientMismatch, { $0.record.patient = .stranger }),
        ("proxy-stands", .rxProxyMissing, { $0.record.patient = .notRelatedNow }),
        ("record-not-canceled", .rxCanceled, { $0.record.status = .canceled }),
        ("record-valid", .rxExpired, { $0.record.to = "2026-11-21" }),
        ("line-covers", .rxNotCovered, { $0.record.isDrawnTwice = true }),
        ("group-allows", .rxPrescriberNotEntitled, { $0.line.product?.group = .specialist }),
        ("group-single", .rxGroupSingle, { $0.line.product?.group = .a }),
        (
            "substitution", .rxSubstitutionRefused,
            {
                $0.line.product?.number = "054321"
                $0.record.isSubstitutionAllowed = false
            }
        ),
        ("quantity", .rxQuantityExceeded, { $0.line.quantity = 3 }),
        ("handovers-left", .rxExhausted, { $0.record.used = 4 }),
        ("interval-over", .rxTooEarly, { $0.record.last = "2026-11-21" }),
        ("not-held", .rxHeldElsewhere, { $0.record.isHeld = true }),
        (
            "age-for-product", .rxAge,
            {
                $0.line.product?.group = .haAdult
                $0.payerBirthDate = "2010-01-01"
            }
        ),
    ]

    @Test func `RX-COVER: an order with nothing against it is covered`() throws {
        let decision = try GoodOrder().decision()
        #expect(decision.decline == nil)
        #expect(decision.passed("patient-matches") && decision.passed("handovers-left"))
    }

    @Test func `RX-CATALOGUE: the rules of a prescription stand in this order`() {
        #expect(RuleSet.prescription.rules.map(\.name) == Self.objections.map(\.rule))
        #expect(RuleSet.prescription.rules.allSatisfy { !$0.citation.isEmpty && $0.version > 0 })
    }

    @Test(arguments: objections.indices)
    func `RX-CATALOGUE: with all objections from one on, that one gives the reason`(index: Int) throws {
        var alone = GoodOrder()
        Self.objections[index].spoil(&alone)
        let decision = try alone.decision()
        #expect(decision.decline == Self.objections[index].reason)
        #expect(decision.declinedLine == 0)
        var together = GoodOrder()
        for later in Self.objections[index...].reversed() { later.spoil(&together) }
        #expect(try together.decision().decline == Self.objections[index].reason)
    }

    @Test(arguments: 0..<5)
    func `RX-COVER: one uncovered line of five declines the whole order and is named`(place: Int) throws {
        var order = GoodOrder(lines: Array(repeating: GoodLine(), count: 5))
        order.lines[place].drawn = .nothing
        let decision = try order.decision()
        #expect(decision.decline == .rxMissing)
        #expect(decision.declinedLine == place)
        #expect(decision.trace.first?.line == place)
    }

    @Test func `RX-COVER: of two declined lines the first is named, and all are looked at`() throws {
        var order = GoodOrder(lines: Array(repeating: GoodLine(), count: 4))
        order.lines[1].record.isHeld = true
        order.lines[2].record.isHeld = true
        let entry = try #require(try order.decision().trace.first { $0.rule == "not-held" })
        #expect(entry.line == 1)
        #expect(entry.inputs.map(\.name) == (0..<4).map { "lines[\($0)].held" })
    }

    @Test func `RX-COVER: what needs no prescription is not concerned by the rules about records`() throws {
        var order = GoodOrder()
        order.line.drawn = .nothing
        order.line.product?.group = .ha
        let decision = try order.decision()
        #expect(decision.decline == nil)
        #expect(decision.trace.map(\.verdict) == [.pass] + Array(repeating: .notApplicable, count: 16))
    }

    // MARK: Traces

    @Test func `PAY-TRACE: a prescription rule that judged shows what it looked at, each once`() throws {
        for objection in Self.objections {
            var order = GoodOrder(lines: [GoodLine(), GoodLine()])
            objection.spoil(&order)
            for entry in try order.decision().trace where entry.verdict != .notApplicable {
                #expect(!entry.inputs.isEmpty, "\(entry.rule)")
                #expect(Set(entry.inputs.map(\.name)).count == entry.inputs.count, "\(entry.rule)")
            }
        }
    }

    @Test func `RX-PRIVACY: no input names a product, a pharmacy or a birth date`() throws {
        let secrets = [
            "012345", "054321", "Examplin", GoodOrder.here, GoodOrder.elsewhere, "1980-05-05", "2010-01-01",
        ]
        for objection in Self.objections {
            var order = GoodOrder()
            order.record.pharmacy = GoodOrder.elsewhere
            objection.spoil(&order)
            for input in try order.decision().trace.flatMap(\.inputs) {
                if case .word(let word) = input.value { #expect(!secrets.contains(word), "\(input.name)") }
            }
        }
    }

    // MARK: What is not known

    /// One fact each that nobody knows.
    static let unknowns: [@Sendable (inout GoodOrder) -> Void] = [
        { $0.line.product = nil }, { $0.line.drawn = .unknown }, { $0.line.drawn = .nothing },
        { $0.record.hasLine = false }, { $0.record.revocation = .unknown }, { $0.record.kind = .registry },
        { $0.record.patient = .stranger }, { $0.record.last = nil },
        { order in
            order.record.pharmacy = GoodOrder.here
            order.pharmacy = nil
        },
        { order in
            order.line.product?.number = "054321"
            order.record.row = nil
        },
        { order in
            order.line.product?.number = "054321"
            order.line.product?.substitution = nil
            order.record.row?.substitution = nil
        },
        { order in
            order.line.product?.group = .haAdult
            order.payerBirthDate = nil
        },
    ]

    @Test(arguments: unknowns.indices)
    func `RX-CATALOGUE: what is not known is never let pass`(index: Int) throws {
        var order = GoodOrder()
        Self.unknowns[index](&order)
        #expect(try order.decision().decline != nil)
    }

    @Test func `RX-PRIVACY: an order that draws on nothing matches no patient`() throws {
        #expect(try !GoodOrder(lines: []).decision().passed("patient-matches"))
    }

    @Test func `PAY-TRACE: a rule about a part keeps its name and does not apply without the part`() throws {
        let rule = PartRule<PrescriptionFacts?, PrescriptionFacts>(PharmacyListed()) { $0 }
        #expect((rule.name, rule.version) == ("pharmacy-listed", 1))
        #expect(!rule.citation.isEmpty)
        let facts = try GoodOrder(isListed: false).facts()
        #expect(rule.judge(facts) == PharmacyListed().judge(facts))
        #expect(rule.judge(nil).verdict == .notApplicable)
    }
}
