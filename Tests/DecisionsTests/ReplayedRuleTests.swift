import Decisions
import SeedKit
import Testing
import Vocabulary

/// A rule with parameters says the same of its logged inputs as it said of the facts.
@Suite struct ReplayedRuleTests {
    static let withParameters = RuleBook.rules.filter { !$0.forms.isEmpty }.map(\.name)
    static let orders = 3_000
    static let seed = TestSeed.drawn("OPS-REPLAY, replayed rules")

    // MARK: Random facts

    private func record(_ dice: inout SplitMix) -> GoodRecord {
        var record = GoodRecord()
        record.status = dice.mostly(.open, PrescriptionStatus.allCases)
        record.kind = dice.pick([.prescriber, .registry])
        record.role = dice.pick(SignerRole.allCases)
        record.attestedAt = dice.pick([
            nil, now, now.adding(seconds: -dice.pick([599, 600, 601, 1_199, 1_200, 1_201])),
            now.adding(seconds: dice.pick([299, 300, 301])), now.adding(milliseconds: -600_001),
        ])
        record.issuedOn = dice.pick(["2026-06-01", "2024-11-22", "2024-11-21", "2026-11-15", "2026-11-14"])
        record.from = dice.mostly(nil, ["2026-07-01", "2026-11-23", "2027-01-01"])
        record.to = dice.mostly(nil, ["2026-11-22", "2026-11-21"])
        record.patient = dice.pick([
            .same, .related(.guardian), .related(.powerOfAttorney), .notRelatedNow, .stranger,
        ])
        record.patientBirthDate = dice.pick([
            "1980-05-05", "2011-11-22", "2011-11-23", "2008-11-22", "2027-01-01",
        ])
        record.hasLine = dice.mostly(true, [false])
        record.row = dice.mostly(Row(group: dice.pick(DispensingGroup.allCases)), [nil])
        return record
    }

    private func line(_ dice: inout SplitMix) -> GoodLine {
        GoodLine(
            product: dice.mostly(Row(group: dice.pick(DispensingGroup.allCases)), [nil]),
            drawn: dice.pick([.found, .found, .nothing, .unknown]), record: record(&dice))
    }

    private func scene(_ dice: inout SplitMix) -> GoodCreate {
        var scene = GoodCreate()
        scene.amountMinor = dice.pick([1, 99, 100, 101, 24_900])
        scene.limitMinor = dice.pick([nil, 99, 100, 101, 24_900])
        scene.currency = dice.pick([.dkk, .sek])
        scene.customer = dice.mostly(GoodCustomer(), [nil])
        scene.recentRequests = dice.pick([0, 2, 3, 4, 5])
        scene.order = GoodOrder(lines: (0..<dice.pick([1, 2, 3])).map { _ in line(&dice) })
        scene.order.payerBirthDate = dice.pick([nil, "1980-05-05", "2008-11-22", "2008-11-23", "2005-11-22"])
        return scene
    }

    // MARK: The same parameters

    @Test func `OPS-REPLAY: a rule says of logged inputs what it said of the facts, under its parameters`()
        throws
    {
        var dice = SplitMix(seed: Self.seed)
        var seen: [String: Set<RuleVerdict>] = [:]
        for number in 0..<Self.orders {
            let decision = try scene(&dice).decision()
            for entry in decision.trace where Self.withParameters.contains(entry.rule) {
                let rule = try #require(RuleBook.rule(named: entry.rule))
                let again = try rule.judge(entry.logged, under: entry.parameters)
                #expect(
                    again?.verdict == entry.verdict && again?.line == entry.line,
                    "\(entry.rule), scene \(number) of seed \(Self.seed)")
                #expect(again?.inputs == entry.inputs, "\(entry.rule), seed \(Self.seed)")
                seen[entry.rule, default: []].insert(entry.verdict)
            }
        }
        #expect(seen.keys.sorted() == Self.withParameters.sorted())
        for (rule, verdicts) in seen {
            #expect(verdicts.count >= 3, "\(rule) is judged one way only, seed \(Self.seed)")
        }
    }

    // MARK: Other parameters

    @Test func `OPS-REPLAY: logged inputs under another configuration are judged as the facts would be`()
        throws
    {
        var dice = SplitMix(seed: Self.seed)
        var changed: Set<String> = []
        for number in 0..<Self.orders {
            let then = scene(&dice)
            var other = then
            other.pushBudget = dice.pick([0, 1, 5, 6])
            other.order.guardianUntilAge = dice.pick([0, 14, 16, 18])
            other.order.attestationSeconds = dice.pick([60, 599, 1_200])
            let (old, new) = (try then.decision(), try other.decision())
            for (before, after) in zip(old.trace, new.trace)
            where Self.withParameters.contains(before.rule) {
                let rule = try #require(RuleBook.rule(named: before.rule))
                let again = try rule.judge(before.logged, under: after.parameters)
                #expect(
                    again?.verdict == after.verdict && again?.line == after.line,
                    "\(before.rule), scene \(number) of seed \(Self.seed)")
                if before.verdict != after.verdict { changed.insert(before.rule) }
            }
        }
        #expect(changed == ["push-budget", "proxy-stands", "attestation-fresh"], "seed \(Self.seed)")
    }

    @Test func `OPS-REPLAY: logged inputs under another country's law are judged as the facts would be`()
        throws
    {
        let danish = PrescribingPolicy.danish
        let policy = PrescribingPolicy(
            groups: danish.groups.merging([.dentist: [.b], .register: []]) { $1 }, validYears: 1,
            shortDays: 8, shortRoles: [.dentist], startMonths: 6)
        let other = RuleSet.prescription(under: policy)
        var dice = SplitMix(seed: Self.seed)
        var changed: Set<String> = []
        for number in 0..<Self.orders {
            let facts = try scene(&dice).order.facts()
            let old = RuleSet.prescription.decide(facts, at: now)
            let new = other.decide(facts, at: now)
            for (before, after) in zip(old.trace, new.trace)
            where Self.withParameters.contains(before.rule) {
                let rule = try #require(RuleBook.rule(named: before.rule))
                let again = try rule.judge(before.logged, under: after.parameters)
                #expect(
                    again?.verdict == after.verdict && again?.line == after.line,
                    "\(before.rule), scene \(number) of seed \(Self.seed)")
                if before.verdict != after.verdict { changed.insert(before.rule) }
            }
        }
        #expect(changed == ["record-valid", "group-allows"], "seed \(Self.seed)")
    }

    @Test(
        arguments: [(99, .pass), (100, .pass), (101, .decline(.amountOverLimit))]
            as [(Int64, RuleVerdict)])
    func `OPS-REPLAY: a cap itself is within the cap, and is for its currency only`(
        amount: Int64, expected: RuleVerdict
    ) throws {
        let rule = try #require(RuleBook.rule(named: "amount-within-limit"))
        let caps = RuleParameters(["caps": .amounts(["DKK": 100])])
        for (currency, limit) in [(Currency.dkk, nil), (.dkk, 200), (.sek, nil)] as [(Currency, Int64?)] {
            let scene = GoodCreate(amountMinor: amount, currency: currency, limitMinor: limit)
            let entry = try #require(
                try scene.decision().trace.first { $0.rule == "amount-within-limit" })
            let again = try rule.judge(entry.logged, under: caps)
            #expect(again?.verdict == (currency == .dkk ? expected : .notApplicable))
        }
    }

    @Test(arguments: [(17, .pass), (18, .pass), (19, .decline(.ageRestricted))] as [(Int, RuleVerdict)])
    func `OPS-REPLAY: who is of the other age is of age`(adultAge: Int, expected: RuleVerdict) throws {
        var scene = GoodCreate()
        scene.order = GoodOrder(
            payerBirthDate: "2008-11-22", lines: [GoodLine(product: Row(group: .haAdult), drawn: .nothing)])
        let entry = try #require(try scene.decision().trace.first { $0.rule == "buyer-adult" })
        let rule = try #require(RuleBook.rule(named: "buyer-adult"))
        let again = try rule.judge(entry.logged, under: RuleParameters(["adult_age": .number(adultAge)]))
        #expect(again?.verdict == expected)
    }

    // MARK: What cannot be read

    @Test(arguments: withParameters)
    func `OPS-REPLAY: inputs or parameters that are missing are an error, not a verdict`(name: String) throws
    {
        let rule = try #require(RuleBook.rule(named: name))
        let settings = RuleSettings(
            pushBudget: 3, prescriptions: PrescriptionSettings(guardianUntilAge: 15, attestationSeconds: 600))
        let strange = LoggedInputs([RuleInput("lines[0].strange", .flag(true))])
        #expect(throws: UnreadableTrace.self) {
            try rule.judge(strange, under: rule.parameters(under: settings))
        }
        if name != "group-allows" {
            #expect(throws: UnreadableTrace.self) { try rule.judge(LoggedInputs([]), under: .none) }
        }
    }
}

extension TraceEntry {
    /// The inputs as a trace gives them back: times are words there.
    fileprivate var logged: LoggedInputs { LoggedInputs(inputs.map(\.text)) }
}

extension RuleInput {
    fileprivate var text: RuleInput {
        guard case .time(let time) = value else { return self }
        return RuleInput(name, .word(time.rfc3339))
    }
}
