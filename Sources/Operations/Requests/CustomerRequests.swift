package import Vocabulary

/// One way to go on with a sign-in.
package struct SignInChallenge: Sendable, Hashable {
    package let factor: Factor
    /// The four digits on the key card beside the code that is asked for.
    package let keyNumber: String?

    package init(factor: Factor, keyNumber: String?) {
        self.factor = factor
        self.keyNumber = keyNumber
    }
}

/// `POST /me/v1/sign_ins`: the same shape whether or not the user exists (SCA-09).
package struct SignInStarted: Sendable, Hashable {
    package let id: SignInID
    package let challenges: [SignInChallenge]

    package init(id: SignInID, challenges: [SignInChallenge]) {
        self.id = id
        self.challenges = challenges
    }
}

/// A session of a customer in a browser or terminal.
package struct SessionStarted: Sendable, Hashable {
    /// Bearer token, 256 bits.
    package let token: Redacted<String>
    package let expiresAt: Instant

    package init(token: Redacted<String>, expiresAt: Instant) {
        self.token = token
        self.expiresAt = expiresAt
    }
}

/// Whose session a request came with.
package struct CustomerSession: Sendable, Hashable {
    package let customer: CustomerID
    package let session: SessionID

    package init(customer: CustomerID, session: SessionID) {
        self.customer = customer
        self.session = session
    }
}

/// One authenticator as its customer sees it.
package struct FactorView: Sendable, Hashable {
    package let factor: Factor
    package let id: String
    package let name: String?
    package let status: String
    package let since: Instant
    /// Key card only.
    package let codesLeft: Int?
    /// Code app only.
    package let mayConfirmFrom: Instant?

    package init(
        factor: Factor, id: String, name: String?, status: String, since: Instant, codesLeft: Int?,
        mayConfirmFrom: Instant?
    ) {
        self.factor = factor
        self.id = id
        self.name = name
        self.status = status
        self.since = since
        self.codesLeft = codesLeft
        self.mayConfirmFrom = mayConfirmFrom
    }
}

/// `POST /me/v1/blocks`.
package struct BlockRequest: Sendable, Hashable {
    package let factor: Factor
    /// One of several apps; nil for all of the kind.
    package let id: String?

    package init(factor: Factor, id: String? = nil) {
        self.factor = factor
        self.id = id
    }
}

/// `POST /me/v1/activation_codes`: password and one other factor, never one alone (SCA-32).
package struct ActivationOrder: Sendable, Hashable {
    package let password: Redacted<String>
    package let factor: Factor
    /// Nil for the app, which answers a confirmation.
    package let code: Redacted<String>?

    package init(password: Redacted<String>, factor: Factor, code: Redacted<String>? = nil) {
        self.password = password
        self.factor = factor
        self.code = code
    }
}

/// An activation code, shown once.
package struct ActivationOrdered: Sendable, Hashable {
    package let activationCode: Redacted<String>
    package let expiresAt: Instant

    package init(activationCode: Redacted<String>, expiresAt: Instant) {
        self.activationCode = activationCode
        self.expiresAt = expiresAt
    }
}

/// A key card on its way to the customer.
package struct KeyCardOrdered: Sendable, Hashable {
    package let id: KeyCardID
    package let codesLeft: Int

    package init(id: KeyCardID, codesLeft: Int) {
        self.id = id
        self.codesLeft = codesLeft
    }
}
