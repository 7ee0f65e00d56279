import Lifecycles
import Proofs
package import Vocabulary
import Records

/// The issuer's desk: who customers are and what they get. It is reached through the control socket or with
/// the server stopped, never over HTTP.
package struct Issuer: Sendable {
    let gateway: Gateway
    /// In whose name things are done: stands in every leaf of them.
    let actor: Actor

    func submit<C: Command>(_ command: C) async throws -> C.Outcome {
        try await gateway.ledger.submit(Acting(command, by: actor.text))
    }
}

extension Gateway {
    /// The desk in the name of the server's own user.
    package var issuer: Issuer { Issuer(gateway: self, actor: .local) }

    package func issuer(by actor: Actor) -> Issuer { Issuer(gateway: self, actor: actor) }
}

/// Somebody to be registered.
package struct NewCustomer: Sendable, Hashable {
    package let userID: UserID
    package let name: DisplayName
    package let personNumber: PersonNumber
    /// Nil where a password is issued later.
    package let password: Password?

    package init(userID: UserID, name: DisplayName, personNumber: PersonNumber, password: Password?) {
        self.userID = userID
        self.name = name
        self.personNumber = personNumber
        self.password = password
    }
}

extension Issuer {
    /// Registers a customer. Name and CPR number are sealed; the CPR number is found by its keyed hash
    /// (SCA-28).
    package func addCustomer(_ new: NewCustomer) async throws(Refusal) -> CustomerID {
        let password = try await new.password.asyncHash(in: self)
        let id: CustomerID = gateway.newID()
        let outcome = try await gateway.refusing {
            let keys = gateway.keys
            let number = new.personNumber.exposed()
            return try await submit(
                AddCustomer(
                    id: id, userID: new.userID,
                    nameSealed: try keys.seal(Array(new.name.text.utf8), for: .name(of: id)),
                    personNumberSealed: try keys.seal(Array(number.utf8), for: .personNumber(of: id)),
                    personNumberHash: keys.fingerprint(number, as: .personNumber), password: password))
        }
        switch outcome {
        case .added: return id
        case .userIDTaken:
            throw Refusal(.parameterInvalid, parameter: "user_id", detail: "This user ID is taken.")
        case .personNumberTaken:
            throw Refusal(
                .parameterInvalid, parameter: "cpr", detail: "There is a customer with this CPR number.")
        }
    }

    /// Sets a password, chosen by the customer at the desk. The old one ends at once.
    package func setPassword(_ password: Password, of customer: CustomerID) async throws(Refusal) {
        try await mustBeNoOperator(customer)
        let encoded = try await hash(password.exposed())
        let isDone = try await gateway.refusing {
            try await submit(SetPassword(customer: customer, password: encoded))
        }
        guard isDone else { throw Refusal(.notFound) }
    }

    /// An activation password: drawn at random, and the old password ends at once. Shown once.
    package func issuePassword(to customer: CustomerID) async throws(Refusal) -> Redacted<String> {
        try await mustBeNoOperator(customer)
        // 80 bits with a letter and a digit in front, so that the rules for passwords are always met.
        let text = "G1-" + ActivationCodeText.text(gateway.entropy.bytes(10))
        let encoded = try await hash(text)
        let isDone = try await gateway.refusing {
            try await submit(SetPassword(customer: customer, password: encoded))
        }
        guard isDone else { throw Refusal(.notFound) }
        return Redacted(text)
    }

    /// Refuses to hand out means to sign in as an operator, or to take them: who has them is that operator,
    /// whoever is two operators needs nobody else, and nobody alone keeps the others out. While there is one
    /// administrator only, there is nobody to ask.
    package func mustBeNoOperator(_ customer: CustomerID) async throws(Refusal) {
        let isGuarded = try await gateway.refusing {
            guard try await gateway.ledger.isOperator(customer) else { return false }
            let all = try await gateway.ledger.operators()
            return all.count { $0.isActive && $0.role == .administrator } > 1
        }
        guard !isGuarded else {
            throw Refusal(
                .changeNotPossible,
                detail: "This is an operator: end it and add it anew, which takes two administrators.")
        }
    }

    func hash(_ password: String) async throws(Refusal) -> String {
        try await gateway.passwords.hash(Redacted(password), salt: gateway.entropy.bytes(16)).encoded
    }
}

extension Optional<Password> {
    fileprivate func asyncHash(in issuer: Issuer) async throws(Refusal) -> String? {
        guard let self else { return nil }
        return try await issuer.hash(self.exposed())
    }
}
