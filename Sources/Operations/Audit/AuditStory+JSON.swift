package import Notation
import Lifecycles
import Records
import Vocabulary

extension AuditStory {
    /// The story for programs: the same as its text.
    package var json: JSON {
        var object = row.json.object ?? JSONObject()
        object.set("headline", .text(headline))
        if let erasure { object.set("erasure", .text(erasure)) }
        object.set("customer", JSON(customer?.text))
        object.set("captured", .integer(sums.captured))
        object.set("refunded", .integer(sums.refunded))
        object.set("lines", .array(lines.map(\.json)))
        object.set("question", question?.json ?? .null)
        object.set(
            "shown",
            .array(
                shown.map { shown in
                    [
                        "device": .text(shown.device.text), "fetched_at": .text(shown.fetchedAt.rfc3339),
                        "statement": .text(String(decoding: shown.statement, as: UTF8.self)),
                    ]
                }))
        object.set(
            "factors_offered",
            .array(
                offers.map { ["factor": .text($0.factor.rawValue), "at": .text($0.offeredAt.rfc3339)] }))
        object.set("answer", answer?.json ?? .null)
        object.set("declining_rule", declining.map { .text($0.rule.name) } ?? .null)
        object.set("decisions", .array(decisions.map(\.json)))
        object.set("prescriptions", .array(covers.map(\.json)))
        object.set("holds", .array(holds.map(\.auditJSON)))
        object.set("handovers", .array(handovers.map(\.auditJSON)))
        object.set("acquirer", .array(calls.map(\.json)))
        object.set("notices", .array(notices.map(\.json)))
        object.set("leaves", .array(leaves.map(\.json)))
        object.set("read_by", .array(reads.map(\.json)))
        object.set("checkpoint_size", checkpointSize.map { .integer($0) } ?? .null)
        return .object(object)
    }
}

extension AuditRow {
    /// One line of the list for programs.
    package var json: JSON {
        [
            "id": .text(id.text), "created": .text(createdAt.rfc3339), "merchant": .text(merchant.text),
            "order": .text(order), "amount": .integer(money.amountMinor),
            "currency": .text(money.currency.code), "card": .text(card), "status": .text(status.rawValue),
            "reason": JSON(reason?.rawValue), "by": JSON(by?.rawValue),
            "network_code": JSON(networkCode?.text), "factor": .text(factor.rawValue),
        ]
    }
}

extension AuditStory.Line {
    var json: JSON {
        [
            "line": .integer(Int64(position)), "kind": .text(kind.rawValue),
            "quantity": .integer(Int64(quantity)),
            "unit_amount": unitAmountMinor.map { .integer($0) } ?? .null,
            "description": JSON(description), "prescribed": .bool(isPrescribed),
        ]
    }
}

extension AuditStory.Step {
    var json: JSON {
        [
            "id": .text(id.text), "stage": .text(stage), "outcome": .text(outcome),
            "reason": JSON(reason?.rawValue), "at": .text(decidedAt.rfc3339),
            "rule_set": .text(Hex.encode(ruleSet)), "leaf": .integer(entry.position),
            "in_checkpoint": .bool(entry.isProvable), "rules": .array(rules.map(\.json)),
        ]
    }
}

extension AuditStory.RuleStep {
    var json: JSON {
        var object: JSONObject = [
            "rule": .text(name), "version": .integer(Int64(version)), "citation": JSON(citation),
            "verdict": .text(verdict.rawValue), "reason": JSON(reason?.rawValue),
        ]
        if let line { object.set("line", .integer(Int64(line))) }
        if !parameters.isEmpty { object.set("parameters", Self.object(parameters)) }
        object.set("inputs", areInputsErased ? "erased" : areInputsSealed ? "sealed" : Self.object(inputs))
        return .object(object)
    }

    private static func object(_ facts: [AuditStory.Fact]) -> JSON {
        var object = JSONObject()
        for fact in facts { object.set(fact.name, .text(fact.value)) }
        return .object(object)
    }
}

extension AuditStory.Entry {
    var json: JSON {
        [
            "leaf": .integer(position), "kind": .text(kind), "outcome": .text(outcome),
            "at": .text(time.rfc3339), "reason": JSON(reason), "actor": JSON(actor),
            "in_checkpoint": .bool(isProvable),
        ]
    }
}

extension AuditStory.Cover {
    var json: JSON {
        [
            "line": .integer(Int64(position)), "record": .text(record.text), "record_line": .text(line),
            "at_the_decision": then?.json ?? .null, "now": now?.json ?? .null, "next_from": JSON(nextFrom),
            "status": JSON(evidence?.status.rawValue), "flaw": JSON(evidence?.flaw?.rawValue),
            "held_by": JSON(evidence?.heldBy?.text),
            "filings": .array(
                (evidence?.filings ?? []).map { filing in
                    [
                        "number": .integer(Int64(filing.number)),
                        "first_seen": .text(filing.firstSeen.rfc3339),
                        "checks": filing.verdict, "evidence": .array(filing.evidence.map { .text($0) }),
                        "leaf": .integer(filing.leaf),
                    ]
                }),
        ]
    }
}

extension AuditStory.Count {
    var json: JSON {
        [
            "prescribed": .integer(Int64(prescribed)), "handed_over": .integer(Int64(handedOver)),
            "held": .integer(Int64(held)), "left": .integer(Int64(left)),
        ]
    }
}
