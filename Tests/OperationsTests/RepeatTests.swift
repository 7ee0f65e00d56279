import Lifecycles
import Notation
import Operations
import Outbound
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct RepeatTests {
    @Test func `PAY-IDEM, REL-02: thirty creates on one key are one authorization and one answer`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let request = try await stage.request(actor)
        let identity = stage.identity("authorize", key: "one", "same")
        let answers = try await withThrowingTaskGroup(of: Answered.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    try await stage.gateway.authorize(request, caller: stage.shop, identity: identity)
                }
            }
            return try await group.reduce(into: [Answered]()) { $0.append($1) }
        }
        #expect(answers.count == 30)
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(Set(answers.map(\.status)) == [201])
        #expect(answers.count { !$0.isReplay } == 1)
        #expect(try await stage.number("SELECT count(*) FROM authorizations") == 1)
        await stage.stop()
    }

    @Test func `PAY-IDEM: a decline is given again too, byte for byte, even when it would not be one now`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        try await stage.gateway.issuer.block(.password, of: actor.id)
        let request = try await stage.request(actor)
        let identity = stage.identity("authorize", key: "one")
        let first = try await stage.gateway.authorize(request, caller: stage.shop, identity: identity)
        #expect(String(decoding: first.body, as: UTF8.self).contains("declined"))
        try await stage.gateway.issuer.setPassword(Password(rightPassword, personNumber: nil), of: actor.id)
        let again = try await stage.gateway.authorize(request, caller: stage.shop, identity: identity)
        #expect(again.isReplay)
        #expect(again.body == first.body)
        await stage.stop()
    }

    @Test func `PAY-IDEM: another request on the key names the parameters that differ, never their values`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        func identity(_ body: JSONObject) -> RequestIdentity {
            RequestIdentity(key: IdempotencyKey("one"), route: "authorize", body: body) { bytes in
                stage.gateway.keys.fingerprint(bytes, as: .request)
            }
        }
        let request = try await stage.request(actor, amount: 24_900)
        _ = try await stage.gateway.authorize(
            request, caller: stage.shop, identity: identity(["amount": 24_900, "currency": "DKK"]))
        let other = try await stage.request(actor, amount: 77_712)
        let refused = try await refusal {
            _ = try await stage.gateway.authorize(
                other, caller: stage.shop,
                identity: identity([
                    "amount": 77_712, "currency": "DKK", "return_url": "https://hemmelig.example",
                ]))
        }
        #expect(refused?.code == .idempotencyKeyReused)
        let detail = try #require(refused?.detail)
        #expect(detail.contains("amount") && detail.contains("return_url"))
        #expect(!detail.contains("currency"))
        for value in ["77712", "77_712", "24900", "hemmelig"] { #expect(!detail.contains(value)) }
        #expect(try await stage.number("SELECT count(*) FROM authorizations") == 1)
        await stage.stop()
    }

    @Test func `PAY-IDEM: a key belongs to one shop and one route`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let other = try await stage.customer(card: "5555555555554444")
        for (customer, caller) in [(actor, stage.shop), (other, stage.otherShop)] {
            let answered = try await stage.gateway.authorize(
                try await stage.request(customer, at: caller), caller: caller,
                identity: stage.identity("authorize", key: "one", customer.id.text))
            #expect(!answered.isReplay)
        }
        #expect(try await stage.number("SELECT count(*) FROM authorizations") == 2)
        await stage.stop()
    }

    @Test func `PAY-IDEM: a refused request stores nothing, not even its key`() async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        let identity = stage.identity("authorize", key: "one")
        let used = try await stage.request(actor)
        _ = try await stage.gateway.authorize(used, caller: stage.shop, identity: stage.identity("authorize"))
        let code = try await refusalCode {
            _ = try await stage.gateway.authorize(used, caller: stage.shop, identity: identity)
        }
        #expect(code == .cardTokenUsed)
        let answered = try await stage.gateway.authorize(
            try await stage.request(actor), caller: stage.shop, identity: identity)
        #expect(!answered.isReplay)
        await stage.stop()
    }

    @Test
    func `PAY-IDEM, ACQ-ONCE: a capture in flight is held, told to come again after a second, then replayed`()
        async throws
    {
        let line = Line()
        line.hold(.afterBooking, .capture)
        let stage = try Stage { $0.fault = line.fault }
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        let first = Task { try await stage.capture(approved.id, 400, key: "one") }
        try await stage.until { line.seen(.afterBooking, .capture) == 1 }
        let refused = try await refusal { _ = try await stage.capture(approved.id, 400, key: "one") }
        #expect(refused?.code == .idempotencyKeyInFlight)
        #expect(refused?.code.status == 409)
        let held = Task { try await stage.capture(approved.id, 400, key: "one") }
        line.release(.afterBooking, .capture)
        let answer = try await first.value
        let replay = try await held.value
        #expect(replay.isReplay && !answer.isReplay)
        #expect(replay.body == answer.body)
        #expect(try await stage.capture(approved.id, 400, key: "one").body == answer.body)
        #expect(try stage.books().lines.count { $0.kind == .capture } == 1)
        await stage.stop()
    }

    @Test func `ACQ-ONCE: thirty captures and thirty refunds on one key each move money once`() async throws {
        let stage = try Stage()
        let approved = try await stage.approved(try await stage.customer(), amount: 1_000)
        for step in ["capture", "refund"] {
            let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        try await patiently {
                            step == "capture"
                                ? try await stage.capture(approved.id, 600, key: "one").body
                                : try await stage.refund(approved.id, 500, key: "one").body
                        }
                    }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
        }
        try await stage.quiet()
        let account = try await stage.account(of: approved.id)
        #expect(account.capturedMinor == 600)
        #expect(account.refundedMinor == 500)
        await stage.stop()
    }

    @Test(
        arguments: [
            ("plain-key", "plain-key"), ("\"quoted key\"", nil), ("\"quoted-key\"", "quoted-key"),
            ("\"a\\\"b\"", "a\"b"), ("\"open", nil), ("", nil), ("\"\"", nil), ("with space", nil),
            (String(repeating: "k", count: 255), String(repeating: "k", count: 255)),
            (String(repeating: "k", count: 256), nil),
        ] as [(String, String?)])
    func `PAY-IDEM: bare and quoted keys are the same key`(header: String, text: String?) {
        #expect(IdempotencyKey(header)?.text == text)
    }

    @Test func `PAY-LIST: pages of a shop's authorizations, newest first, forwards and backwards`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        var ids: [AuthorizationID] = []
        for number in 0..<7 {
            let actor = try await stage.customer(card: try cardNumber(number))
            clock.advance(seconds: 1)
            ids.append(try await stage.authorize(actor, amount: Int64(1_000 + number)).id)
        }
        let newest = Array(ids.reversed())
        func page(_ change: (inout AuthorizationQuery) -> Void) async throws -> Page<Authorization> {
            var query = AuthorizationQuery()
            change(&query)
            return try await stage.gateway.authorizations(query, caller: stage.shop)
        }
        let first = try await page { $0.page = PageRequest(limit: 3) }
        #expect(first.items.map(\.id) == Array(newest[0..<3]))
        #expect(first.hasMore)
        let second = try await page { $0.page = PageRequest(limit: 4, startingAfter: newest[2].text) }
        #expect(second.items.map(\.id) == Array(newest[3..<7]))
        #expect(!second.hasMore)
        let back = try await page { $0.page = PageRequest(limit: 2, endingBefore: newest[3].text) }
        #expect(back.items.map(\.id) == Array(newest[1..<3]))
        #expect(back.hasMore)
        let amounts = try await page { $0.amount = Bounds(gt: 1_001, lte: 1_003) }
        #expect(amounts.items.map(\.money.amountMinor) == [1_003, 1_002])
        let times = try await page { $0.created = Bounds(gte: clock.now()) }
        #expect(times.items.map(\.id) == [newest[0]])
        #expect(try await page { $0.amount = Bounds(gt: .max) }.items.isEmpty)
        #expect(try await page { $0.status = .captured }.items.isEmpty)
        #expect(
            try await stage.gateway.authorizations(AuthorizationQuery(), caller: stage.otherShop).items
                .isEmpty)
        await stage.stop()
    }

    @Test
    func `PAY-LIST, SCA-08: a shop finds declines by the reason that it was told, not by the one behind it`()
        async throws
    {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        try await stage.gateway.issuer.block(.app, of: actor.id)
        let declined = try await stage.authorize(actor, reference: "A-1")
        func found(_ reason: String) async throws -> [AuthorizationID] {
            try await stage.gateway.authorizations(
                AuthorizationQuery(reason: reason), caller: stage.shop
            ).items.map(\.id)
        }
        #expect(try await found("authentication_unavailable") == [declined.id])
        #expect(try await found("app_blocked").isEmpty)
        let byOrder = try await stage.gateway.authorizations(
            AuthorizationQuery(order: try OrderReference("A-1")), caller: stage.shop)
        #expect(byOrder.items.map(\.id) == [declined.id])
        await stage.stop()
    }

    @Test func `PAY-TRACE: each decision keeps its rules, and the reason follows from the trace alone`()
        async throws
    {
        let stage = try Stage()
        let declined = try await stage.approved(try await stage.customer(card: "4000000000009987"))
        #expect(declined.decisions.count == 3)
        let stages = try await stage.texts(
            "SELECT stage || ' ' || outcome FROM decisions WHERE authorization = ? ORDER BY leaf",
            declined.id.text)
        #expect(stages == ["create go_on", "answer go_on", "result declined"])
        let trace = try TraceDocument.read(try await stage.trace(of: declined.id))
        #expect(TraceDocument.reason(in: trace) == "lost_card")
        for entry in try #require(trace.array) {
            let object = try #require(entry.object)
            for name in ["rule", "version", "verdict", "at"] {
                #expect(object[name] != nil, "\(name)")
            }
            // What is about a person stands elsewhere, sealed.
            #expect((object["inputs"] == nil) == (object["inputs_digest"] == nil))
            #expect(object["inputs"] == nil || object["personal"] == nil)
        }
        #expect(try await stage.texts("SELECT DISTINCT hex(rule_set) FROM decisions").count == 3)
        await stage.stop()
    }

    @Test(
        arguments: [
            ("app_approves", AuthorizationStatus.approved, nil),
            ("app_denies", .declined, DeclineReason.confirmationDenied),
            ("app_reports", .declined, .confirmationReported),
            ("app_wrong_match", .declined, .matchCodeWrong),
            ("key_card", .declined, .codeAppRequired),
        ] as [(String, AuthorizationStatus, DeclineReason?)])
    func `PAY-TEST: a test customer answers by itself`(
        word: String, status: AuthorizationStatus, reason: DeclineReason?
    ) async throws {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(
            actor, metadata: [Metadata(name: "godkend_test", value: word)])
        try await stage.until { try await stage.load(asked.id).status == status }
        #expect(try await stage.load(asked.id).reason == reason)
        await stage.stop()
    }

    @Test
    func
        `PAY-TEST: a silent test customer lets the time run out, an unknown word is the merchant's own note`()
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let words = ["app_silent", "app_approves ", "APP_APPROVES", "approve"]
        var asked: [AuthorizationID] = []
        for (number, word) in words.enumerated() {
            let actor = try await stage.customer(card: try cardNumber(number))
            let note = Metadata(name: "godkend_test", value: word)
            asked.append(try await stage.authorize(actor, metadata: [note]).id)
        }
        // The robot works in turn: when it has answered this one, it has left the others alone.
        let last = try await stage.customer()
        let marker = try await stage.authorize(
            last, metadata: [Metadata(name: "godkend_test", value: "app_denies")])
        try await stage.until { try await stage.load(marker.id).status == .declined }
        for id in asked { #expect(try await stage.load(id).status == .requiresConfirmation) }
        clock.advance(seconds: 300)
        try await stage.until { try await stage.load(asked[0]).reason == .confirmationExpired }
        await stage.stop()
    }
}

/// Asks again with the same key as long as the first request is under way, as a good client does.
private func patiently<Value>(_ ask: () async throws -> Value) async throws -> Value {
    for _ in 0..<30 {
        do {
            return try await ask()
        } catch let refusal as Refusal where refusal.code == .idempotencyKeyInFlight {
            continue
        }
    }
    return try await ask()
}
