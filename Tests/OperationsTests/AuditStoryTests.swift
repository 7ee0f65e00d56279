import Decisions
import GRDB
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// The story of one authorization: why it ended so, by which rule, and what can be proved.
@Suite struct AuditStoryTests {
    private static let viewer = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 2)), .viewer)
    private static let auditor = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 2)), .auditor)

    private func still() throws -> Stage {
        try Stage {
            $0.clock = ManualClock()
            $0.isRunning = false
        }
    }

    /// A payment for which a key card was offered.
    private func refused(_ stage: Stage) async throws -> AuthorizationID {
        let asked = try await stage.authorize(try await stage.customer(), reference: "A-1001")
        let question = try #require(asked.confirmation?.id)
        _ = try await stage.gateway.offerFactor(
            question, FactorOffer(factor: .keyCard), by: .merchant(stage.shop),
            identity: stage.identity("factor"))
        return asked.id
    }

    @Test func `OPS-TRACE: a key card's decline names the rule, its source, and what was offered`()
        async throws
    {
        let stage = try still()
        let id = try await refused(stage)
        let story = try await stage.gateway.explain(id, by: Self.auditor)
        #expect(story.declining?.rule.name == "code-app-only")
        #expect(story.headline.hasPrefix("Declined because of code_app_required: "))
        #expect(story.headline.contains("By rule code-app-only v1 following SCA-06;"))
        #expect(story.offers.map(\.factor) == [.keyCard])
        #expect(story.row.factor == .keyCard && story.row.reason == .codeAppRequired)
        #expect(story.decisions.map(\.stage) == ["create", "answer"])
        #expect(story.decisions[0].rules.count > 15)
        #expect(story.decisions[0].rules.allSatisfy { $0.verdict != .decline && $0.citation != nil })
        let text = story.text.split(separator: "\n").map(String.init)
        #expect(text[0] == "\(id.text)  declined")
        #expect(text[1] == story.headline)
        #expect(text.contains { $0.contains("key_card was offered and refused unseen") })
        #expect(text.contains { $0.contains("order") && $0.hasSuffix("A-1001") })
        #expect(text.contains { $0.contains("authorization.declined") || $0.contains("declined") })
        let object = try #require(try JSON.parse(story.json.written()).object)
        #expect(object["reason"]?.text == "code_app_required")
        #expect(object["declining_rule"]?.text == "code-app-only")
        await stage.stop()
    }

    @Test func `OPS-TRACE: the id of a decision leads to the same story, an unknown one to none`()
        async throws
    {
        let stage = try still()
        let id = try await refused(stage)
        let first = try await stage.gateway.explain(id, by: .local)
        let last = try #require(first.decisions.last).id
        let decision = try #require(ExplainedID(last.text))
        #expect(try await stage.gateway.explain(decision, by: .local).row == first.row)
        let unknown = AuthorizationID(at: Instant(milliseconds: 5), random: (1, 2))
        let refusal = await #expect(throws: Refusal.self) {
            try await stage.gateway.explain(unknown, by: .local)
        }
        #expect(refusal?.code == .notFound)
        #expect(ExplainedID("cus_x") == nil && ExplainedID("") == nil)
        await stage.stop()
    }

    @Test func `OPS-ACCESS: a look is a leaf before it is shown; a viewer sees no single payment`()
        async throws
    {
        let stage = try still()
        let id = try await refused(stage)
        let before = try await stage.number("SELECT count(*) FROM leaves")
        let refusal = await #expect(throws: Refusal.self) {
            try await stage.gateway.explain(id, by: Self.viewer)
        }
        #expect(refusal?.code == .roleMissing)
        let refused = "SELECT count(*) FROM leaves WHERE kind = 'operator_action' AND subject = ?"
        #expect(try await stage.number(refused, id.text) == 1)
        #expect(try await stage.number("SELECT count(*) FROM leaves") == before + 1)
        #expect(try await stage.gateway.explain(id, by: Self.auditor).reads.isEmpty)
        #expect(try await stage.number("SELECT count(*) FROM leaves") == before + 2)
        let second = try await stage.gateway.explain(id, by: .local)
        #expect(second.reads.map(\.actor) == [Self.auditor.text])
        #expect(second.reads.map(\.outcome) == ["explained"])
        #expect(second.leaves.contains { $0.outcome == "refused_role_missing" })
        await stage.stop()
    }

    @Test func `OPS-TRACE: a leaf says whether the last checkpoint covers it`() async throws {
        let stage = try still()
        let id = try await refused(stage)
        let before = try await stage.gateway.explain(id, by: .local)
        #expect(before.checkpointSize == nil && before.leaves.allSatisfy { !$0.isProvable })
        #expect(before.text.contains("not yet in a checkpoint"))
        await stage.gateway.checkpointSigner.signNow()
        let after = try await stage.gateway.explain(id, by: .local)
        // The look before is a leaf too.
        #expect(after.checkpointSize == (before.leaves.last?.position ?? 0) + 2)
        #expect(after.leaves.count == before.leaves.count && after.leaves.allSatisfy(\.isProvable))
        #expect(after.leaves.map(\.position) == after.leaves.map(\.position).sorted())
        await stage.stop()
    }

    @Test func `OPS-TRACE: what the app showed and signed, and what the bank said`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer(card: "4000000000009995")
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .approve)
        _ = try await stage.settled(asked.id)
        let story = try await stage.gateway.explain(asked.id, by: .local)
        #expect(story.row.reason == .insufficientFunds && story.row.networkCode?.text == "51")
        #expect(story.row.factor == .app)
        #expect(story.shown.map(\.device) == [actor.app.id])
        let statement = try Statement(canonical: try #require(story.shown.first).statement)
        #expect(statement.amount == 24_900 && statement.authorization == asked.id)
        let answer = try #require(story.answer)
        #expect(answer.verdict == .approve && answer.device == actor.app.id && answer.verifiedBy == .pin)
        #expect(answer.digest == Digest.sha256(answer.compact.utf8))
        #expect(story.calls.map(\.kind) == [.authorize])
        #expect(story.calls.first?.networkCode?.text == "51")
        #expect(story.headline.contains("By rule issuer-approves v1"))
        for text in [story.text, story.json.writtenText] {
            #expect(text.contains("51") && text.contains(answer.compact))
            #expect(!text.contains("4000000000009995"))
        }
        await stage.stop()
    }

    @Test func `OPS-TRACE: a prescription's arithmetic, then and now, without the medicine`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let first = try await still.paid(kaja, [Draw(record)])
        try await still.rx.handOver(first.id)
        let second = try await still.order(kaja, [Draw(record)])
        #expect(second.status == .declined)
        let story = try await still.gateway.explain(second.id, by: .local)
        let cover = try #require(story.covers.first)
        let then = try #require(cover.then)
        #expect(then.handedOver == 1 && then.held == 0 && then.left == then.prescribed - 1)
        #expect(cover.now == then)
        #expect(cover.evidence?.handedOver == 1 && cover.evidence?.heldBy == nil)
        #expect(cover.evidence?.filings.first?.evidence.isEmpty == false)
        #expect(story.lines.map(\.description) == [nil] && story.lines.map(\.unitAmountMinor) == [nil])
        #expect(story.lines.map(\.isPrescribed) == [true])
        #expect(story.headline.contains("line 0 of the order"))
        #expect(
            story.text.contains("prescribed \(then.prescribed), handed over 1, held 0, left \(then.left)"))
        for text in [story.text, story.json.writtenText] {
            #expect(!text.contains("900801") && !text.contains("Levothyroxin") && !text.contains("Vare"))
            #expect(!text.contains(SpecimenPatient.kaja.number))
        }
        let paid = try await still.gateway.explain(first.id, by: .local)
        #expect(paid.holds.map(\.status) == [.consumed] && paid.handovers.count == 1)
        await still.stop()
    }

    @Test func `OPS-TRACE: what was erased is told as erased`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(record)])
        #expect(try await still.gateway.explain(asked.id, by: .local).erasure == nil)
        let rows = try await still.stage.number("SELECT count(*) FROM decision_inputs")
        try #require(rows > 0)
        _ = try await still.ledger.submit(Forget())
        let story = try await still.gateway.explain(asked.id, by: .local)
        #expect(story.covers.first?.then == nil)
        #expect(story.erasure?.hasPrefix("The inputs about the person were erased") == true)
        #expect(story.text.contains("inputs about the person, erased"))
        #expect(story.decisions.flatMap(\.rules).contains { $0.isPersonal && $0.areInputsErased })
        await still.stop()
    }
}

/// Takes every personal input away, as erasures do.
private struct Forget: Command {
    func run(in transaction: Transaction) throws {
        try transaction.db.execute(sql: "DELETE FROM decision_inputs")
    }
}

/// An operator's list and a copy beside no server.
@Suite struct AuditAccessTests {
    private static let viewer = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 2)), .viewer)
    private static let auditor = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 2)), .auditor)

    private func still() throws -> Stage {
        try Stage {
            $0.clock = ManualClock()
            $0.isRunning = false
        }
    }

    private func denied(_ stage: Stage, by actor: TestKit.Actor) async throws -> AuthorizationID {
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .deny)
        return asked.id
    }

    @Test func `OPS-ACCESS: a viewer lists declines; a customer's payments need an auditor and leave a leaf`()
        async throws
    {
        let stage = try still()
        let customer = try await stage.customer()
        let id = try await denied(stage, by: customer)
        let all = try await stage.gateway.auditFilter("").get()
        #expect(
            try await stage.gateway.auditList(all, page: PageRequest(), by: Self.viewer).rows.map(\.id) == [
                id
            ])
        let own = try await stage.gateway.auditFilter(customer.id.text).get()
        let refusal = await #expect(throws: Refusal.self) {
            try await stage.gateway.auditList(own, page: PageRequest(), by: Self.viewer)
        }
        #expect(refusal?.code == .roleMissing)
        let leaves = "SELECT count(*) FROM leaves WHERE kind = 'operator_read' AND subject = ?"
        #expect(try await stage.number(leaves, customer.id.text) == 0)
        let page = try await stage.gateway.auditList(own, page: PageRequest(), by: Self.auditor)
        #expect(page.rows.map(\.id) == [id])
        #expect(try await stage.number(leaves, customer.id.text) == 1)
        await stage.stop()
    }

    @Test func `OPS-ACCESS: the pages of an export go on for whoever began it, with its own filter`()
        async throws
    {
        let stage = try still()
        let id = try await denied(stage, by: try await stage.customer())
        let request = ExportRequest(filter: .declined)
        let session = try await stage.gateway.export(request, by: Self.auditor)
        let leaf = try #require(session.leaf)
        let lines = try await stage.gateway.exportLines(request, recordedAt: leaf, from: 0, by: Self.auditor)
        #expect(lines.compactMap(\.shown).map(\.subject) == [id.text])
        #expect(Int64(lines.count) == (try await stage.gateway.ledger.read { try LogReading.size(in: $0) }))
        var wider = AuditFilter()
        wider.statuses = [.declined, .captured]
        for (other, place, actor) in [
            (ExportRequest(filter: wider), leaf, Self.auditor), (request, leaf, .local),
            (request, leaf - 1, Self.auditor), (request, leaf + 100, Self.auditor),
        ] {
            let refusal = await #expect(throws: Refusal.self) {
                try await stage.gateway.exportLines(other, recordedAt: place, from: 0, by: actor)
            }
            #expect(refusal?.code == .notFound)
        }
        await stage.stop()
    }

    @Test func `OPS-TRACE: a copy tells the same story, and records nothing`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(record, product: "900103")])
        await still.gateway.checkpointSigner.signNow()
        let told = try await still.gateway.explain(asked.id, by: .local)
        let checkpoint = try #require(still.gateway.log.latest)
        let leaves = try await still.stage.number("SELECT count(*) FROM leaves")
        func copy(_ keys: KeyRing?) throws -> AuditCopy {
            try AuditCopy(
                path: still.stage.folder.file("godkend.sqlite"), keys: keys, key: still.gateway.log.key,
                checkpoint: checkpoint.text)
        }
        let open = try copy(still.gateway.keys)
        let story = try #require(try open.explain(.authorization(asked.id)))
        #expect(story.headline == told.headline && story.covers.first?.then == told.covers.first?.then)
        #expect(story.decisions.map(\.rules) == told.decisions.map(\.rules))
        let sealed = try #require(try copy(nil).explain(.authorization(asked.id)))
        #expect(sealed.erasure == nil && sealed.text.contains("sealed under a key that is not here"))
        #expect(sealed.covers.first?.then == nil)
        var session = try open.export(ExportRequest(filter: .declined), now: still.clock.now())
        var lines: [ExportLine] = []
        while let more = try await session.nextLines() { lines += more }
        #expect(lines.compactMap(\.shown).map(\.subject) == [asked.id.text])
        let text = session.manifest.json.writtenText
        var check = try #require(ExportCheck(manifestLine: text, key: still.gateway.log.key))
        for line in lines { check.take(line.json.writtenText) }
        let isGood = check.finish()
        #expect(isGood)
        #expect(
            try open.list(.declined, page: PageRequest(), now: still.clock.now()).rows.map(\.id) == [asked.id]
        )
        #expect(try await still.stage.number("SELECT count(*) FROM leaves") == leaves)
        open.close()
        await still.stop()
    }
}
