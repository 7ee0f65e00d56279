package import Lifecycles
import Notation
import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// The questions that wait for a device's customer, each as the exact text that this device will sign.
    package func pendingConfirmations(
        for device: DeviceID
    ) async throws(Refusal) -> [PendingStatement] {
        try await refusing {
            try await ledger.submit(FetchStatements(device: device)).map { pending in
                PendingStatement(
                    id: pending.id, statement: String(decoding: pending.statement, as: UTF8.self),
                    expiresAt: pending.expiresAt)
            }
        }
    }

    /// T2: checks a device's signed answer outside the writer, then lets it decide the question.
    ///
    /// `from` is the device that made the request; an answer signed by another is refused.
    package func answer(
        _ id: ConfirmationID, compact: String, from device: DeviceID
    ) async throws(Refusal) -> FactorAttempt {
        try await refusing {
            let verified = try await verify(compact, for: id, from: device)
            let attempt = try await ledger.submit(
                RecordAnswer(
                    answer: verified.answer, matchCode: presenter.matchCode(id),
                    payeeNow: merchants.merchant(verified.merchant)?.name,
                    terms: AnswerTerms(
                        wrongAnswers: settings.wrongAnswers, reportBlockSeconds: settings.reportBlockSeconds))
            )
            GatewayMeters.answered(attempt)
            return attempt
        }
    }

    private func verify(
        _ compact: String, for id: ConfirmationID, from device: DeviceID
    ) async throws -> (answer: VerifiedAnswer, merchant: MerchantID) {
        let unverified: Proofs.Answer.Unverified
        do throws(ProofRefusal) {
            unverified = try Proofs.Answer.Unverified(compact)
        } catch {
            throw Refusal(.answerMalformed, detail: error.explanation)
        }
        guard unverified.device == device, unverified.confirmation == id else {
            throw Refusal(
                .answerMalformed, detail: "The answer is signed for another device or confirmation.")
        }
        let material = try await ledger.read { db in
            try AnswerMaterial.read(confirmation: id, device: device, in: db)
        }
        guard let material else { throw Refusal(.notFound) }
        do throws(ProofRefusal) {
            let key = try DeviceKey(raw64: material.publicKey)
            let answer = try Proofs.Answer.verify(
                compact, statement: material.statement, key: key, device: device)
            return (answer, material.merchant)
        } catch {
            throw Refusal(.answerMalformed, detail: error.explanation)
        }
    }
}
