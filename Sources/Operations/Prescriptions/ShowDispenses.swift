package import FHIR
import Lifecycles
import Notation
import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// A handover of the caller's own line by line, as FHIR tells it.
    package func dispenses(
        of handover: HandoverID, in id: AuthorizationID, caller: Caller
    ) async throws(Refusal) -> [DispenseContent] {
        try seller(caller)
        return try await refusing {
            guard let gln = caller.merchant.gln,
                let summary = try await current(id, of: caller.owner).handovers
                    .first(where: { $0.id == handover })
            else { throw Refusal(.notFound) }
            let details = try await ledger.read { db in try HandoverDetail.all(of: handover, in: db) }
            guard details.allSatisfy({ !$0.detailSealed.isEmpty }) else {
                throw Refusal(.notFound, detail: "What was handed over was erased with its customer.")
            }
            var dispenses: [DispenseContent] = []
            for detail in details {
                dispenses.append(try await dispense(detail, summary, at: gln, caller))
            }
            return dispenses
        }
    }

    private func dispense(
        _ detail: HandoverDetail, _ handover: HandoverSummary, at gln: GLN, _ caller: Caller
    ) async throws -> DispenseContent {
        let bytes = try keys.open(
            detail.detailSealed, for: .handover(of: handover.authorization, caller.merchant.id))
        let sealed = try JSON.parse(bytes).object
        let record = try await opened(detail.hold.prescription, isLive: caller.isLive)
        guard let product = sealed?["product_number"]?.text.flatMap({ ProductNumber($0) }),
            let quantity = Quantity(detail.quantity),
            let identity = record?.examination.unverifiedContent?.identity
        else { throw LedgerFault.unreadable(table: "handover_parts", id: handover.id.text) }
        return DispenseContent(
            id: handover.id.text, status: handover.undoneAt == nil ? .completed : .enteredInError,
            prescription: identity, line: detail.hold.line, product: product, quantity: quantity,
            handedOverAt: handover.handedOverAt, pharmacy: gln, batch: sealed?["batch"]?.text,
            number: detail.hold.handover)
    }
}
