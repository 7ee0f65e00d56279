package import Lifecycles
package import Operations
package import Vocabulary

/// A line of a pharmacy's order.
package struct Draw: Sendable, Hashable {
    /// Nil: sold without prescription.
    package var record: PrescriptionID?
    package var line: String
    package var product: String
    package var quantity: Int
    package var unitAmountMinor: Int64

    package init(
        _ record: PrescriptionID?, line: String = "1", product: String = "900801", quantity: Int = 1,
        unitAmountMinor: Int64 = 5_725
    ) {
        self.record = record
        self.line = line
        self.product = product
        self.quantity = quantity
        self.unitAmountMinor = unitAmountMinor
    }

    package func orderLine() throws -> OrderLine {
        let drawn = try record.map { try PrescriptionLine(record: $0, line: PlainText(line, maximum: 64)) }
        return OrderLine(
            kind: .medicine, description: try PlainText("Vare \(product)", maximum: 100), quantity: quantity,
            unitAmountMinor: unitAmountMinor, productNumber: ProductNumber(product), prescription: drawn)
    }
}

extension PharmacyStage {
    package func request(
        _ actor: Actor, _ draws: [Draw], reference: String? = nil, for person: PersonNumber? = nil,
        replaces: AuthorizationID? = nil, at caller: Caller? = nil
    ) async throws -> AuthorizeRequest {
        let reference = reference ?? "rx-" + String(stage.entropy.bytes(6).map { "\($0)" }.joined())
        let total = draws.reduce(0) { $0 + Int64($1.quantity) * $1.unitAmountMinor }
        return AuthorizeRequest(
            money: try Money(amountMinor: total, currency: .dkk),
            card: try await stage.token(of: actor, at: caller ?? pharmacy), capture: .manual,
            order: Order(
                reference: try OrderReference(reference), lines: try draws.map { try $0.orderLine() }),
            patient: person, replaces: replaces)
    }

    /// Asks for an order and reads it back: `requires_confirmation`, or declined.
    package func order(
        _ actor: Actor, _ draws: [Draw], reference: String? = nil, for person: PersonNumber? = nil,
        replaces: AuthorizationID? = nil, at caller: Caller? = nil
    ) async throws -> Authorization {
        let caller = caller ?? pharmacy
        let request = try await request(
            actor, draws, reference: reference, for: person, replaces: replaces, at: caller)
        let answered = try await gateway.authorize(
            request, caller: caller, identity: stage.identity("authorize"))
        return try await stage.load(try Stage.id(in: answered), at: caller)
    }

    /// Asks, confirms in the app, and waits for the bank.
    package func approvedOrder(
        _ actor: Actor, _ draws: [Draw], at caller: Caller? = nil
    ) async throws -> Authorization {
        let asked = try await order(actor, draws, at: caller)
        try await stage.answer(asked, by: actor.app, .approve)
        return try await stage.settled(asked.id, at: caller ?? pharmacy)
    }

    /// Asks, confirms and captures all of it: the pharmacy owes the medicine.
    package func paidOrder(
        _ actor: Actor, _ draws: [Draw], at caller: Caller? = nil
    ) async throws -> Authorization {
        let approved = try await approvedOrder(actor, draws, at: caller)
        try await capture(approved.id, at: caller)
        return try await stage.settled(approved.id, at: caller ?? pharmacy)
    }

    @discardableResult
    package func capture(
        _ id: AuthorizationID, _ amount: Int64? = nil, isFinal: Bool = true, at caller: Caller? = nil
    ) async throws -> Answered {
        try await gateway.capture(
            id, CaptureRequest(amountMinor: amount, isFinal: isFinal), caller: caller ?? pharmacy,
            identity: stage.identity("capture \(id.text)"))
    }

    /// Hands lines over; without lines one package of 900801 on line 1.
    @discardableResult
    package func handOver(
        _ id: AuthorizationID, _ lines: [HandoverRequest.Line]? = nil, isFinal: Bool = false,
        at caller: Caller? = nil
    ) async throws -> HandoverID {
        let lines = try lines ?? [try Self.given()]
        return try Stage.id(
            in: try await gateway.handOver(
                id, HandoverRequest(lines: lines, isFinal: isFinal), caller: caller ?? pharmacy,
                identity: stage.identity("handovers \(id.text)")))
    }

    @discardableResult
    package func undo(
        _ handover: HandoverID, of id: AuthorizationID, reopen: Bool = true, at caller: Caller? = nil
    ) async throws -> Answered {
        try await gateway.undoHandover(
            handover, of: id,
            UndoRequest(reason: try PlainText("forkert vare", maximum: 200), reopen: reopen),
            caller: caller ?? pharmacy, identity: stage.identity("undo \(handover.text)"))
    }

    package static func given(
        line: String = "1", record: PrescriptionID? = nil, product: String = "900801", quantity: Int = 1,
        batch: String = "B-1"
    ) throws -> HandoverRequest.Line {
        guard let number = ProductNumber(product) else { throw StageError.badName(product) }
        return HandoverRequest.Line(
            line: line, record: record, product: number, quantity: quantity,
            batch: try PlainText(batch, maximum: 64))
    }
}
