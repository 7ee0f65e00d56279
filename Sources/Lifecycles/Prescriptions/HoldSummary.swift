package import Vocabulary

/// A hold as its own pharmacy sees it in the authorization.
package struct HoldSummary: Sendable, Hashable {
    package let id: HoldID
    package let prescription: PrescriptionID
    package let version: Int64
    /// The line of the record.
    package let line: String
    /// The line of the order, from 0.
    package let orderLine: Int
    package let status: HoldStatus
    /// The number of the handover that it uses, from 1.
    package let handover: Int
    /// How many handovers the line has in all.
    package let handovers: Int
    /// Packages ordered.
    package let quantity: Int
    /// Units in the packages ordered, for example tablets, in thousandths.
    package let unitThousandths: Int64
    /// Units of them that were handed over, in thousandths.
    package let handedOverThousandths: Int64

    package init(
        id: HoldID, prescription: PrescriptionID, version: Int64, line: String, orderLine: Int,
        status: HoldStatus, handover: Int, handovers: Int, quantity: Int, unitThousandths: Int64,
        handedOverThousandths: Int64
    ) {
        self.id = id
        self.prescription = prescription
        self.version = version
        self.line = line
        self.orderLine = orderLine
        self.status = status
        self.handover = handover
        self.handovers = handovers
        self.quantity = quantity
        self.unitThousandths = unitThousandths
        self.handedOverThousandths = handedOverThousandths
    }
}

/// A handover, or one part of one, as it was recorded. What was handed over is sealed and stays with the
/// pharmacy's own records.
package struct HandoverSummary: Sendable, Hashable {
    package let id: HandoverID
    package let authorization: AuthorizationID
    package let isFinal: Bool
    package let handedOverAt: Instant
    /// Nil while it stands.
    package let undoneAt: Instant?
    /// The holds it served and the packages each got.
    package let parts: [HandoverPart]

    package init(
        id: HandoverID, authorization: AuthorizationID, isFinal: Bool, handedOverAt: Instant,
        undoneAt: Instant?, parts: [HandoverPart]
    ) {
        self.id = id
        self.authorization = authorization
        self.isFinal = isFinal
        self.handedOverAt = handedOverAt
        self.undoneAt = undoneAt
        self.parts = parts
    }
}

/// What one handover gave on one hold.
package struct HandoverPart: Sendable, Hashable {
    package let hold: HoldID
    /// The line of the order, from 0.
    package let orderLine: Int
    /// Packages.
    package let quantity: Int

    package init(hold: HoldID, orderLine: Int, quantity: Int) {
        self.hold = hold
        self.orderLine = orderLine
        self.quantity = quantity
    }
}
