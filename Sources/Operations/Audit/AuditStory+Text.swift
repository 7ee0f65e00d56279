import Lifecycles
import Notation
import Records
import Vocabulary

extension AuditStory {
    /// The story as a text to be read from the top: the end first, then how it came to it.
    package var text: String {
        var story = StoryText()
        story.add("\(row.id.text)  \(row.status.rawValue)")
        story.add(headline)
        if let erasure { story.add(erasure) }
        story.section("What was asked", askedText)
        story.section("What the app showed", shown.map(Self.text(of:)))
        story.section("What the customer answered", answerText)
        for step in decisions {
            story.section("Decision \(step.stage): \(step.outcome)  \(step.id.text)", Self.text(of: step))
        }
        story.section("Prescriptions", covers.flatMap(Self.text(of:)))
        story.section("Holds and handovers", holdsText)
        story.section("What the acquirer was asked", calls.map { text(of: $0) })
        story.section("What the merchant was told", notices.map(Self.text(of:)))
        story.section("Leaves in the decision log", leaves.map(Self.text(of:)) + [proofText])
        story.section(
            "Looked at before", reads.map { "\($0.time.rfc3339)  by \($0.actor ?? "nobody named")" })
        return story.text
    }

    /// The end in one sentence, with the rule that brought it about.
    package var headline: String {
        guard let reason = row.reason else { return standing }
        let why = "Declined because of \(reason.rawValue): \(reason.detail)"
        guard let (step, rule) = declining else { return why }
        let place = rule.line.map { ", line \($0) of the order" } ?? ""
        let source = rule.citation.map { " following \($0)" } ?? ""
        return why + " By rule \(rule.name) v\(rule.version)\(source), at \(step.stage)\(place)."
    }

    /// That what is personal is gone, and since when; nil while it is there.
    package var erasure: String? {
        guard erasedAt != nil || isOrderErased || decisions.contains(where: \.areInputsErased) else {
            return nil
        }
        let when = erasedAt.map { " on \($0.rfc3339)" } ?? ""
        return "The inputs about the person were erased\(when); what was decided, and its proof, stand."
    }

    private var standing: String {
        switch row.status {
        case .requiresConfirmation: "The customer has been asked and has not answered."
        case .processing: "The customer approved; the acquirer is being asked."
        case .approved: "Approved; may be captured until \(captureBefore?.rfc3339 ?? "a time not known")."
        case .captured: "Approved and captured."
        case .canceled: "Canceled by the merchant or its customer."
        case .expired: "Approved, and not captured in time."
        case .declined: "Declined."
        }
    }

    private var askedText: [String] {
        StoryText.pairs([
            ("when", row.createdAt.rfc3339), ("merchant", row.merchant.text), ("order", row.order),
            ("amount", row.money.danish), ("card", row.card), ("customer", customer?.text),
            ("captured", sums.captured > 0 ? "\(sums.captured) \(row.money.currency) minor" : nil),
            ("refunded", sums.refunded > 0 ? "\(sums.refunded) \(row.money.currency) minor" : nil),
            (
                "question",
                question.map { question in
                    "\(question.id.text) to the code app, as payee \(question.payee); "
                        + "until \(question.expiresAt.rfc3339); \(question.status.rawValue)"
                        + (question.endedAt.map { " at \($0.rfc3339)" } ?? "")
                } ?? "none: it was decided before anybody was asked"
            ),
        ])
            + lines.map { line in
                let price = line.unitAmountMinor.map { " at \($0) minor" } ?? ""
                let what = line.description ?? (line.isPrescribed ? "prescribed, sealed" : "sealed")
                return "line \(line.position)  \(line.kind.rawValue), \(line.quantity)\(price): \(what)"
            }
    }

    private var answerText: [String] {
        var lines = offers.map { offer in
            "\(offer.offeredAt.rfc3339)  \(offer.factor.rawValue) was offered and refused unseen"
        }
        if let answer {
            lines += StoryText.pairs([
                ("verdict", answer.verdict.rawValue), ("when", answer.answeredAt.rfc3339),
                ("device", answer.device.text), ("known by", answer.verifiedBy.rawValue),
                ("certificate", answer.certificate), ("sha-256", Hex.encode(answer.digest)),
                ("signed text", answer.compact),
            ])
        }
        return lines
    }

    private static func text(of shown: ShownText) -> String {
        "\(shown.fetchedAt.rfc3339)  \(shown.device.text)  "
            + String(decoding: shown.statement, as: UTF8.self)
    }

    private func text(of call: AcquirerCall) -> String {
        let code = call.networkCode.map { ", code \($0.text)" } ?? ""
        let end = call.endedAt.map { " at \($0.rfc3339)" } ?? ""
        let advice = call.advice.map { "  — \($0)" } ?? ""
        return
            "\(call.createdAt.rfc3339)  \(call.kind.rawValue) "
            + "\(call.amountMinor) \(row.money.currency) minor: "
            + "\(call.status.rawValue)\(code)\(end)  \(call.id.text), trace \(call.reference.traceNumber), "
            + "reference \(call.reference.retrievalReference)\(advice)"
    }

    private static func text(of notice: ToldNotice) -> String {
        "\(notice.createdAt.rfc3339)  \(notice.type)  "
            + (notice.deliveredAt.map { "delivered \($0.rfc3339)" } ?? "not delivered yet")
    }

    private var proofText: String {
        guard let checkpointSize else { return "No checkpoint has been signed yet." }
        return "The last checkpoint covers \(checkpointSize) leaves."
    }
}
