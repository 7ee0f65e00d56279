import Notation
import Operations
import Vocabulary

extension StoryTelling {
    /// Every decision with its rules: those that declined stand open.
    var rules: StorySection {
        StorySection("rules", words.rules.heading, folds: story.decisions.flatMap(folds))
    }

    /// The rules that said no, and then all rules of the decision.
    private func folds(of step: AuditStory.Step) -> [StorySection.Fold] {
        let all = StorySection.Fold(
            stage(step.stage), state: outcome(step.outcome),
            tone: step.outcome == "declined" ? .bad : .good,
            body: ["\(step.decidedAt.local) – \(step.rules.count) \(words.rules.count)."],
            facts: [
                Fact(words.rules.decision, "", word: step.id.text),
                Fact(words.rules.ruleSet, "", word: Hex.encode(step.ruleSet)),
            ], tables: [table(of: step)])
        return step.rules.filter { $0.verdict == .decline }.map(refusal) + [all]
    }

    /// A rule that said no, with all that it looked at.
    private func refusal(_ rule: AuditStory.RuleStep) -> StorySection.Fold {
        var facts = (rule.inputs + rule.parameters).map { Fact($0.name, $0.value) }
        if let line = rule.line { facts.insert(Fact(words.rules.onLine, String(line)), at: 0) }
        if let source = rule.citation { facts.append(Fact(words.rules.source, source)) }
        return StorySection.Fold(
            rule.name, isOpen: true, state: words.rules.declines, tone: .bad,
            body: [rule.reason?.words(language), rule.areInputsErased ? words.rules.inputsErased : nil]
                .compactMap { $0 },
            facts: facts)
    }

    private func table(of step: AuditStory.Step) -> DataTable {
        DataTable(
            id: "rules-\(step.stage)", caption: "\(words.rules.every): \(stage(step.stage).lowercased())",
            columns: [
                .init(words.rules.rule), .init(words.rules.verdict), .init(words.rules.inputs),
                .init(words.rules.source),
            ],
            rows: step.rules.map { rule in
                [
                    Cell("", word: rule.name, isHead: true),
                    Cell(verdict(rule.verdict), tone: tone(rule.verdict)), Cell(inputs(of: rule)),
                    Cell(rule.citation ?? ""),
                ]
            }, emptyText: columns.none)
    }

    private func inputs(of rule: AuditStory.RuleStep) -> String {
        if rule.areInputsErased { return words.rules.inputsErased }
        let facts = (rule.inputs + rule.parameters).map { "\($0.name): \($0.value)" }.joined(separator: "; ")
        return rule.isPersonal && !facts.isEmpty ? "\(facts) (\(words.rules.personal))" : facts
    }

    private func stage(_ word: String) -> String {
        switch word {
        case "create": words.rules.create
        case "answer": words.rules.answer
        case "result": words.rules.result
        default: word
        }
    }

    private func outcome(_ word: String) -> String {
        switch word {
        case "go_on": words.rules.goOn
        case "approved": words.rules.approved
        case "declined": words.rules.declined
        default: word
        }
    }

    private func verdict(_ verdict: AuditStory.RuleStep.Verdict) -> String {
        switch verdict {
        case .pass: words.rules.passed
        case .notApplicable: words.rules.notApplicable
        case .decline: words.rules.declines
        }
    }

    private func tone(_ verdict: AuditStory.RuleStep.Verdict) -> Tone {
        switch verdict {
        case .pass: .good
        case .notApplicable: .quiet
        case .decline: .bad
        }
    }
}
