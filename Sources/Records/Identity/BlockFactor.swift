package import Lifecycles
package import Vocabulary
import GRDB

/// A customer, or the issuer, blocks one authenticator at once: password, key card, token, all apps, or one
/// of them.
package struct BlockFactor: Command {
    let customer: CustomerID
    let kind: AuthenticatorKind
    let device: DeviceID?
    let blocker: AuthenticatorBlocker

    package init(
        customer: CustomerID, kind: AuthenticatorKind, device: DeviceID? = nil,
        by blocker: AuthenticatorBlocker
    ) {
        self.customer = customer
        self.kind = kind
        self.device = device
        self.blocker = blocker
    }

    /// - Returns: false when there is no such authenticator of this customer.
    package func run(in transaction: Transaction) throws -> Bool {
        if let device { return try revoke(device, in: transaction) }
        guard try transaction.customerExists(customer) else { return false }
        // A code that a thief ordered before would bring the app back.
        try transaction.endActivationCode(of: customer)
        let standing = try transaction.blocker(of: customer, kind: kind)
        // What wrong guesses blocked is blocked anew when its customer says so; the issuer's word goes before
        // all.
        if standing == nil || standing == .failures || (blocker == .issuer && standing != .issuer) {
            try transaction.blockAuthenticator(of: customer, kind: kind, by: blocker)
        }
        if kind == .app {
            try transaction.endPendingConfirmation(of: customer, reason: .appBlocked)
        }
        return true
    }

    private func revoke(_ device: DeviceID, in transaction: Transaction) throws -> Bool {
        guard kind == .app, var life = try transaction.device(device, of: customer) else { return false }
        do {
            try life.revoke()
        } catch {
            return true
        }
        try transaction.end(life, of: customer)
        try transaction.endActivationCode(of: customer)
        try transaction.alert(customer, kind: .deviceRevoked, detail: device.text)
        try transaction.recordKeyEvent(device.text, "device_revoked", of: customer)
        let others = try transaction.row(
            "SELECT count(*) AS n FROM devices WHERE customer = ? AND status = 'active'", [customer])
        if others?["n"] == 0 {
            try transaction.endPendingConfirmation(of: customer, reason: .appBlocked)
        }
        return true
    }
}
