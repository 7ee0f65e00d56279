import GRDB
import Lifecycles
import Records
import SeedKit
import TestKit
import Vocabulary

/// One payment of the list's tests, as it is put into the file and as a plain search finds it again.
struct SamplePayment: Sendable {
    let id: AuthorizationID
    let createdAt: Instant
    let merchant: String
    let order: String
    let amount: Int64
    let currency: String
    let last4: String
    let status: AuthorizationStatus
    let reason: DeclineReason?
    let code: String?
    let customer: CustomerID?
    let factor: AuditFactor

    /// What every term of a filter says of it, without any index.
    func passes(_ filter: AuditFilter, at now: Instant) -> Bool {
        func holds<Value>(_ wanted: Set<Value>, _ found: Value?) -> Bool {
            wanted.isEmpty || found.map(wanted.contains) ?? false
        }
        return holds(filter.statuses, status) && holds(filter.reasons, reason)
            && holds(filter.parties, reason?.by) && holds(Set(filter.merchants.map(\.text)), merchant)
            && holds(Set(filter.orders.map(\.text)), order) && holds(filter.cards, last4)
            && holds(Set(filter.codes.map(\.text)), code) && holds(filter.factors, factor)
            && holds(Set(filter.currencies.map(\.code)), currency)
            && filter.amounts.allSatisfy { $0.holds(for: amount) }
            && (filter.since.map { createdAt >= $0.beginning(at: now) } ?? true)
            && (filter.until.map { createdAt < $0.end(at: now) } ?? true)
            && filter.subjects.allSatisfy { subject in
                switch subject {
                case .customer(let id): id == customer
                case .authorization(let id): id == self.id
                default: false
                }
            }
    }
}

/// Makes payments straight in the file: many, of every kind, without living each.
struct SamplePayments {
    static let merchants = ["anden-butik", "bogbixen", "nordlys-apotek"]
    static let reasons: [DeclineReason] = [
        .codeAppRequired, .confirmationDenied, .lostCard, .doNotHonor, .rxTooEarly,
    ]

    private var random: SplitMix
    let customers: [CustomerID]

    init(seed: UInt64, customers: [CustomerID]) {
        random = SplitMix(seed: seed)
        self.customers = customers
    }

    /// So many payments, a minute apart and some in the same millisecond, the oldest first.
    mutating func make(_ count: Int, from start: Instant) -> [SamplePayment] {
        var time = start
        return (0..<count).map { _ in
            time = time.adding(seconds: Int.random(in: 0...2, using: &random) * 60)
            return one(at: time)
        }.sorted { $0.id < $1.id }
    }

    private mutating func one(at time: Instant) -> SamplePayment {
        let status = AuthorizationStatus.allCases.randomElement(using: &random) ?? .declined
        let reason = status == .declined ? Self.reasons.randomElement(using: &random) : nil
        let others: [AuditFactor] = [.keyCard, .codeToken, .password]
        let factor: AuditFactor =
            switch reason {
            case .codeAppRequired: others.randomElement(using: &random) ?? .keyCard
            case .lostCard, .doNotHonor, .confirmationDenied: .app
            default: .none
            }
        return SamplePayment(
            id: AuthorizationID(at: time, random: (random.next(), random.next())), createdAt: time,
            merchant: Self.merchants.randomElement(using: &random) ?? "bogbixen",
            order: "A-\(Int.random(in: 0..<20, using: &random))",
            amount: Int64.random(in: 1...30, using: &random),
            currency: Bool.random(using: &random) ? "DKK" : "EUR",
            last4: ["4242", "0005", "1881"].randomElement(using: &random) ?? "4242", status: status,
            reason: reason,
            code: reason == .lostCard ? "41" : reason == .doNotHonor ? "05" : nil,
            customer: customers.randomElement(using: &random), factor: factor)
    }
}

extension Bench {
    /// Puts payments into the file as they are, whatever their state: the triggers that ask for a life
    /// before it are taken away first.
    func put(_ payments: [SamplePayment]) async throws {
        let person = try await person()
        let token = try await token(of: person)
        let device = person.device
        try raw { db in
            try db.execute(
                sql: """
                    DROP TRIGGER IF EXISTS authorizations_begin_at_the_beginning;
                    DROP TRIGGER IF EXISTS confirmations_begin_pending;
                    """)
            try db.inTransaction {
                for payment in payments { try Self.put(payment, token: token, device: device, in: db) }
                return .commit
            }
        }
    }

    private static func put(
        _ payment: SamplePayment, token: CardTokenID, device: DeviceID, in db: Database
    ) throws {
        let isApproved = payment.status == .approved || payment.status == .captured
        try db.cachedStatement(
            sql: """
                INSERT INTO authorizations (id, merchant, is_live, customer, card_token, brand, first6, last4,
                    exp_month, exp_year, amount, currency, capture_mode, order_reference, order_document,
                    order_digest, metadata, status, approval_code, capture_before, captured, decline_reason,
                    network_code, created_at, updated_at)
                VALUES (?, ?, 0, ?, ?, 'visa', '424242', ?, 12, 2030, ?, ?, 'manual', ?, '{}', '', '{}', ?,
                    ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            payment.id, payment.merchant, payment.customer, token, payment.last4, payment.amount,
            payment.currency, payment.order, payment.status.rawValue, isApproved ? "A" : nil,
            isApproved ? payment.createdAt : nil, payment.status == .captured ? payment.amount : 0,
            payment.reason?.rawValue, payment.code, payment.createdAt, payment.createdAt,
        ])
        guard payment.factor != .none, let customer = payment.customer else { return }
        let word = payment.id.uuidBytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let question = ConfirmationID(at: payment.createdAt, random: (word, word << 2))
        try db.cachedStatement(
            sql: """
                INSERT INTO confirmations (id, kind, authorization, customer, merchant, payee, status,
                    issued_at, expires_at, ended_at)
                VALUES (?, 'card_payment', ?, ?, ?, 'X', 'denied', ?, ?, ?)
                """
        ).execute(arguments: [
            question, payment.id, customer, payment.merchant, payment.createdAt, payment.createdAt,
            payment.createdAt,
        ])
        if payment.factor == .app {
            try db.cachedStatement(
                sql: """
                    INSERT INTO answers (confirmation, device, verdict, verified_by, certificate, compact,
                        digest, answered_at)
                    VALUES (?, ?, 'deny', 'pin', 'valid', 'x', x'00', ?)
                    """
            ).execute(arguments: [question, device, payment.createdAt])
        } else {
            try db.cachedStatement(
                sql: "INSERT INTO factor_offers (confirmation, factor, offered_at) VALUES (?, ?, ?)"
            ).execute(arguments: [question, payment.factor.rawValue, payment.createdAt])
        }
    }
}
