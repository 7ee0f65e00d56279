package import Vocabulary

/// `POST /app/v1/devices`.
package struct EnrolRequest: Sendable, Hashable {
    package let userID: String
    package let activationCode: Redacted<String>
    package let name: String
    /// Compact JWS, signed by the new key.
    package let proof: String

    package init(userID: String, activationCode: Redacted<String>, name: String, proof: String) {
        self.userID = userID
        self.activationCode = activationCode
        self.name = name
        self.proof = proof
    }
}

/// A device that now belongs to a customer.
package struct EnrolledDevice: Sendable, Hashable {
    package let id: DeviceID
    package let mayConfirmFrom: Instant

    package init(id: DeviceID, mayConfirmFrom: Instant) {
        self.id = id
        self.mayConfirmFrom = mayConfirmFrom
    }
}

/// A confirmation that waits for this device, with the exact text that it will sign.
package struct PendingStatement: Sendable, Hashable {
    package let id: ConfirmationID
    /// RFC 8785 text.
    package let statement: String
    package let expiresAt: Instant

    package init(id: ConfirmationID, statement: String, expiresAt: Instant) {
        self.id = id
        self.statement = statement
        self.expiresAt = expiresAt
    }
}

/// A device as the customer's other devices see it (SCA-23).
package struct DeviceView: Sendable, Hashable {
    package let id: DeviceID
    package let name: String
    package let status: String
    package let mayConfirmFrom: Instant

    package init(id: DeviceID, name: String, status: String, mayConfirmFrom: Instant) {
        self.id = id
        self.name = name
        self.status = status
        self.mayConfirmFrom = mayConfirmFrom
    }
}
