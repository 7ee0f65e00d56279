import Vocabulary
import Lifecycles
import Records

extension Gateway {
    /// An activation code for a new app, shown once. The session was opened by user ID, password and a second
    /// element; here the password is asked for again, and the second element is the one of the session or a
    /// fresh code (SCA-32).
    package func orderActivationCode(
        _ order: ActivationOrder, session: CustomerSession
    ) async throws(Refusal) -> ActivationOrdered {
        guard order.factor != .password else {
            throw Refusal(
                .factorNotAvailable, parameter: "factor",
                detail: "The password is asked for anyway: name key_card, code_token or app.")
        }
        let isProven = try await refusing {
            let stored = try await ledger.storedPassword(of: session.customer)
            guard let check = try await passwordCheck(order.password, stored) else { return false }
            let isRight = try await ledger.submit(
                ChargePassword(check: check, flow: .order, limit: settings.wrongAnswers))
            guard isRight else { return false }
            guard let code = order.code else { return true }
            return try await prove(order.factor, code, of: session.customer)
        }
        guard isProven else { throw Refusal(.proofOfFactorFailed) }
        let opened = order.code == nil ? AuthenticatorKind(order.factor) : nil
        return try await makeActivationCode(
            for: session.customer, origin: .session(session.session, openedWith: opened))
    }

    /// The same on the strength of the session alone, for callers that ask for nothing again.
    package func orderActivationCode(session: CustomerSession) async throws(Refusal) -> ActivationOrdered {
        try await makeActivationCode(
            for: session.customer, origin: .session(session.session, openedWith: nil))
    }

    /// Orders a new key card. The one in use stays good until the new one is printed.
    package func orderKeyCard(session: CustomerSession) async throws(Refusal) -> KeyCardOrdered {
        let ordered = try await refusing {
            try await ledger.submit(OrderKeyCard(customer: session.customer))
        }
        return KeyCardOrdered(id: ordered.id, codesLeft: ordered.codesLeft)
    }

    func makeActivationCode(
        for customer: CustomerID, origin: OrderActivationCode.Origin, by actor: String? = nil
    ) async throws(Refusal) -> ActivationOrdered {
        let code = ActivationCodeText.text(entropy.bytes(10))
        let expiresAt = try await refusing {
            let order = OrderActivationCode(
                customer: customer, codeMAC: activationMAC(code), origin: origin)
            return if let actor {
                try await ledger.submit(Acting(order, by: actor))
            } else {
                try await ledger.submit(order)
            }
        }
        guard let expiresAt else { throw Refusal(origin == .issuer ? .notFound : .proofOfFactorFailed) }
        return ActivationOrdered(activationCode: Redacted(code), expiresAt: expiresAt)
    }

    /// A fresh code beside the password: of the code token, or of the key card for the number that the newest
    /// sign-in asked for. The app gives no codes.
    private func prove(
        _ factor: Factor, _ code: Redacted<String>, of customer: CustomerID
    ) async throws -> Bool {
        switch factor {
        case .codeToken: return try await useCodeToken(code, of: customer)
        case .keyCard:
            guard let challenge = try await ledger.latestKeyCardChallenge(of: customer) else { return false }
            do throws(Refusal) {
                _ = try await completeSignIn(challenge, factor: .keyCard, code: code)
                return true
            } catch {
                guard error.code == .signInFailed else { throw error }
                return false
            }
        case .app, .password: return false
        }
    }

    private func useCodeToken(_ code: Redacted<String>, of customer: CustomerID) async throws -> Bool {
        let token = try await ledger.codeToken(of: customer)
        return try await ledger.submit(
            UseCodeToken(
                customer: customer, step: try tokenStep(code.exposed(), of: customer, token), flow: .order,
                limit: settings.wrongAnswers))
    }
}
