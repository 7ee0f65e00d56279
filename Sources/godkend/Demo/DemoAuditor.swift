import Operations
import Proofs
import Records
import Vocabulary

/// The operator: asks the same questions as the command line and the console, as the server's own user.
struct DemoAuditor: Sendable {
    private let gateway: Gateway
    private let state: StateFolder

    init(gateway: Gateway, state: StateFolder) {
        self.gateway = gateway
        self.state = state
    }

    /// What `godkend audit explain` tells; that it was asked is a leaf of the log.
    func story(of id: String) async throws -> AuditStory {
        guard let id = AuthorizationID(id) else { throw CommandFailure("\(id) is no authorization.") }
        return try await gateway.explain(id, by: .local)
    }

    /// What `godkend audit declined` lists, newest first.
    func list(_ text: String) async throws -> [AuditRow] {
        switch try await gateway.auditFilter(text) {
        case .success(let filter):
            return try await gateway.auditList(filter, page: PageRequest(limit: 100), by: .local).rows
        case .failure(let flaw): throw CommandFailure(flaw.explanation)
        }
    }

    /// What `godkend audit verify` finds in the state folder, beside the running server.
    func verify(holding checkpoint: SignedCheckpoint) throws -> VerificationAnswer {
        let source = VerificationSource(folder: state, environment: [:], held: [checkpoint.text])
        let key = try source.key(vkey: nil)
        let trust = key.map { CheckpointTrust(key: $0, file: state.checkpoints, held: source.held) }
        let verifier = AuditVerifier(path: state.database, checkpoints: trust, keys: try source.keyRing())
        return VerificationAnswer(report: verifier.verify(), key: key)
    }

    /// What somebody finds in a copy of the database who has nothing but the log's key and a checkpoint.
    func verify(copy path: String, holding checkpoint: SignedCheckpoint, key: LogVerificationKey)
        -> AuditReport
    {
        let trust = CheckpointTrust(key: key, file: nil, held: [checkpoint.text])
        return AuditVerifier(path: path, checkpoints: trust, keys: nil).verify()
    }

    /// Copies the database as it is now.
    func copyDatabase(to path: String) throws { try CopiedFile.write(state.database, to: path) }
}
