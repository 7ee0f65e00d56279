import Decisions
import Testing
import Vocabulary

/// What the rules say of themselves.
@Suite struct RuleBookTests {
    static let settings = RuleSettings(
        pushBudget: 3, prescriptions: PrescriptionSettings(guardianUntilAge: 15, attestationSeconds: 600))

    @Test func `OPS-REPLAY: these rules have parameters, and these are they`() {
        let names = Dictionary(
            uniqueKeysWithValues: RuleBook.rules.filter { !$0.forms.isEmpty }.map {
                ($0.name, $0.forms.map(\.name).sorted())
            })
        #expect(
            names == [
                "amount-within-limit": ["caps"], "push-budget": ["budget"], "buyer-adult": ["adult_age"],
                "age-for-product": ["adult_age"], "attestation-fresh": ["seconds", "skew_seconds"],
                "proxy-stands": ["until_age"],
                "record-valid": ["short_days", "short_roles", "start_months", "valid_years"],
                "group-allows": [
                    "dentist", "doctor", "on_call_doctor", "register", "specialist", "treating_pharmacist",
                ],
            ])
    }

    @Test(arguments: RuleBook.rules.map(\.name))
    func `OPS-REPLAY: the parameters of a configuration have the forms that the rule states`(
        name: String
    ) throws {
        let rule = try #require(RuleBook.rule(named: name))
        let parameters = rule.parameters(under: Self.settings)
        #expect(parameters.names == rule.forms.map(\.name).sorted())
        for form in rule.forms {
            switch (form.kind, try #require(parameters[form.name])) {
            case (.number(let range), .number(let number)): #expect(range.contains(number))
            case (.words(let possible), .words(let words)): #expect(words.isSubset(of: possible))
            case (.amounts, .amounts(let amounts)): #expect(amounts.isEmpty)
            default: #expect(Bool(false), "\(name).\(form.name) has another form")
            }
        }
    }

    @Test func `PAY-TRACE: a decision names the parameters that its facts were judged with`() throws {
        var scene = GoodCreate()
        scene.pushBudget = 7
        scene.order.guardianUntilAge = 12
        scene.order.attestationSeconds = 90
        let settings = RuleSettings(
            pushBudget: 7, prescriptions: PrescriptionSettings(guardianUntilAge: 12, attestationSeconds: 90))
        for entry in try scene.decision().trace {
            let rule = try #require(RuleBook.rule(named: entry.rule))
            #expect(entry.parameters == rule.parameters(under: settings), "\(entry.rule)")
            #expect(entry.isPersonal == rule.isPersonal)
        }
    }

    @Test func `LOG-ERASE: what is about a person, and what is not, is settled for every rule`() {
        let impersonal = RuleBook.rules.filter { !$0.isPersonal }.map(\.name)
        #expect(
            impersonal == [
                "merchant-active", "currency-allowed", "amount-within-limit", "pharmacy-for-medicine",
                "pharmacy-listed", "product-listed", "card-enrolled", "card-not-blocked", "card-not-expired",
                "not-revoked", "verdict-not-reported", "verdict-approves", "payee-unchanged",
                "match-code-right", "answered-card-good", "answered-signers-good", "answered-holds-active",
                "code-app-only", "nothing-withdrawn", "answered-in-time", "acquirer-answered",
                "issuer-approves", "whole-amount-approved", "card-still-good", "signers-still-good",
                "holds-still-stand",
            ])
    }

    @Test func `OPS-REPLAY: the book has every rule of every set once`() {
        let asked =
            RuleSet.create.rules.map(\.name) + RuleSet.answer.rules.map(\.name)
            + RuleSet.ending.rules.map(\.name) + RuleSet.result.rules.map(\.name)
        #expect(RuleBook.rules.map(\.name) == asked)
        #expect(RuleBook.set(asking: "code-app-only")?.map(\.name) == RuleSet.ending.rules.map(\.name))
        #expect(RuleBook.rule(named: "no-such-rule") == nil && RuleBook.set(asking: "no-such-rule") == nil)
    }
}
