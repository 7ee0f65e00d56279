import Lifecycles
import Notation
import Proofs
import Records
package import Vocabulary

/// `POST /v1/authorizations/{id}/handovers`.
package struct HandoverRequest: Sendable, Hashable {
    /// One line of what is handed over.
    package struct Line: Sendable, Hashable {
        /// The line of the record.
        package let line: String
        /// Needed where two records of the order have a line of that name.
        package let record: PrescriptionID?
        package let product: ProductNumber
        /// Packages, from 1.
        package let quantity: Int
        /// The batch number on the packages.
        package let batch: PlainText

        package init(
            line: String, record: PrescriptionID?, product: ProductNumber, quantity: Int, batch: PlainText
        ) {
            self.line = line
            self.record = record
            self.product = product
            self.quantity = quantity
            self.batch = batch
        }
    }

    package let lines: [Line]
    /// Nothing more comes for these lines.
    package let isFinal: Bool

    package init(lines: [Line], isFinal: Bool) {
        self.lines = lines
        self.isFinal = isFinal
    }
}

/// `POST /v1/authorizations/{id}/handovers/{handover}/undo`.
package struct UndoRequest: Sendable, Hashable {
    package let reason: PlainText
    package let reopen: Bool

    package init(reason: PlainText, reopen: Bool) {
        self.reason = reason
        self.reopen = reopen
    }
}

extension Gateway {
    /// Records that medicine was handed over, in full or in part (RX-HANDOVER).
    package func handOver(
        _ id: AuthorizationID, _ request: HandoverRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try seller(caller)
        return try await refusing {
            guard let gln = caller.merchant.gln else { throw Refusal(.merchantKindNotAllowed) }
            let authorization = try await current(id, of: caller.owner)
            let lines = try request.lines.map { line in
                HandoverLineDraft(
                    line: line.line, record: line.record, product: line.product, quantity: line.quantity,
                    detailSealed: try keys.seal(
                        Self.detail(of: line).written(), for: .handover(of: id, caller.merchant.id)))
            }
            return Answered(
                try await ledger.submit(
                    RecordHandover(
                        id: id, owner: caller.owner, gln: gln, lines: lines, isFinal: request.isFinal,
                        ordered: try await ordered(authorization, isLive: caller.isLive),
                        key: identity.requestKey(of: caller.owner))))
        }
    }

    /// Takes a handover back, with a reason (RX-UNDO).
    package func undoHandover(
        _ handover: HandoverID, of id: AuthorizationID, _ request: UndoRequest, caller: Caller,
        identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try seller(caller)
        return try await refusing {
            Answered(
                try await ledger.submit(
                    UndoHandover(
                        id: handover, authorization: id, owner: caller.owner, reason: request.reason,
                        reopen: request.reopen, key: identity.requestKey(of: caller.owner))))
        }
    }

    private static func detail(of line: HandoverRequest.Line) -> JSON {
        ["product_number": .text(line.product.text), "batch": .text(line.batch.text)]
    }

    /// What each line of the order asked for, and whether its record lets another product stand in.
    private func ordered(
        _ authorization: Authorization, isLive: Bool
    ) async throws -> [Int: OrderedProduct] {
        var ordered: [Int: OrderedProduct] = [:]
        for (position, line) in presenter.order(of: authorization).lines.enumerated() {
            guard let product = line.productNumber, let drawn = line.prescription else { continue }
            let record = try await opened(drawn.record, isLive: isLive)
            ordered[position] = OrderedProduct(
                product: product,
                isSubstitutionAllowed: record?.examination.unverifiedContent?.line(drawn.line.text)?
                    .isSubstitutionAllowed ?? false)
        }
        return ordered
    }
}
