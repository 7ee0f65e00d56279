import Lifecycles
import Notation
import Operations
import Records
import Vocabulary

extension IssuerDesk {
    /// Orders about operators and about what needs two of them; nil for every other.
    func carryOutForOperators(_ call: IssuerCall) async throws -> JSON? {
        switch call.name {
        case .signInOperator:
            let id = try await gateway.startOperatorSignIn(
                userID: try call.text("user_id"), password: Redacted(try call.text("password")))
            return try await progress(of: id)
        case .goOnSigningIn:
            guard let id = SignInID(try call.text("sign_in")) else { throw CommandFailure("Name a sign-in.") }
            return try await progress(of: id)
        case .signOutOperator:
            if let token = call.session { try await gateway.endOperatorSession(bearer: token) }
            return ["status": "signed_out"]
        case .addOperator: return try await addOperator(call)
        case .listOperators:
            let all = try await gateway.operators(by: try await actor(of: call))
            return ["operators": .array(all.map(OperatorAnswers.operator))]
        case .endOperator:
            guard let id = OperatorID(try call.text("operator")) else {
                throw CommandFailure("Name an operator: opr_…")
            }
            return try await request(.endOperator(id), call)
        case .unblockCustomer:
            let id = try customer(call)
            let isCertificate = call.particulars["certificate"]?.bool == true
            return try await request(isCertificate ? .unblockCertificate(id) : .unblockCustomer(id), call)
        case .requestRules:
            guard let rules = ProposedRules(call.particulars["rule_set"] ?? .null) else {
                throw CommandFailure("The order \(call.name.rawValue) has no rule set.")
            }
            return try await request(.changeRules(rules), call)
        case .eraseCustomer: return try await request(.eraseCustomer(try customer(call)), call)
        case .listChanges:
            let waiting = try await gateway.pendingChanges(by: try await actor(of: call))
            return ["requests": .array(waiting.map(OperatorAnswers.change))]
        case .showChange:
            let change = try await gateway.change(try self.change(call), by: try await actor(of: call))
            return OperatorAnswers.change(change)
        case .approveChange:
            let made = try await gateway.approveChange(
                try change(call), digest: try call.text("digest"), by: try await actor(of: call))
            return OperatorAnswers.made(made)
        case .rejectChange:
            let change = try await gateway.rejectChange(
                try self.change(call), by: try await actor(of: call))
            return OperatorAnswers.change(change)
        default: return nil
        }
    }

    private func request(_ change: ProposedChange, _ call: IssuerCall) async throws -> JSON {
        OperatorAnswers.change(try await gateway.requestChange(change, by: try await actor(of: call)))
    }

    private func change(_ call: IssuerCall) throws -> ChangeRequestID {
        guard let id = ChangeRequestID(try call.text("request")) else {
            throw CommandFailure("Name a request: chg_…")
        }
        return id
    }

    private func progress(of id: SignInID) async throws -> JSON {
        switch try await gateway.completeOperatorSignIn(id) {
        case .pending(let question):
            return [
                "status": "pending", "sign_in": .text(id.text),
                "match_code": .text(question.matchCode.text),
                "expires_at": .text(question.expiresAt.rfc3339),
            ]
        case .session(let session):
            return [
                "status": "signed_in", "token": .text(session.token.exposed()),
                "expires_at": .text(session.expiresAt.rfc3339),
            ]
        }
    }

    /// Checks what is said about a new operator; a failure never repeats the password.
    private func addOperator(_ call: IssuerCall) async throws -> JSON {
        guard let role = OperatorRole(rawValue: try call.text("role")) else {
            throw CommandFailure("A role is viewer, auditor, operator or administrator.")
        }
        let userID: UserID
        do {
            userID = try UserID(try call.text("user_id"))
        } catch is TextError {
            throw CommandFailure(
                "A user ID has 5 to 48 of a-z, 0-9, dot, underscore, hyphen and @, and is no CPR number.")
        }
        let name: DisplayName
        do {
            name = try DisplayName(try call.text("name"))
        } catch let flaw as TextError {
            throw CommandFailure("The name is refused. \(flaw.explanation)")
        }
        let password: Password
        do {
            password = try Password(try call.text("password"), personNumber: nil)
        } catch is PasswordError {
            throw CommandFailure("A password has 6 to 40 characters, letters and digits among them.")
        }
        let candidate = OperatorCandidate(userID: userID, name: name, role: role, password: password)
        switch try await gateway.addOperator(candidate, by: try await actor(of: call)) {
        case .added(let id, let activation): return OperatorAnswers.added(id, activation)
        case .requested(let change): return OperatorAnswers.change(change)
        }
    }
}

/// What operators are told, as JSON.
enum OperatorAnswers {
    static func `operator`(_ found: OperatorRecord) -> JSON {
        [
            "operator": .text(found.id.text), "identity": .text(found.identity.text),
            "user_id": .text(found.userID), "name": .text(found.name), "role": .text(found.role.rawValue),
            "status": found.isActive ? "active" : "ended", "created_at": .text(found.createdAt.rfc3339),
        ]
    }

    /// The exact change as it stands, and the digest of exactly these bytes.
    static func change(_ change: ChangeRecord) -> JSON {
        [
            "request": .text(change.id.text), "kind": .text(change.kind.rawValue),
            "subject": .text(change.subject), "status": .text(change.status.rawValue),
            "requested_by": .text(change.requestedBy.text),
            "requested_at": .text(change.requestedAt.rfc3339),
            "expires_at": .text(change.expiresAt.rfc3339), "change": .text(change.change),
            "digest": .text(change.digestText),
            "approve": .text(
                "godkend operator approve \(change.id.text) --digest \(change.shortDigest)"),
        ]
    }

    static func added(_ id: OperatorID, _ activation: IssuedActivation) -> JSON {
        [
            "operator": .text(id.text), "status": "added", "user_id": .text(activation.userID),
            "activation_code": .text(activation.code), "expires_at": .text(activation.expiresAt.rfc3339),
        ]
    }

    static func made(_ made: ChangeMade) -> JSON {
        switch made {
        case .customer(let id): ["customer": .text(id.text), "status": "valid"]
        case .erased(let id, let isGone):
            [
                "customer": .text(id.text), "status": "erased",
                "write_ahead_log": isGone
                    ? "emptied" : "held by readers; it is emptied at the next restart",
            ]
        case .operatorAdded(let id, let activation): added(id, activation)
        case .rulesApproved(let hash): ["rules": .text(hash), "status": "approved"]
        case .operatorEnded(let id): ["operator": .text(id.text), "status": "ended"]
        }
    }
}
