import Lifecycles
import Operations
import Outbound
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct CardBlockTests {
    @Test func `PAY-DECLINE: a card that its issuer blocks while the app is asked pays nothing`() async throws
    {
        let stage = try Stage()
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let card = try #require(try await stage.texts("SELECT id FROM cards").first.flatMap { CardID($0) })
        #expect(try await stage.gateway.ledger.submit(BlockCard(card)))
        try await stage.answer(asked, by: actor.app, .approve)
        #expect(try await stage.settled(asked.id).decline?.reason == .cardBlocked)
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }
}
