import Foundation
import GRDB
package import Vocabulary

/// The device of test mode's own code app, enrolled to a customer when it is first needed. Never issued in live mode.
package struct EnsureTestRobot: Command {
    package let customer: CustomerID
    /// X and Y, 32 bytes each.
    package let publicKey: [UInt8]
    package let thumbprint: String

    package init(customer: CustomerID, publicKey: [UInt8], thumbprint: String) {
        self.customer = customer
        self.publicKey = publicKey
        self.thumbprint = thumbprint
    }

    package func run(in transaction: Transaction) throws -> DeviceID {
        let known = try transaction.row("SELECT id FROM devices WHERE thumbprint = ?", [thumbprint])
        if let id = (known?["id"] as String?).flatMap({ DeviceID($0) }) { return id }
        let id: DeviceID = transaction.makeID()
        try transaction.execute(
            """
            INSERT INTO devices (id, customer, name, public_key, thumbprint, status, may_confirm_from,
                is_test_robot, created_at)
            VALUES (?, ?, 'Testrobot', ?, ?, 'active', ?, 1, ?)
            """,
            [id, customer, Data(publicKey), thumbprint, transaction.now, transaction.now])
        var leaf = LeafDraft(kind: .keyEvent, subject: id.text, outcome: "test_robot_enrolled")
        leaf.customer = customer
        try transaction.appendLeaf(leaf)
        return id
    }
}
