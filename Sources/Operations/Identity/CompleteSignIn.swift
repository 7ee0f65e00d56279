package import Vocabulary
import Notation
import Proofs
package import Records

/// A question in the code app that a sign-in waits for.
package struct SignInQuestion: Sendable, Hashable {
    package let confirmation: ConfirmationID
    /// To be typed in the app.
    package let matchCode: MatchCode
    package let expiresAt: Instant

    package init(confirmation: ConfirmationID, matchCode: MatchCode, expiresAt: Instant) {
        self.confirmation = confirmation
        self.matchCode = matchCode
        self.expiresAt = expiresAt
    }
}

/// How far a sign-in has come.
package enum SignInProgress: Sendable, Hashable {
    case session(SessionStarted)
    /// Ask again until the app has answered.
    case pending(SignInQuestion)
}

extension Gateway {
    /// The second element of a sign-in: a code, or the app.
    ///
    /// With the app, the first call puts the question and later ones look whether it was answered. A code is
    /// tried once; after a wrong one the sign-in is over. Every failure is `sign_in_failed` and nothing more
    /// (SCA-09).
    package func completeSignIn(
        _ id: SignInID, factor: Factor, code: Redacted<String>?, door: SignInDoor = .customer
    ) async throws(Refusal) -> SignInProgress {
        let token = Base64URL.encode(entropy.bytes(32))
        let outcome = try await refusing {
            let session = NewSession(
                id: newID(), tokenDigest: sessionDigest(token))
            let element = try await secondElement(factor, code: code, for: id)
            return try await ledger.submit(
                FinishSignIn(
                    id: id, element: element, session: session, terms: signInTerms, door: door))
        }
        switch outcome {
        case .opened(let expiresAt):
            return .session(SessionStarted(token: Redacted(token), expiresAt: expiresAt))
        case .pending(let asked, let expiresAt):
            let confirmation = asked ?? decoyConfirmation(for: id, expiresAt: expiresAt)
            return .pending(
                SignInQuestion(
                    confirmation: confirmation, matchCode: presenter.matchCode(confirmation),
                    expiresAt: expiresAt))
        case .refused: throw Refusal(.signInFailed)
        }
    }

    private func secondElement(
        _ factor: Factor, code: Redacted<String>?, for id: SignInID
    ) async throws -> SecondElement {
        switch factor {
        case .app: return .app
        case .password:
            throw Refusal(
                .parameterInvalid, parameter: "factor", detail: "Name app, key_card or code_token.")
        case .keyCard, .codeToken: break
        }
        guard let code = code?.exposed() else { throw Refusal(.parameterMissing, parameter: "code") }
        let material = try await ledger.secondElementMaterial(id)
        if factor == .codeToken {
            return .codeToken(step: try tokenStep(code, of: material?.customer, material?.codeToken))
        }
        // For nobody's card the same work is done.
        let card = material?.keyCard ?? newID()
        return .keyCard(mac: keyCardMAC(card: card, number: material?.keyNumber ?? "", code: code))
    }

    /// The time step that a token's code belongs to; nil when it fits none.
    func tokenStep(_ code: String, of customer: CustomerID?, _ token: CodeTokenSecret?) throws -> Int64? {
        guard let customer, let token else { return nil }
        let secret = try keys.open(token.sealed, for: .codeToken(of: customer))
        return OneTimeCode.matchTOTP(code, secret: secret, at: clock.now(), notBefore: token.lastStep)
    }

    /// The look of a question that nobody is asked: the same at every call, as a real one is.
    private func decoyConfirmation(for id: SignInID, expiresAt: Instant) -> ConfirmationID {
        let bytes = keys.fingerprint("decoy-confirmation\n\(id.text)", as: .caller)
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        return ConfirmationID(
            at: expiresAt.adding(seconds: -settings.confirmationSeconds), random: (word(0..<8), word(8..<16)))
    }
}
