import Notation
import Operations
import Testing
import Vocabulary

@testable import API

@Suite struct ReadingTests {
    @Test(arguments: [
        ("{", ErrorCode.bodyMalformed, nil), ("[]x", .bodyMalformed, nil), ("", .bodyMalformed, nil),
        ("{\"a\":1,\"a\":2}", .parameterRepeated, "a"),
        ("{\"order\":{\"lines\":[{\"kind\":1,\"kind\":2}]}}", .parameterRepeated, "order.lines[0].kind"),
        ("{\"amount\":99999999999999999999}", .parameterInvalid, "amount"),
        ("{\"a\":\"\\ud800\"}", .bodyMalformed, nil),
    ])
    func `PAY-ERROR: bytes that are not strict JSON are refused by where they break`(
        text: String, code: ErrorCode, parameter: String?
    ) {
        #expect(throws: Refusal.self) { try BodyReader.json(text.utf8) }
        do {
            _ = try BodyReader.json(text.utf8)
        } catch {
            #expect(error.code == code)
            #expect(error.parameter == parameter)
        }
    }

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true),
        ("Application/JSON;charset=\"UTF-8\"", true), ("application/json; charset=latin1", false),
        ("application/json; a=b; c=d", false), ("text/json", false), ("application/jsonx", false),
        ("", false),
    ])
    func `PAY-ERROR: only JSON in UTF-8 is JSON`(type: String, isGood: Bool) {
        #expect(BodyReader.isJSON(type) == isGood)
        #expect(!BodyReader.isJSON(nil))
    }

    @Test func `SCA-34: an answer comes as application/jose and nothing else`() {
        #expect(BodyReader.isJOSE("application/jose"))
        #expect(!BodyReader.isJOSE("application/jose+json"))
        #expect(!BodyReader.isJOSE("application/json"))
        #expect(!BodyReader.isJOSE(nil))
    }

    @Test(arguments: [
        ("abc", "abc"), ("\"abc\"", "abc"), ("\"a\\\"b\"", "a\"b"), ("a\"b", "a\"b"), ("\"abc", nil),
        ("\"a\"b\"", nil), ("", nil), ("\"\"", nil), ("a b", nil), ("\"a\\b\"", nil), ("\u{E6}", nil),
    ])
    func `PAY-IDEM: bare and quoted keys are one`(header: String, text: String?) {
        #expect(IdempotencyKey(header)?.text == text)
    }

    @Test func `PAY-IDEM: a key has at most 255 characters`() {
        #expect(IdempotencyKey(String(repeating: "k", count: 255)) != nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 256)) == nil)
    }

    @Test func `PAY-IDEM: what differs is named, not shown`() {
        func identity(_ body: JSONObject) -> RequestIdentity {
            RequestIdentity(key: nil, route: "POST /", body: body, digest: { $0 })
        }
        let first = identity(["amount": 1, "currency": "DKK", "order": ["a": 1, "b": 2]])
        let second = identity(["currency": "DKK", "amount": 2, "order": ["b": 2, "a": 1], "replaces": "x"])
        #expect(second.differences(from: first) == ["amount", "replaces"])
        #expect(first.differences(from: first).isEmpty)
    }

    @Test(arguments: [
        ("limit=1", nil), ("limit=100", nil), ("limit=0", "limit"), ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=1&limit=2", "limit"), ("customer=x", "customer"), ("status=approved", nil),
        ("status=approvd", "status"), ("created%5Bgte%5D=2026-11-22T12:00:00Z", nil),
        ("created[lt]=yesterday", "created[lt]"), ("amount[gt]=-1", "amount[gt]"),
        ("reason=authentication_unavailable", nil), ("reason=app_blocked", "reason"),
        ("starting_after=auth_x", "starting_after"), ("order=%00", "order"),
    ])
    func `PAY-LIST: filters are checked one by one, and only public reasons can be asked for`(
        query: String, parameter: String?
    ) {
        do {
            _ = try AuthorizationQuery(try Query(query, allowed: AuthorizationQuery.names))
            #expect(parameter == nil)
        } catch {
            #expect(error.parameter == parameter)
            #expect(error.code.status == 400)
        }
    }

    @Test(arguments: ["a=%zz", "a=%2", "a=%ff"])
    func `PAY-ERROR: a query that is not form encoding in UTF-8 is refused`(query: String) {
        let refusal = #expect(throws: Refusal.self) { try Query(query, allowed: ["a"]) }
        #expect(refusal?.code == .parameterInvalid)
    }

    @Test func `SCA-08: a filter by the public reason finds all that hide behind it`() throws {
        let query = AuthorizationQuery(reason: "authentication_unavailable")
        let reasons = try #require(query.reasons)
        #expect(reasons.isSuperset(of: [.appBlocked, .customerBlocked, .certificateBlocked]))
        #expect(!reasons.contains(.codeAppRequired))
    }

    @Test func `REL-09: If-None-Match is compared weakly and names a version only when it is one`() {
        #expect(EntityTags("\"7\"").onlyVersion == 7)
        #expect(EntityTags("W/\"7\"").matches("\"7\""))
        #expect(EntityTags("\"6\", \"7\"").matches("\"7\""))
        #expect(EntityTags("\"6\", \"7\"").onlyVersion == nil)
        #expect(EntityTags("*").matches("\"7\""))
        #expect(EntityTags("*").onlyVersion == nil)
        #expect(!EntityTags(nil).matches("\"7\""))
        #expect(!EntityTags("7").matches("\"7\""))
        #expect(EntityTags("\"\"").onlyVersion == nil)
    }

    @Test func `PAY-LIST: bounds hold at both sides`() {
        let bounds = Bounds(gte: 2, lt: 5)
        #expect([1, 2, 4, 5].map(bounds.contains) == [false, true, true, false])
        let others = Bounds(gt: 2, lte: 5)
        #expect([2, 3, 5, 6].map(others.contains) == [false, true, true, false])
    }
}
