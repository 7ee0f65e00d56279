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

    private func carryOut(_ call: IssuerCall) async throws -> JSON {
        let issuer = gateway.issuer
        switch call.name {
        case .addCustomer: return try await addCustomer(call)
        case .showCustomer:
            return IssuerAnswers.customer(try await issuer.customer(try customer(call)))
        case .blockCustomer: return try await setBlock(call, isBlocked: true)
        case .unblockCustomer: return try await setBlock(call, isBlocked: false)
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
        case .addRelation: return try await addRelation(call)
        case .approveRelation: return try await approveRelation(call)
        case .revokeRelation: return try await revokeRelation(call)
        case .listRelations: return try await listRelations(call)
        case .fixtureCustomer:
            return try await FixtureCustomer(number: try call.integer("number")).make(in: gateway)
        case .importPriceList: return try await importPriceList(call)
        case .listPrices: return try await priceLists()
        }
    }

    private func addCustomer(_ call: IssuerCall) async throws -> JSON {
        let new = try IssuerDesk.newCustomer(
            userID: call.text("user_id"), name: call.text("name"), personNumber: call.text("cpr"),
            password: call.optionalText("password"))
        return ["customer": .text(try await gateway.issuer.addCustomer(new).text)]
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

    private func setBlock(_ call: IssuerCall, isBlocked: Bool) async throws -> JSON {
        let customer = try customer(call)
        let issuer = gateway.issuer
        if call.particulars["certificate"]?.bool == true {
            try await issuer.setCertificate(of: customer, isValid: !isBlocked)
        } else if isBlocked, let name = call.optionalText("factor") {
            guard let factor = Factor(rawValue: name) else {
                throw CommandFailure("A factor is app, key_card, code_token or password.")
            }
            try await issuer.block(factor, of: customer)
        } else if isBlocked {
            try await issuer.block(customer: customer)
        } else {
            try await issuer.unblock(customer: customer)
        }
        return ["customer": .text(customer.text), "status": isBlocked ? "blocked" : "valid"]
    }

    private func customer(_ call: IssuerCall) throws -> CustomerID {
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
