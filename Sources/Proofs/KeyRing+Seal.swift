import Crypto

/// Where a sealed value lives. It is authenticated, not stored: a value moved to another place does not open.
package struct SealingContext: Hashable, Sendable {
    /// The table.
    package let table: String
    /// The row's id.
    package let row: String
    /// Whose value it is: a customer, a merchant, the gateway.
    package let owner: String

    /// The three as they are.
    package init(table: String, row: String, owner: String) {
        self.table = table
        self.row = row
        self.owner = owner
    }

    fileprivate var bytes: [UInt8] { lengthPrefixed(table, row, owner) }
}

extension KeyRing {
    /// The first byte of every sealed value; another layout or cipher would take another number.
    private static let sealVersion: UInt8 = 1

    /// Seals with AES-256-GCM: version byte, 12 random bytes of nonce, ciphertext, 16 bytes of tag (PAN-1).
    ///
    /// The same value sealed twice gives different bytes.
    package func seal(_ plain: [UInt8], for context: SealingContext) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            plain, using: key(for: .seal), authenticating: [Self.sealVersion] + context.bytes)
        return [Self.sealVersion] + [UInt8](box.nonce) + [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Opens what `seal` made for the same place; anything else is `cannotOpen`.
    package func open(_ sealed: [UInt8], for context: SealingContext) throws(ProofRefusal) -> [UInt8] {
        guard sealed.first == Self.sealVersion else { throw .cannotOpen }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst())
            return [UInt8](
                try AES.GCM.open(
                    box, using: key(for: .seal), authenticating: [Self.sealVersion] + context.bytes))
        } catch {
            throw .cannotOpen
        }
    }
}
