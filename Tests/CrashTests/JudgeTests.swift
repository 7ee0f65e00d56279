import Testing

/// A judge that finds nothing is worth nothing: each is shown one thing it must find, beside one that is
/// good.
@Suite struct JudgeTests {
    private static let promise: Promise = {
        var promise = Promise(amountMinor: 500, reference: "a")
        promise.authorization = "auth_1"
        promise.outcome = "approved"
        promise.captures = [200, 100]
        promise.refunds = ["ref_1": 50]
        promise.isSettled = true
        return promise
    }()

    private static func seen(
        id: String = "auth_1", amount: Int64 = 500, status: String = "captured", captured: Int64 = 300,
        refunded: Int64 = 50, refunds: [String: Int64] = ["ref_1": 50]
    ) -> Seen {
        Seen(
            id: id, reference: "a", amountMinor: amount, status: status, capturedMinor: captured,
            refundedMinor: refunded, refunds: refunds)
    }

    private static func booked(captured: Int64 = 300, refunded: Int64 = 50, open: Int64 = 0) -> Booked {
        Booked(
            askedMinor: 500, approvedMinor: 500, capturedMinor: captured, refundedMinor: refunded,
            openMinor: open)
    }

    @Test func `Judge: what is as it was told is good`() {
        #expect(Judge.lost([Self.promise], [Self.seen()]) == [])
        #expect(Judge.doubled([Self.promise], [Self.seen()]) == [])
        #expect(Judge.above([Self.seen()]) == [])
        #expect(Judge.disagreeing([Self.seen()], [Self.booked()]) == [])
    }

    @Test(
        arguments: [
            [], [seen(id: "auth_2")], [seen(amount: 501)], [seen(captured: 200)], [seen(refunds: [:])],
            [seen(status: "declined")],
        ] as [[Seen]])
    func `Judge: a lost payment, capture or refund is found`(seen: [Seen]) {
        #expect(!Judge.lost([Self.promise], seen).isEmpty)
    }

    @Test func `Judge: a request that was never answered is found`() {
        var open = Self.promise
        open.isSettled = false
        #expect(!Judge.lost([open], [Self.seen()]).isEmpty)
    }

    @Test func `Judge: a doubled payment and an unknown one are found`() {
        #expect(
            Judge.doubled([Self.promise], [Self.seen(), Self.seen(id: "auth_2")]) == ["a is there 2 times"])
        #expect(Judge.doubled([], [Self.seen()]) == ["a was never asked for"])
    }

    @Test(
        arguments: [
            seen(captured: 501), seen(captured: 40), seen(refunded: 100),
            seen(refunds: ["ref_1": 50, "ref_2": 50]),
        ])
    func `Judge: sums above their limits are found`(seen: Seen) {
        #expect(!Judge.above([seen]).isEmpty)
    }

    @Test(
        arguments: [
            [], [booked(captured: 600)], [booked(refunded: 100)], [booked(open: 200)], [booked(), booked()],
            [
                booked(),
                Booked(askedMinor: 7, approvedMinor: 7, capturedMinor: 0, refundedMinor: 0, openMinor: 7),
            ],
        ] as [[Booked]])
    func `Judge: books that say something else are found`(booked: [Booked]) {
        #expect(!Judge.disagreeing([Self.seen()], booked).isEmpty)
    }
}
