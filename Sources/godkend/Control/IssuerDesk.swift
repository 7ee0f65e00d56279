import Notation
import Operations
import Vocabulary

/// Carries out the issuer's orders on this process's own gateway.
struct IssuerDesk: IssuerPort {
    let gateway: Gateway

    func perform(_ call: IssuerCall) async throws -> JSON {
        do {
            return try await carryOut(call)
        } catch let refusal as Refusal {
            guard refusal.code != .notFound else {
                throw CommandFailure(
                    "There is no such customer, card or relation: compare the id with what you were given.")
            }
            throw CommandFailure(refusal.detail)
        }
    }

    /// Who gives an order: the operator whose session came with it, or the server's own user as long as there
    /// was never an operator.
    func actor(of call: IssuerCall) async throws -> Actor {
        guard try await gateway.hasOperators() else { return .local }
        let how = "`godkend operator sign-in --user-id YOURS`"
        guard let token = call.session else {
            throw CommandFailure("This server has operators: sign in first, with \(how).")
        }
        do {
            return try await gateway.operatorSession(bearer: token).actor
        } catch {
            guard error.code == .sessionInvalid else { throw error }
            throw CommandFailure("The operator's session is over: sign in again, with \(how).")
        }
    }

    /// The desk in the name of whoever gives the order, if the role allows it.
    func issuer(for call: IssuerCall) async throws -> Issuer {
        let actor = try await actor(of: call)
        if actor != .local, let role = call.name.role {
            try await gateway.demand(role, of: actor, for: call.name.rawValue)
        }
        return gateway.issuer(by: actor)
    }

    private func carryOut(_ call: IssuerCall) async throws -> JSON {
        if let answer = try await carryOutForOperators(call) { return answer }
        if let answer = try await carryOutForAudit(call) { return answer }
        let issuer = try await issuer(for: call)
        switch call.name {
        case .addCustomer: return try await addCustomer(call, issuer)
        case .showCustomer:
            return IssuerAnswers.customer(try await issuer.customer(try customer(call)))
        case .blockCustomer: return try await block(call, issuer)
        case .enrolCard:
            let card = try await issuer.enrolCard(
                customer: try customer(call), number: try number(call), expiry: try expiry(call))
            return ["card": .text(card.text)]
        case .blockCard:
            guard let card = CardID(try call.text("card")) else { throw CommandFailure("Name a card: crd_…") }
            try await issuer.blockCard(card)
            return ["card": .text(card.text), "status": "blocked"]
        case .issueKeyCard:
            return IssuerAnswers.keyCard(try await issuer.issueKeyCard(customer: try customer(call)))
        case .activationCode:
            let made = try await issuer.activationCode(customer: try customer(call))
            return [
                "user_id": .text(made.userID), "activation_code": .text(made.code),
                "expires_at": .text(made.expiresAt.rfc3339),
            ]
        case .addRelation: return try await addRelation(call, issuer)
        case .approveRelation: return try await approveRelation(call, issuer)
        case .revokeRelation: return try await revokeRelation(call, issuer)
        case .listRelations: return try await listRelations(call, issuer)
        case .fixtureCustomer:
            return try await FixtureCustomer(number: try call.integer("number")).make(in: gateway)
        case .importPriceList: return try await importPriceList(call, issuer)
        case .listPrices: return try await priceLists()
        case .unblockCustomer, .eraseCustomer, .addOperator, .listOperators, .endOperator, .signInOperator,
            .goOnSigningIn, .signOutOperator, .listChanges, .showChange, .approveChange, .rejectChange,
            .listPayments, .explainPayment, .beginExport, .goOnExporting, .replayDecisions, .showRules,
            .requestRules:
            throw CommandFailure("The order \(call.name.rawValue) cannot be carried out.")
        }
    }

    private func addCustomer(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        let new = try IssuerDesk.newCustomer(
            userID: call.text("user_id"), name: call.text("name"), personNumber: call.text("cpr"),
            password: call.optionalText("password"))
        return ["customer": .text(try await issuer.addCustomer(new).text)]
    }

    /// Checks what is said about a new customer; a failure never repeats it.
    static func newCustomer(
        userID: String, name: String, personNumber: String, password: String?
    ) throws -> NewCustomer {
        let person = try Self.personNumber(personNumber)
        let login: UserID
        do {
            login = try UserID(userID)
        } catch {
            throw CommandFailure(
                "A user ID has 5 to 48 of a-z, 0-9, dot, underscore, hyphen and @, and is no CPR number.")
        }
        let displayName: DisplayName
        do {
            displayName = try DisplayName(name)
        } catch {
            throw CommandFailure("The name is refused. \(error.explanation)")
        }
        var secret: Password?
        do {
            secret = try password.map { text throws(PasswordError) in
                try Password(text, personNumber: person)
            }
        } catch {
            throw CommandFailure(
                "A password has 6 to 40 characters, letters and digits, and no CPR number in it.")
        }
        return NewCustomer(userID: login, name: displayName, personNumber: person, password: secret)
    }

    /// Reads a CPR number; a failure never repeats it.
    static func personNumber(_ text: String) throws -> PersonNumber {
        do {
            return try PersonNumber(text)
        } catch {
            throw CommandFailure("The CPR number is none: ten digits, the first six a date (DDMMYY).")
        }
    }

    /// One person may block; taking a block back is a request (`IssuerDesk+Operators`).
    private func block(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        let customer = try customer(call)
        try await issuer.mustBeNoOperator(customer)
        if call.particulars["certificate"]?.bool == true {
            try await issuer.setCertificate(of: customer, isValid: false)
        } else if let name = call.optionalText("factor") {
            guard let factor = Factor(rawValue: name) else {
                throw CommandFailure("A factor is app, key_card, code_token or password.")
            }
            try await issuer.block(factor, of: customer)
        } else {
            try await issuer.block(customer: customer)
        }
        return ["customer": .text(customer.text), "status": "blocked"]
    }

    func customer(_ call: IssuerCall) throws -> CustomerID {
        guard let customer = CustomerID(try call.text("customer")) else {
            throw CommandFailure("Name a customer: cus_…")
        }
        return customer
    }

    private func number(_ call: IssuerCall) throws -> CardNumber {
        do {
            return try CardNumber(try call.text("number"))
        } catch is CardNumberError {
            throw CommandFailure(
                "This is no card number that we know: digits, check digit or brand are wrong.")
        }
    }

    private func expiry(_ call: IssuerCall) throws -> CardExpiry {
        guard let expiry = CardExpiry(month: try call.integer("month"), year: try call.integer("year")) else {
            throw CommandFailure("Write the card's expiry as MM/YYYY, for example 12/2030.")
        }
        return expiry
    }
}
