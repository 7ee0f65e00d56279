import Testing

/// The judge of holds and handovers is shown one thing at a time that it must find.
@Suite struct PharmacyJudgeTests {
    private static let promise: Promise = {
        var promise = Promise(amountMinor: 500, reference: "a")
        promise.authorization = "auth_1"
        promise.outcome = "approved"
        promise.captures = [500]
        promise.record = "prx_1"
        promise.hold = "consumed"
        promise.handovers = ["hnd_1": Handed(quantity: 2)]
        promise.isSettled = true
        return promise
    }()

    private static func seen(
        _ id: String = "auth_1", status: String = "captured", captured: Int64 = 500,
        holds: [SeenHold] = [hold()], handovers: [String: Handed] = ["hnd_1": Handed(quantity: 2)]
    ) -> Seen {
        Seen(
            id: id, reference: "a", amountMinor: 500, status: status, capturedMinor: captured,
            refundedMinor: 0, holds: holds, handovers: handovers)
    }

    private static func hold(
        _ status: String = "consumed", record: String = "prx_1", handover: Int64 = 1
    ) -> SeenHold {
        SeenHold(record: record, handover: handover, status: status)
    }

    @Test func `Judge: holds and handovers as they were told are good`() {
        let firm = Self.seen(
            "auth_2", status: "approved", captured: 0, holds: [Self.hold("firm", handover: 2)], handovers: [:]
        )
        #expect(Judge.misheld([Self.promise], [Self.seen()]) == [])
        #expect(Judge.overdrawn([Self.seen(), firm], handovers: 2, packages: 2) == [])
    }

    @Test(
        arguments: [
            [], [seen("auth_2")], [seen(holds: [])], [seen(holds: [hold("owed")])],
            [seen(holds: [hold(), hold()])], [seen(holds: [hold(record: "prx_2")])],
            [seen(status: "approved", captured: 0)], [seen(status: "canceled")], [seen(handovers: [:])],
            [seen(handovers: ["hnd_1": Handed(quantity: 1)])],
            [seen(handovers: ["hnd_1": Handed(quantity: 2, isUndone: true)])],
            [seen(handovers: ["hnd_1": Handed(quantity: 2), "hnd_2": Handed(quantity: 1)])],
        ] as [[Seen]])
    func `Judge: a hold or handover that is not as it was told is found`(seen: [Seen]) {
        #expect(!Judge.misheld([Self.promise], seen).isEmpty)
    }

    /// Told and shown alike, and yet no hold may stand so under such a payment.
    @Test(
        arguments: [
            ("declined", 0, "firm"), ("canceled", 0, "owed"), ("approved", 0, "owed"),
            ("approved", 100, "firm"), ("captured", 500, "firm"), ("captured", 500, "expired"),
            ("processing", 0, "firm"), ("expired", 0, "firm"),
        ] as [(String, Int64, String)])
    func `Judge: a hold that does not fit its payment is found`(
        status: String, captured: Int64, hold: String
    ) {
        var promise = Self.promise
        promise.hold = hold
        promise.handovers = [:]
        let seen = Self.seen(
            status: status, captured: captured, holds: [Self.hold(hold)], handovers: [:])
        #expect(!Judge.misheld([promise], [seen]).isEmpty)
    }

    @Test(
        arguments: [
            // Held twice; the same number twice; once too often; too many packages.
            [seen(holds: [hold("firm")]), seen("auth_2", holds: [hold("owed", handover: 2)])],
            [seen(), seen("auth_2")],
            [
                seen(), seen("auth_2", holds: [hold(handover: 2)]),
                seen("auth_3", holds: [hold(handover: 3)]),
            ],
            [seen(handovers: ["hnd_1": Handed(quantity: 2), "hnd_2": Handed(quantity: 1)])],
        ] as [[Seen]])
    func `Judge: a record drawn on more than it allows is found`(seen: [Seen]) {
        #expect(!Judge.overdrawn(seen, handovers: 2, packages: 2).isEmpty)
    }
}
