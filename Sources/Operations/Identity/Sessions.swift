import Vocabulary
import Records

extension Gateway {
    /// Whose session a bearer token stands for. Unknown, ended and expired ones look alike.
    package func authenticateSession(bearer: String) async throws(Refusal) -> CustomerSession {
        let found = try await refusing {
            try await ledger.session(tokenDigest: sessionDigest(bearer), at: clock.time())
        }
        guard let found else { throw Refusal(.sessionInvalid) }
        return CustomerSession(customer: found.customer, session: found.id)
    }
}
