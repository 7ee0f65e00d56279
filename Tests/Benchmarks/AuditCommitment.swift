import Lifecycles
import Operations
import Records
import Vocabulary

/// What it costs that every leaf vouches for the whole state of its payment.
struct AuditCommitment {
    private let gateway: Gateway
    private let samples: [AuthorizationID]

    init(_ gateway: Gateway, samples: [AuthorizationID]) {
        (self.gateway, self.samples) = (gateway, samples)
    }

    /// The time of one digest, and its part of a new payment when some are made.
    func lines(writes: Int) async throws -> [String] {
        let digest = try await digestMicroseconds()
        var lines = ["state digest of a payment: \(fixed(digest)) µs at the median"]
        guard writes > 0 else { return lines }
        let create = try await createMicroseconds(writes)
        lines.append(
            """
            a new payment, declined, \(writes) in batches: \(fixed(create)) µs each, of which the digest \
            \(fixed(digest * 100 / create)) %: \(fixed(create / (create - digest))) times the time without
            """)
        return lines
    }

    private func digestMicroseconds() async throws -> Double {
        let ids = Array(samples.prefix(2_000))
        return try await gateway.ledger.read { db in
            var times: [Double] = []
            for id in ids {
                let began = ContinuousClock.now
                _ = try AuditedState.digest(of: id.text, in: db)
                times.append(began.duration(to: .now) / .microseconds(1))
            }
            return median(times)
        }
    }

    /// Payments with a card that nobody has enrolled, many at once, as the writer gets them in a rush.
    private func createMicroseconds(_ count: Int) async throws -> Double {
        let caller = try Self.caller()
        let nobody = RequestIdentity(key: nil, route: "", parameters: [])
        guard let expiry = CardExpiry(month: 12, year: 2_090) else { throw AuditBenchError.empty }
        let saved = try await gateway.tokenizeCard(
            TokenizeRequest(
                card: CardNumber("4111111111111111"), expiry: expiry, verificationCode: nil,
                isReusable: true),
            caller: caller, identity: nobody)
        guard let token = CardTokenID(String(decoding: saved.body, as: UTF8.self)) else {
            throw AuditBenchError.empty
        }
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { [gateway] group in
            for number in 0..<count {
                if number >= 512 { try await group.next() }
                group.addTask {
                    _ = try await gateway.authorize(
                        try Self.request(number, token), caller: caller, identity: nobody)
                }
            }
            try await group.waitForAll()
        }
        return began.duration(to: .now) / .microseconds(1) / Double(count)
    }

    private static func caller() throws -> Caller {
        guard let id = MerchantID("maaleshop") else { throw AuditBenchError.empty }
        let merchant = Merchant(
            id: id, kind: .webshop, name: try DisplayName("Måleshop"), gln: nil, isSuspended: false,
            currencies: [.dkk], limits: [], origins: [], keys: [])
        return Caller(
            merchant: merchant, key: KeyID(at: Instant(milliseconds: 0), random: (1, 1)), kind: .secret,
            isLive: false)
    }

    private static func request(_ number: Int, _ token: CardTokenID) throws -> AuthorizeRequest {
        let line = OrderLine(
            kind: .goods, description: try PlainText("En bog", maximum: 100), quantity: 1,
            unitAmountMinor: 24_900, productNumber: nil, prescription: nil)
        return AuthorizeRequest(
            money: try Money(amountMinor: 24_900, currency: .dkk), card: token, capture: .manual,
            order: Order(reference: try OrderReference("M-\(number)"), lines: [line]))
    }
}
