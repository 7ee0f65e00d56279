import Foundation
import GRDB
import Lifecycles
package import Vocabulary

/// One line of a handover as the pharmacy tells it.
package struct HandoverLineDraft: Sendable, Hashable {
    /// The line of the record.
    package let line: String
    /// Needed where two records of the order have a line of that name.
    package let record: PrescriptionID?
    package let product: ProductNumber
    /// Packages, from 1.
    package let quantity: Int
    /// Product number and batch, sealed.
    package let detailSealed: [UInt8]

    package init(
        line: String, record: PrescriptionID?, product: ProductNumber, quantity: Int, detailSealed: [UInt8]
    ) {
        self.line = line
        self.record = record
        self.product = product
        self.quantity = quantity
        self.detailSealed = detailSealed
    }
}

/// What was ordered and what the record allows, opened outside the writer: for an equivalent at handover.
package struct OrderedProduct: Sendable, Hashable {
    package let product: ProductNumber
    package let isSubstitutionAllowed: Bool

    package init(product: ProductNumber, isSubstitutionAllowed: Bool) {
        self.product = product
        self.isSubstitutionAllowed = isSubstitutionAllowed
    }
}

/// The holding pharmacy hands over, in full or in part (RX-HANDOVER).
package struct RecordHandover: Command {
    package let id: AuthorizationID
    package let owner: Owner
    package let gln: GLN
    package let lines: [HandoverLineDraft]
    package let isFinal: Bool
    /// By the line of the order.
    package let ordered: [Int: OrderedProduct]
    package let key: RequestKey?

    package init(
        id: AuthorizationID, owner: Owner, gln: GLN, lines: [HandoverLineDraft], isFinal: Bool,
        ordered: [Int: OrderedProduct], key: RequestKey?
    ) {
        self.id = id
        self.owner = owner
        self.gln = gln
        self.lines = lines
        self.isFinal = isFinal
        self.ordered = ordered
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        var authorization = try transaction.current(id, of: owner)
        let holds = try HoldRecord.all(of: id, in: transaction.db)
        let parts = try assign(holds, orderedOn: LocalDate(authorization.createdAt), in: transaction)
        // A part capture that was given back leaves no money behind that the medicine was paid with.
        let sums = authorization.lifecycle.sums
        guard sums.captured > sums.refunded else { throw Rejection.handover(.notOwed(0, .owed)) }
        let handover: HandoverID = transaction.makeID()
        let leaf = try transaction.note(.handedOver, of: &authorization)
        try transaction.execute(
            """
            INSERT INTO handovers (id, authorization, gln, is_final, handed_over_at, leaf)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [handover, id, gln.text, isFinal, transaction.now, leaf])
        for part in parts { try hand(part, in: handover, transaction) }
        if isFinal { try finish(in: transaction) }
        let written = try HandoverReading.find(handover, of: id, in: transaction.db)
        guard let written else { throw Rejection.notFound }
        return try transaction.answer(.handover(written, isNew: true), for: key)
    }

    /// One line of the request with its hold.
    private struct Part {
        let hold: HoldRecord
        let quantity: Int
        let units: Int64
        let detail: [UInt8]
    }

    private func assign(
        _ holds: [HoldRecord], orderedOn day: LocalDate, in transaction: Transaction
    ) throws -> [Part] {
        var taken: Set<HoldID> = []
        return try lines.enumerated().map { index, line in
            let named = holds.filter {
                $0.line == line.line && (line.record == nil || $0.prescription == line.record)
            }
            guard let hold = named.first else { throw Rejection.handover(.lineUnknown(index)) }
            guard named.count == 1 else { throw Rejection.handover(.lineAmbiguous(index)) }
            guard taken.insert(hold.id).inserted else { throw Rejection.handover(.lineRepeated(index)) }
            guard hold.lifecycle.status == .owed else {
                throw Rejection.handover(.notOwed(index, hold.lifecycle.status))
            }
            let size = try packageSize(of: line.product, for: hold, index, orderedOn: day, in: transaction)
            let units = Int64(line.quantity) * size.thousandths
            guard units <= hold.units - hold.unitsHandedOver else {
                throw Rejection.handover(.tooMuch(index))
            }
            return Part(hold: hold, quantity: line.quantity, units: units, detail: line.detailSealed)
        }
    }

    /// Another product must be of the same substitution group in the list of the order's date (RX-SUBST).
    private func packageSize(
        of product: ProductNumber, for hold: HoldRecord, _ index: Int, orderedOn day: LocalDate,
        in transaction: Transaction
    ) throws -> Quantity {
        guard let ordered = ordered[hold.orderLine],
            let asked = try PriceListReading.product(ordered.product, on: day, in: transaction.db),
            let given = try PriceListReading.product(product, on: day, in: transaction.db)
        else { throw Rejection.handover(.productRefused(index)) }
        if given.number == asked.number { return given.packageSize }
        guard ordered.isSubstitutionAllowed, let group = asked.substitutionGroup,
            given.substitutionGroup == group
        else { throw Rejection.handover(.productRefused(index)) }
        return given.packageSize
    }

    private func hand(_ part: Part, in handover: HandoverID, _ transaction: Transaction) throws {
        let hold = part.hold
        try transaction.execute(
            """
            INSERT INTO handover_parts (handover, hold, quantity, units, detail_sealed)
            VALUES (?, ?, ?, ?, ?)
            """,
            [handover, hold.id, part.quantity, part.units, Data(part.detail)])
        try transaction.execute(
            "UPDATE holds SET units_handed_over = units_handed_over + ? WHERE id = ?", [part.units, hold.id])
        // The first part uses the handover up; later parts belong to it (RX-INTERVAL does not count again).
        try transaction.execute(
            """
            INSERT INTO line_handovers (hold, record_key, line, handover, handovers, begun_on, begun_at,
                status)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'done')
            ON CONFLICT (hold) DO UPDATE SET status = 'done', begun_on = excluded.begun_on,
                begun_at = excluded.begun_at WHERE status = 'undone'
            """,
            [
                hold.id, Data(hold.recordKey), hold.line, hold.handover, hold.handovers,
                LocalDate(transaction.now).description, transaction.now,
            ])
        if hold.unitsHandedOver + part.units == hold.units {
            var changing = hold
            try transaction.move(&changing, .consume)
        } else {
            try transaction.settle(hold.prescription)
        }
    }

    /// "Final": nothing more comes of the order. A line that nothing was handed over of is free again.
    private func finish(in transaction: Transaction) throws {
        for hold in try HoldRecord.all(of: id, in: transaction.db) where hold.lifecycle.status == .owed {
            var changing = hold
            try transaction.move(&changing, hold.unitsHandedOver == 0 ? .release : .consume)
        }
    }
}
