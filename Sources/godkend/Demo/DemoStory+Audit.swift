import Notation
import Operations
import Proofs
import Records
import Vocabulary

/// The operator audits: what was declined and why, and a proof for whoever does not believe it.
extension DemoStory {
    /// What the scenes before declined, in their order: the merchant's reference and the reason decided on.
    private static let declines: [(order: String, reason: DeclineReason)] = [
        ("1002", .codeAppRequired), ("1003", .confirmationDenied), ("1004", .matchCodeWrong),
        ("1005", .confirmationExpired), ("1006", .insufficientFunds), ("2002", .rxTooEarly),
        ("2003", .rxAlgorithmRefused), ("2004", .rxSignatureInvalid), ("2005", .rxPrescriberNotEntitled),
        ("2006", .rxPatientMismatch), ("1007", .merchantNotPharmacy),
    ]

    func playAudit() async throws {
        let rows = try await listed()
        let decision = try await explained()
        let (key, checkpoint) = try await proved(decision)
        try verified(holding: checkpoint)
        guard let row = rows.last else { throw CommandFailure("The list of declines is empty.") }
        try tampered(with: row, holding: checkpoint, key: key)
    }

    private func listed() async throws -> [AuditRow] {
        let filter = "status:declined since:1h"
        DemoScreen.scene(14, "The operator asks what was declined")
        DemoScreen.line("operator", "godkend audit declined '\(filter)'")
        let rows = try await auditor.list(filter)
        var table = Table(["created", "merchant", "order", "amount", "card", "reason", "by"])
        table.rows = rows.map {
            [
                $0.createdAt.rfc3339, $0.merchant.text, $0.order, $0.money.danish, $0.card,
                $0.reason?.rawValue ?? "", $0.by?.rawValue ?? "",
            ]
        }
        DemoScreen.block(table.lines(.table))
        let told = Self.declines.reversed().map { "\($0.order) \($0.reason.rawValue)" }
        guard rows.map({ "\($0.order) \($0.reason?.rawValue ?? "")" }) == told else {
            throw CommandFailure("The list of declines is not what the scenes before declined.")
        }
        return rows
    }

    private func explained() async throws -> DecisionID {
        DemoScreen.scene(15, "One of them, rule by rule")
        let filter = "reason:\(DeclineReason.rxTooEarly.rawValue)"
        let rows = try await auditor.list(filter)
        guard rows.count == 1, let row = rows.first else {
            throw CommandFailure("\(filter) finds \(rows.count) payments and not one.")
        }
        DemoScreen.line("operator", "godkend audit explain \(row.id.text)")
        let story = try await auditor.story(of: row.id.text)
        guard let (step, rule) = story.declining, rule.reason == .rxTooEarly, !story.reads.isEmpty else {
            throw CommandFailure("The story does not name the rule that declined, or who looked before.")
        }
        for part in story.text.split(separator: "\n\n") {
            let isShown =
                part.hasPrefix(row.id.text) || part.hasPrefix("Decision") || part.hasPrefix("Leaves")
                || part.hasPrefix("Looked at before")
            guard isShown else { continue }
            for line in part.split(separator: "\n") { DemoScreen.line("", String(line)) }
        }
        return step.id
    }

    private func proved(
        _ decision: DecisionID
    ) async throws -> (key: LogVerificationKey, checkpoint: SignedCheckpoint) {
        DemoScreen.scene(16, "The proof of that decision, for whoever does not believe the operator")
        let proof = try await stage.pharmacy.proof(of: decision.text)
        DemoScreen.line("pharmacy", "GET /log/vkey: \(proof.key)")
        DemoScreen.line(
            "", "GET /v1/decisions/\(decision.text)/leaf: \(proof.leaf.count) bytes, with the hash")
        DemoScreen.line("", "  " + Base64.encode(MerkleHash.leaf(proof.leaf)))
        DemoScreen.line(
            "",
            "GET /v1/decisions/\(decision.text)/proof: leaf \(proof.proof.index), and "
                + "\(proof.proof.hashes.count) hashes on its way to the root")
        let checkpoint = try proof.verify()
        DemoScreen.line("", "they lead to the root \(Base64.encode(checkpoint.root)),")
        DemoScreen.line("", "  which the log's key signed for \(checkpoint.size) leaves")
        guard !proof.holdsForAnotherLeaf else {
            throw CommandFailure("The proof holds for a leaf with another bit.")
        }
        DemoScreen.line("", "with one bit of the leaf changed the proof fails")
        guard proof.published.size >= checkpoint.size else {
            throw CommandFailure("GET /log/checkpoint is older than the proof.")
        }
        DemoScreen.line("", "GET /log/checkpoint, to be kept: \(proof.published.size) leaves")
        return (proof.key, proof.published)
    }

    private func verified(holding checkpoint: SignedCheckpoint) throws {
        DemoScreen.scene(17, "Does the state say what the log says?")
        DemoScreen.line("operator", "godkend audit verify, with the checkpoint that the pharmacy kept")
        let answer = try auditor.verify(holding: checkpoint)
        DemoScreen.block(answer.lines(.table))
        guard answer.report.isClean, answer.report.heldCheckpoints == 1,
            answer.report.coveredSize.map({ $0 >= checkpoint.size }) == true
        else { throw CommandFailure("Log and state of the demo do not agree.") }
    }

    private func tampered(
        with row: AuditRow, holding checkpoint: SignedCheckpoint, key: LogVerificationKey
    ) throws {
        DemoScreen.scene(18, "One byte of a copy of the database is changed")
        try auditor.copyDatabase(to: copy)
        guard auditor.verify(copy: copy, holding: checkpoint, key: key).isClean else {
            throw CommandFailure("The copy is not sound before it is changed.")
        }
        try DemoTampering.change("24900", to: "14900", inRowOf: row.id.text, file: copy)
        DemoScreen.line("somebody", "writes 14900 for 24900 in the order of \(row.id.text)")
        let report = auditor.verify(copy: copy, holding: checkpoint, key: key)
        DemoScreen.line("anybody", "who has the copy, the key and a checkpoint finds")
        for finding in report.findings { DemoScreen.line("", "  \(finding.place): \(finding.meaning)") }
        guard report.findings.contains(where: { $0.place == row.id.text }) else {
            throw CommandFailure("The changed byte was not found.")
        }
    }
}
