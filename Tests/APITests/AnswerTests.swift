import Lifecycles
import Notation
import Operations
import Testing
import Vocabulary

@testable import API

private struct FixedPresenter: ConfirmationPresenter {
    let code: MatchCode
    func matchCode(_ id: ConfirmationID) -> MatchCode { code }
    func pageURL(_ id: ConfirmationID) -> String { "http://127.0.0.1/confirm/\(id.text)#x" }
    func order(of authorization: Authorization) -> Order { authorization.order }
}

@Suite struct AnswerTests {
    private func answers() throws -> JSONAnswers {
        JSONAnswers(presenter: FixedPresenter(code: try #require(MatchCode("47"))))
    }

    private func id<Kind>() -> Identifier<Kind> { Identifier(at: Instant(milliseconds: 0), random: (1, 2)) }

    private func authorization(
        _ state: AuthorizationState, confirmation: ConfirmationStatus?
    ) throws -> Authorization {
        let expiry = try #require(CardExpiry(month: 12, year: 2030))
        let money = try Money(amountMinor: 24_900, currency: .dkk)
        let line = OrderLine(
            kind: .goods, description: try PlainText("Bøger", maximum: 100), quantity: 1,
            unitAmountMinor: 24_900, productNumber: nil, prescription: nil)
        let noon = Instant(milliseconds: 1_795_348_800_000)
        return Authorization(
            id: id(), merchant: try #require(MerchantID("bogbixen")), isLive: false, customer: nil,
            money: money,
            capture: .manual, card: MaskedCard(try CardNumber("4242424242424242"), expiry: expiry),
            order: Order(reference: try OrderReference("1001"), lines: [line]),
            metadata: [Metadata(name: "a", value: "b")], returnURL: nil, replaces: nil, createdAt: noon,
            updatedAt: noon, version: 1,
            lifecycle: AuthorizationLifecycle(
                state: state, sums: AuthorizationSums(authorized: 24_900), isFinalCaptureOpen: false),
            confirmation: confirmation.map {
                ConfirmationSummary(id: id(), status: $0, expiresAt: noon.adding(seconds: 300))
            }, decisions: [DecisionReference(id: id(), leaf: 17)])
    }

    @Test func `PAY-STATE: an authorization is written with the members of the contract, in its order`()
        throws
    {
        let json = try answers().json(try authorization(.requiresConfirmation, confirmation: .pending))
        let object = try #require(json.object)
        #expect(
            object.names == [
                "id", "object", "livemode", "merchant", "status", "amount", "amount_captured",
                "amount_refunded",
                "currency", "capture", "capture_before", "card", "order", "confirmation", "holds",
                "handovers",
                "decisions", "decline", "created_at", "updated_at", "metadata",
            ])
        #expect(
            object["confirmation"]?.object?.names == ["id", "status", "match_code", "page_url", "expires_at"])
        #expect(object["confirmation"]?.object?["match_code"]?.text == "47")
        #expect(object["created_at"]?.text == "2026-11-22T12:00:00.000Z")
        #expect(object["decline"]?.isNull == true)
        #expect(object["decisions"] == [["id": .text((id() as DecisionID).text), "leaf": 17]])
        #expect(object["card"]?.object?.names == ["brand", "first6", "last4", "exp_month", "exp_year"])
        // What is written is what the schema says.
        #expect(Set(object.names).isSubset(of: Schemas.authorization.memberNames))
        let required = Schemas.authorization.properties.filter(\.isRequired).map(\.name)
        #expect(Set(required).isSubset(of: object.names))
    }

    @Test(arguments: ConfirmationStatus.allCases)
    func `SCA-13: match code and page address are shown only while pending`(status: ConfirmationStatus) throws
    {
        let json = try answers().json(try authorization(.requiresConfirmation, confirmation: status))
        let shown = try #require(json.object?["confirmation"]?.object)
        #expect((shown["match_code"] != nil) == (status == .pending))
        #expect((shown["page_url"] != nil) == (status == .pending))
    }

    @Test func `SCA-08: blocked app, customer and certificate look the same to the shop`() throws {
        let bodies = try [DeclineReason.appBlocked, .customerBlocked, .certificateBlocked].map { reason in
            try answers().json(try authorization(.declined(Decline(reason: reason)), confirmation: nil))
                .written()
        }
        #expect(Set(bodies).count == 1)
        let text = String(decoding: try #require(bodies.first), as: UTF8.self)
        #expect(text.contains("authentication_unavailable"))
        #expect(!text.contains("blocked"))
    }

    @Test(arguments: DeclineReason.allCases)
    func `PAY-DECLINE: every decline is written as its schema says`(reason: DeclineReason) throws {
        let object = try #require(JSONAnswers.json(Decline(reason: reason)).object)
        let required = Schemas.decline.properties.filter(\.isRequired).map(\.name)
        #expect(Set(required).isSubset(of: object.names))
        #expect(Set(object.names).isSubset(of: Schemas.decline.memberNames))
        #expect((object["class"] != nil) == (object["reason"]?.text == "prescription_not_accepted"))
        #expect(AuthorizationQuery.publicReasons.contains(object["reason"]?.text ?? ""))
    }

    @Test(arguments: ErrorCode.allCases)
    func `PAY-ERROR: every code makes a problem document that its schema allows`(code: ErrorCode) throws {
        let refusal = Refusal(code, parameter: "order.lines[0].quantity")
        let json = ProblemDocument.json(refusal, publicURL: "http://127.0.0.1", requestID: "req_1")
        let object = try #require(json.object)
        #expect(object.names == Schemas.problem.properties.map(\.name))
        #expect(object["error"]?.object?.names == Schemas.problemError.properties.map(\.name))
        #expect(object["status"]?.integer == Int64(code.status))
        #expect(object["type"]?.text == "http://127.0.0.1/docs#\(code.rawValue)")
        #expect(object["instance"]?.text == "urn:godkend:request:req_1")
        #expect((400...599).contains(code.status))
    }

    @Test func `PAY-ERROR: an id of ours matches the published pattern, one of another version does not`()
        throws
    {
        let pattern = try #require(Shape.identifier("auth").object?["pattern"]?.text)
        let regex = try Regex(pattern)
        for random in [(UInt64(0), UInt64(0)), (.max, .max), (1, 2)] {
            let id = AuthorizationID(at: Instant(milliseconds: 1_795_348_800_000), random: random)
            #expect(id.text.wholeMatch(of: regex) != nil)
        }
        #expect("auth_01ARZ3NDEKTSV4RRFFQ69G5FAV".wholeMatch(of: regex) == nil)
    }
}
