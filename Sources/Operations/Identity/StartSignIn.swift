package import Vocabulary
import Proofs
import Records

extension Gateway {
    /// The first element of a sign-in: user ID and password.
    ///
    /// Whatever was wrong, the answer has the same shape and took the same work; which element was wrong is
    /// never said (SCA-09).
    package func startSignIn(
        userID: String, password: Redacted<String>
    ) async throws(Refusal) -> SignInStarted {
        let started = try await refusing {
            let login = login(userID)
            let stored = try await login.asyncMap { try await ledger.storedPassword($0) } ?? nil
            let check = try await passwordCheck(password, stored)
            return try await ledger.submit(
                Records.StartSignIn(
                    check: check, decoyNumber: decoyKeyNumber(for: login, typed: userID), terms: signInTerms))
        }
        return SignInStarted(
            id: started.id,
            challenges: [
                SignInChallenge(factor: .app, keyNumber: nil),
                SignInChallenge(factor: .keyCard, keyNumber: started.keyNumber),
                SignInChallenge(factor: .codeToken, keyNumber: nil),
            ])
    }

    /// Compares a password with the stored one, or does the same work for nobody.
    func passwordCheck(
        _ password: Redacted<String>, _ stored: StoredPassword?
    ) async throws -> PasswordCheck? {
        let hash = stored.flatMap { PasswordHash(encoded: String(decoding: $0.encoded, as: UTF8.self)) }
        let isRight = try await passwords.matches(password, hash)
        return stored.map {
            PasswordCheck(customer: $0.customer, stored: $0.encoded, isRight: isRight)
        }
    }
}

extension Optional {
    /// `map` for a transform that waits.
    func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async throws -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
