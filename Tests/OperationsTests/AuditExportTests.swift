import GRDB
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Exports that their receiver can check, and does.
@Suite struct AuditExportTests {
    /// A gateway that stands still, with declines of two shops and of a pharmacy's order among other things.
    private func filled() async throws -> (still: StillPharmacy, clock: ManualClock) {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        for shop in [still.stage.shop, still.stage.otherShop, still.stage.shop] {
            still.clock.advance(seconds: 3_600)
            let asked = try await still.stage.authorize(kaja, at: shop)
            still.clock.advance(seconds: 60)
            try await still.answer(asked, by: kaja, .deny)
        }
        still.clock.advance(seconds: 3_600)
        _ = try await still.order(kaja, [Draw(record, product: "900103")])
        _ = try await still.order(kaja, [Draw(nil, product: "900801")])
        still.clock.advance(seconds: 3_600)
        return (still, still.clock)
    }

    private func filter(_ text: String, _ still: StillPharmacy) async throws -> AuditFilter {
        try await still.gateway.auditFilter(text).get()
    }

    private func export(
        _ text: String, _ still: StillPharmacy, positions: Range<Int64>? = nil, earlier: String? = nil
    ) async throws -> [String] {
        let request = ExportRequest(
            filter: try await filter(text, still), positions: positions, earlier: earlier)
        let file = Written()
        try await still.gateway.exportLog(request, as: .json, by: .local) { await file.add($0) }
        return await file.text.split(separator: "\n").map(String.init)
    }

    private func check(_ lines: [String], _ still: StillPharmacy) throws -> ExportCheck {
        var check = try #require(ExportCheck(manifestLine: lines[0], key: still.gateway.log.key))
        for line in lines.dropFirst() { check.take(line) }
        _ = check.finish()
        return check
    }

    @Test(arguments: [
        "", "status:any", "reason:confirmation_denied", "by:prescription", "merchant:bogbixen",
        "merchant:nordlys", "since:3h", "since:5h until:2h", "status:captured", "amount>24000 DKK",
        "reason:rx_not_covered,rx_missing,rx_substitution_refused",
    ])
    func `OPS-EXPORT: the receiver checks that nothing was left out`(text: String) async throws {
        let (still, _) = try await filled()
        let lines = try await export(text, still)
        let check = try check(lines, still)
        #expect(check.findings == [])
        #expect(lines.count == Int(check.manifest.positions.count) + 1)
        let shown = try lines.dropFirst().map { try JSON.parse($0.utf8) }.filter {
            $0.object?["subject"] != nil
        }
        #expect(shown.count == check.shown)
        await still.stop()
    }

    @Test func `OPS-EXPORT: all declines are shown, and those of others by kind, outcome and time alone`()
        async throws
    {
        let (still, _) = try await filled()
        let all = try check(try await export("", still), still)
        let declined = try await still.stage.number(
            "SELECT count(*) FROM authorizations WHERE status = 'declined'")
        #expect(all.shown == declined && all.hiddenDeclines == 0)
        let lines = try await export("merchant:bogbixen", still)
        let one = try check(lines, still)
        #expect(one.shown == 2 && one.hiddenDeclines == declined - 2)
        let hidden = try lines.dropFirst().compactMap { try JSON.parse($0.utf8).object }
            .filter { $0["subject"] == nil }
        #expect(hidden.allSatisfy { $0.names == ["index", "kind", "outcome", "time", "body_digest"] })
        #expect(!lines.dropFirst().joined().contains("anden-butik"))
        await still.stop()
    }

    @Test func `OPS-EXPORT: a prescription's reason opens its commitment, and another does not`() async throws
    {
        let (still, _) = try await filled()
        let lines = try await export("by:prescription", still)
        let place = try #require(lines.firstIndex { $0.contains("\"salt\"") })
        let object = try #require(try JSON.parse(lines[place].utf8).object)
        #expect(object["reason"]?.text?.hasPrefix("rx_") == true)
        var other = object
        other.set("reason", "rx_expired")
        var changed = lines
        changed[place] = JSON.object(other).writtenText
        #expect(try check(changed, still).findings.map(\.flaw).contains(.reasonNotOpened))
        await still.stop()
    }

    @Test func `OPS-EXPORT: a leaf removed, doubled, changed or hidden is found`() async throws {
        let (still, _) = try await filled()
        let lines = try await export("", still)
        #expect(try check(lines, still).findings.isEmpty)
        let place = try #require(lines.dropFirst().firstIndex { $0.contains("\"subject\"") })
        func flaws(_ change: (inout [String]) throws -> Void) throws -> Set<ExportCheck.Flaw> {
            var changed = lines
            try change(&changed)
            return Set(try check(changed, still).findings.map(\.flaw))
        }
        func edit(_ line: inout String, _ change: (inout JSONObject) -> Void) throws {
            var object = try #require(try JSON.parse(line.utf8).object)
            change(&object)
            line = JSON.object(object).writtenText
        }
        let removed = try flaws { $0.remove(at: place) }
        #expect(removed.isSuperset(of: [.notTheNextLeaf, .rootDiffers]))
        let doubled = try flaws { $0.insert($0[place], at: place) }
        #expect(doubled.contains(.notTheNextLeaf))
        let cut = try flaws { $0.removeLast() }
        #expect(cut.isSuperset(of: [.linesMissing, .rootDiffers]))
        let swapped = try flaws { $0.swapAt(place, place - 1) }
        #expect(swapped.contains(.notTheNextLeaf))
        let turned = try flaws { try edit(&$0[place]) { $0.set("outcome", "approved") } }
        #expect(turned.contains(.rootDiffers))
        let cheaper = try flaws { try edit(&$0[place]) { $0.set("amount", 1) } }
        #expect(cheaper == [.fieldsDiffer])
        let moved = try flaws { try edit(&$0[place]) { $0.set("merchant", "klinik") } }
        #expect(moved == [.fieldsDiffer])
        let emptied = try flaws { try edit(&$0[place]) { $0.set("body", "AgAA") } }
        #expect(emptied.contains(.bodyDiffers))
        // The same leaf, shown as one of those outside the filter.
        let hidden = try flaws { lines in
            try edit(&lines[place]) { object in
                var header = JSONObject()
                for name in ["index", "kind", "outcome", "time", "body_digest"] {
                    header.set(name, object[name] ?? .null)
                }
                object = header
            }
        }
        #expect(hidden == [.withheld])
        await still.stop()
    }

    @Test func `OPS-EXPORT: only the log's own key is believed`() async throws {
        let (still, _) = try await filled()
        let lines = try await export("", still)
        let other = try LogKey(raw: Array(repeating: 3, count: 32), name: still.gateway.log.key.name)
        var check = try #require(ExportCheck(manifestLine: lines[0], key: other.verificationKey))
        for line in lines.dropFirst() { check.take(line) }
        let passes = check.finish()
        #expect(!passes)
        #expect(check.findings.map(\.flaw).contains(.checkpointRefused))
        #expect(ExportCheck(manifestLine: lines[1], key: still.gateway.log.key) == nil)
        #expect(ExportCheck(manifestLine: "", key: still.gateway.log.key) == nil)
        await still.stop()
    }

    @Test func `OPS-EXPORT: a range shows one leaf more on each side, so that its bounds are seen`()
        async throws
    {
        let (still, clock) = try await filled()
        let lines = try await export("since:5h until:2h", still)
        let check = try check(lines, still)
        #expect(check.findings.isEmpty)
        let leaves = try lines.dropFirst().compactMap { ExportLine(try JSON.parse($0.utf8)) }
        let (since, until) = (
            clock.now().adding(seconds: -5 * 3_600), clock.now().adding(seconds: -2 * 3_600)
        )
        #expect(leaves.first.map { $0.time < since } == true && leaves.last.map { $0.time >= until } == true)
        #expect(leaves.dropFirst().dropLast().allSatisfy { $0.time >= since && $0.time < until })
        // Cut at the front, with the positions and the proof of the shorter range: the bound is missing.
        let from = check.manifest.positions.lowerBound
        let short = try await export("", still, positions: from + 2..<check.manifest.positions.upperBound - 2)
        var manifest = try #require(try JSON.parse(short[0].utf8).object)
        manifest.set("filter", .text(check.manifest.filter))
        let forged = [JSON.object(manifest).writtenText] + short.dropFirst()
        let flaws = try self.check(forged, still).findings.map(\.flaw)
        #expect(flaws.contains(.beginsLate) && flaws.contains(.endsEarly))
        await still.stop()
    }

    @Test func `OPS-EXPORT: an earlier checkpoint is shown to be the beginning, and a stranger's is refused`()
        async throws
    {
        let (still, _) = try await filled()
        await still.gateway.checkpointSigner.signNow()
        let earlier = try #require(still.gateway.log.latest)
        _ = try await still.stage.authorize(try await still.stage.customer(card: "4000000000000002"))
        let lines = try await export("", still, earlier: earlier.text)
        let check = try check(lines, still)
        #expect(check.findings.isEmpty && check.manifest.earlier == earlier.text)
        #expect(!check.manifest.consistency.isEmpty)
        var manifest = try #require(try JSON.parse(lines[0].utf8).object)
        manifest.set("consistency", .array([]))
        let flaws = try self.check([JSON.object(manifest).writtenText] + lines.dropFirst(), still).findings
        #expect(flaws.map(\.flaw) == [.notConsistent])
        let refusal = await #expect(throws: Refusal.self) {
            try await still.gateway.export(
                ExportRequest(filter: .declined, earlier: earlier.text.replacing("127", with: "128")),
                by: .local)
        }
        #expect(refusal?.code == .parameterInvalid)
        await still.stop()
    }

    @Test func `OPS-EXPORT: every range of positions proves itself`() async throws {
        let (still, _) = try await filled()
        await still.gateway.checkpointSigner.signNow()
        let size = try #require(still.gateway.log.latest).size
        for from in stride(from: Int64(0), through: size, by: 3) {
            for to in stride(from: from, through: size, by: 5) {
                let lines = try await export("status:any", still, positions: from..<to)
                #expect(try check(lines, still).findings.isEmpty, "\(from)..<\(to)")
            }
        }
        await still.stop()
    }

    @Test func `OPS-ACCESS: an export is a leaf; a viewer gets none; terms that no leaf tells are refused`()
        async throws
    {
        let (still, _) = try await filled()
        let viewer = Operations.Actor.operator(OperatorID(at: still.clock.now(), random: (1, 2)), .viewer)
        let refusal = await #expect(throws: Refusal.self) {
            try await still.gateway.export(ExportRequest(filter: .declined), by: viewer)
        }
        #expect(refusal?.code == .roleMissing)
        for text in ["order:A-1", "card:4242", "code:05", "factor:app"] {
            let request = ExportRequest(filter: try await filter(text, still))
            let refusal = await #expect(throws: Refusal.self) {
                try await still.gateway.export(request, by: .local)
            }
            #expect(refusal?.parameter == "filter")
        }
        let reads = "SELECT count(*) FROM leaves WHERE kind = 'operator_read' AND subject = 'export'"
        #expect(try await still.stage.number(reads) == 0)
        _ = try await export("", still)
        #expect(try await still.stage.number(reads) == 1)
        await still.stop()
    }

    @Test func `OPS-EXPORT: a table holds the leaves inside the filter`() async throws {
        let (still, _) = try await filled()
        let file = Written()
        try await still.gateway.exportLog(
            ExportRequest(filter: try await filter("reason:confirmation_denied", still)), as: .csv, by: .local
        ) { await file.add($0) }
        let table = try CSVTable(await file.text)
        #expect(table.columns == ExportLine.columns && table.rows.count == 3)
        #expect(table.rows.allSatisfy { $0.fields.contains("confirmation_denied") })
        await still.stop()
    }

    @Test(arguments: [
        ("a", "a"), ("", ""), ("=1+1", "\"'=1+1\""), ("+45", "\"'+45\""), ("-2", "-2"), ("-2+3", "\"'-2+3\""),
        ("@cmd", "\"'@cmd\""), ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""), ("a,b", "\"a,b\""),
        ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("a=b", "a=b"), ("-", "\"'-\""),
        ("＝1+1", "\"'＝1+1\""), (" =1", "\"' =1\""), ("a;=1+1;b", "\"'a;=1+1;b\""), ("a;b", "\"a;b\""),
    ])
    func `OPS-EXPORT: a cell that a spreadsheet would carry out is made harmless`(text: String, cell: String)
    {
        #expect(CSVText.cell(text) == cell)
    }
}

/// What an export wrote.
private actor Written {
    private(set) var text = ""

    func add(_ piece: String) { text += piece }
}
