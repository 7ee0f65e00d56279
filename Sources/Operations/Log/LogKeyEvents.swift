import Proofs
import Records

extension Gateway {
    /// Writes down that the log's key was made for a database that is older than it: what stands before this
    /// leaf was never signed while it was written.
    package func recordLogKeyMade() async throws(Refusal) {
        try await refusing {
            try await ledger.submit(
                RecordKeyEvent(
                    subject: "log_key", outcome: "log_key_made", publicKey: log.key.publicKey))
        }
    }
}
