import Notation
import Proofs
import Records
import Vocabulary

extension Gateway {
    /// Writes a leaf for each part of the configuration that differs from the last one in force: settings,
    /// rules with their parameters, merchants. A server does this before it takes requests.
    ///
    /// In live mode other rules than those in force are refused, unless two administrators agreed on them.
    package func recordConfiguration() async throws(Refusal) {
        try await refusing {
            let rules = try Digest.sha256(RuleSetDocument.current(under: settings).canonical())
            let outcome = try await ledger.submit(RecordRules(hash: rules, needsApproval: settings.isLive))
            guard outcome != .notApproved else {
                throw Refusal(.twoPeopleNeeded, detail: Self.rulesNotApproved)
            }
            let parts = [
                ("settings", try Digest.sha256(settings.document.canonical())),
                ("merchants", Self.digest(of: merchants.all)),
            ]
            for (subject, digest) in parts {
                _ = try await ledger.submit(
                    RecordConfigurationChange(
                        subject: subject, outcome: "\(subject)_in_force", digest: digest, onlyIfNew: true))
            }
        }
    }
}

extension Gateway {
    private static let rulesNotApproved = """
        The rules, or their parameters, are not those that were in force. In live mode two administrators \
        agree on them first: start with the old configuration, ask with `godkend operator request-rules` \
        under the new one, and have another administrator approve it with `godkend operator approve`.
        """
}

extension Settings {
    /// What is in force, for its digest in the log. Addresses are left out that change with every start.
    fileprivate var document: JSON {
        var days = JSONObject()
        for (brand, number) in authorizationDays.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            days.set(brand.rawValue, .integer(Int64(number)))
        }
        return [
            "acquirer.kind": .text(acquirerKind.rawValue),
            "acquirer.timeout_seconds": .integer(Int64(acquirerTimeoutSeconds)),
            "authorization.ttl_days": .object(days),
            "confirmation.ttl_seconds": .integer(Int64(confirmationSeconds)),
            "confirmation.wrong_answers": .integer(Int64(wrongAnswers)),
            "enrolment.hold_seconds": .integer(Int64(enrolmentHoldSeconds)),
            "guardian.until_age": .integer(Int64(guardianUntilAge)),
            "clock.jump_seconds": .integer(clockTerms.jumpMilliseconds / 1_000),
            "clock.confirm_seconds": .integer(clockTerms.confirmMilliseconds / 1_000),
            "idempotency.keep_days": .integer(Int64(idempotencyDays)),
            "keycard.reorder_at": .integer(Int64(keyCardReorderAt)),
            "log.origin": .text(logOrigin), "mode": isLive ? "live" : "test",
            "push.budget": .integer(Int64(pushBudget)),
            "push.window_seconds": .integer(Int64(pushWindowSeconds)),
            "registry.attestation_seconds": .integer(Int64(attestationSeconds)),
            "report.block_seconds": .integer(Int64(reportBlockSeconds)),
        ]
    }
}
