import Lifecycles
import Notation
import Proofs
import Records
import Vocabulary

/// Derives from a confirmation's id what its page shows, under the gateway's keys: nothing of it is stored.
struct KeyPresenter: ConfirmationPresenter {
    let keys: KeyRing
    let publicURL: String

    func matchCode(_ id: ConfirmationID) -> MatchCode { keys.matchCode(for: id) }

    func pageURL(_ id: ConfirmationID) -> String {
        "\(publicURL)/confirm/\(id.text)#\(keys.pageToken(for: id))"
    }

    func order(of authorization: Authorization) -> Order {
        guard let sealed = authorization.sealedOrder,
            let bytes = try? keys.open(sealed.bytes, for: .order(sealed.digest, of: authorization.merchant)),
            let document = try? JSON.parse(bytes), let order = OrderDocument.order(document)
        else { return authorization.order }
        return order
    }
}

/// Seals stored answers under the gateway's keys, each to its own place.
struct SealedVault: RecordVault {
    let keys: KeyRing

    func seal(_ body: [UInt8], for key: StoredAnswerKey) throws -> [UInt8] {
        try keys.seal(body, for: context(key))
    }

    func open(_ sealed: [UInt8], for key: StoredAnswerKey) throws -> [UInt8] {
        try keys.open(sealed, for: context(key))
    }

    func seal(inputs: [UInt8], of decision: DecisionID) throws -> [UInt8] {
        try keys.seal(inputs, for: .inputs(of: decision))
    }

    func open(inputs sealed: [UInt8], of decision: DecisionID) throws -> [UInt8] {
        try keys.open(sealed, for: .inputs(of: decision))
    }

    private func context(_ key: StoredAnswerKey) -> SealingContext {
        SealingContext(
            table: "stored_answers", row: key.route + "\n" + key.key, owner: key.owner.merchant.text)
    }
}

extension SealingContext {
    /// The place of what a decision's rules looked at of a person.
    static func inputs(of decision: DecisionID) -> SealingContext {
        SealingContext(table: "decision_inputs", row: decision.text, owner: "gateway")
    }
}
