package import Vocabulary
import Foundation
import Decisions
import GRDB
import Lifecycles

/// How a customer is found: by the chosen name, or by the keyed hash of the CPR number.
package enum CustomerLogin: Sendable, Hashable {
    case userID(UserID)
    case personNumber(hash: [UInt8])
}

/// A new code app with a key made on the device (SCA-23). Who holds the key was verified before.
package struct EnrolDevice: Command {
    /// What became of the new device.
    package enum Outcome: Sendable, Hashable {
        case enrolled(DeviceID, customer: CustomerID, mayConfirmFrom: Instant)
        /// Says nothing about which part was wrong (SCA-09).
        case refused
    }

    /// Wrong codes that kill the right one.
    package static let wrongTriesAllowed = 5

    let login: CustomerLogin?
    let codeMAC: [UInt8]
    let name: PlainText
    /// X and Y of the point, 32 bytes each.
    let publicKey: [UInt8]
    let thumbprint: String
    let holdSeconds: Int

    package init(
        login: CustomerLogin?, codeMAC: [UInt8], name: PlainText, publicKey: [UInt8], thumbprint: String,
        holdSeconds: Int
    ) {
        self.login = login
        self.codeMAC = codeMAC
        self.name = name
        self.publicKey = publicKey
        self.thumbprint = thumbprint
        self.holdSeconds = holdSeconds
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard let login, let customer = try transaction.customer(login) else { return .refused }
        let facts = try transaction.customerFacts(customer)
        guard !facts.isBlocked, try transaction.blocker(of: customer, kind: .app) != .issuer,
            try transaction.row("SELECT 1 FROM devices WHERE thumbprint = ?", [thumbprint]) == nil,
            try transaction.useActivationCode(codeMAC, of: customer)
        else { return .refused }
        let id: DeviceID = transaction.makeID()
        let mayConfirmFrom = transaction.now.adding(seconds: holdSeconds)
        try transaction.insertDevice(
            id, of: customer, name: name, publicKey: publicKey, thumbprint: thumbprint,
            mayConfirmFrom: mayConfirmFrom)
        try transaction.reactivate(.app, of: customer)
        try transaction.alert(customer, kind: .deviceEnrolled, detail: id.text)
        try transaction.recordKeyEvent(id.text, "device_enrolled", of: customer)
        return .enrolled(id, customer: customer, mayConfirmFrom: mayConfirmFrom)
    }
}

/// A test customer's device that needs no activation code and no hold. The operation lets it through in test
/// mode only.
package struct EnrolTestDevice: Command {
    let customer: CustomerID
    let name: PlainText
    let publicKey: [UInt8]
    let thumbprint: String
    /// Test mode's own app, which answers by itself.
    let isRobot: Bool

    package init(
        customer: CustomerID, name: PlainText, publicKey: [UInt8], thumbprint: String, isRobot: Bool = false
    ) {
        self.customer = customer
        self.name = name
        self.publicKey = publicKey
        self.thumbprint = thumbprint
        self.isRobot = isRobot
    }

    /// - Returns: nil when there is no such customer or the key is taken by another.
    package func run(in transaction: Transaction) throws -> DeviceID? {
        guard try transaction.customerExists(customer) else { return nil }
        if let old = try transaction.row(
            "SELECT id, customer, status FROM devices WHERE thumbprint = ?", [thumbprint])
        {
            return old["customer"] == customer && old["status"] == "active" ? old["id"] : nil
        }
        let id: DeviceID = transaction.makeID()
        try transaction.insertDevice(
            id, of: customer, name: name, publicKey: publicKey, thumbprint: thumbprint,
            mayConfirmFrom: transaction.now, isRobot: isRobot)
        try transaction.recordKeyEvent(id.text, "test_device_enrolled", of: customer)
        return id
    }
}

extension Transaction {
    func customer(_ login: CustomerLogin) throws -> CustomerID? {
        switch login {
        case .userID(let id): try row("SELECT id FROM customers WHERE user_id = ?", [id.text])?["id"]
        case .personNumber(let hash):
            try row("SELECT id FROM customers WHERE person_number_hash = ?", [Data(hash)])?["id"]
        }
    }

    func insertDevice(
        _ id: DeviceID, of customer: CustomerID, name: PlainText, publicKey: [UInt8], thumbprint: String,
        mayConfirmFrom: Instant, isRobot: Bool = false
    ) throws {
        try execute(
            """
            INSERT INTO devices (id, customer, name, public_key, thumbprint, status, may_confirm_from,
                is_test_robot, created_at)
            VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?)
            """,
            [id, customer, name.text, Data(publicKey), thumbprint, mayConfirmFrom, isRobot, now])
    }
}
