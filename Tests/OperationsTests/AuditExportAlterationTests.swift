import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// An export that somebody altered on its way: each leaf in turn, inside the filter and outside it, in each
/// of its parts. The receiver's check finds every one.
@Suite struct AuditExportAlterationTests {
    /// What is done to one line.
    enum Alteration: String, CaseIterable, Sendable {
        case removed, doubled, swappedWithNext, kind, outcome, time, index, bodyDigest, replacedByNext
        case madeUpBody, blank
    }

    @Test(arguments: ["status:declined", "merchant:bogbixen", "status:any"])
    func `OPS-EXPORT: each leaf that is altered is found, outside the filter as well`(filter: String)
        async throws
    {
        let still = try await Self.filled()
        let lines = try await export(filter, still)
        #expect(try check(lines, still) == [])
        for alteration in Alteration.allCases {
            var (inside, outside) = (0, 0)
            for place in lines.indices.dropFirst() {
                var changed = lines
                guard try alter(&changed, at: place, alteration), changed != lines else { continue }
                let flaws = try check(changed, still)
                #expect(!flaws.isEmpty, "\(alteration), line \(place + 1): \(lines[place].prefix(120))")
                if lines[place].contains("\"subject\"") { inside += 1 } else { outside += 1 }
            }
            // An alteration that fits no leaf would show nothing.
            #expect(inside > 0 || alteration == .madeUpBody, "\(alteration)")
            #expect(outside > 3 || filter == "status:any", "\(alteration)")
        }
        await still.stop()
    }

    /// False where a line has no such part.
    private func alter(
        _ lines: inout [String], at place: Int, _ alteration: Alteration
    ) throws -> Bool {
        var object = try #require(try JSON.parse(lines[place].utf8).object)
        let isLast = place == lines.count - 1
        switch alteration {
        case .removed: lines.remove(at: place)
        case .doubled: lines.insert(lines[place], at: place)
        case .swappedWithNext:
            guard !isLast else { return false }
            lines.swapAt(place, place + 1)
        case .replacedByNext:
            guard !isLast else { return false }
            var next = try #require(try JSON.parse(lines[place + 1].utf8).object)
            next.set("index", object["index"] ?? .null)
            lines[place] = JSON.object(next).writtenText
        case .blank: lines[place] = ""
        case .kind:
            object.set("kind", object["kind"] == "change" ? "decision" : "change")
            lines[place] = JSON.object(object).writtenText
        case .outcome:
            object.set("outcome", object["outcome"] == "approved" ? "go_on" : "approved")
            lines[place] = JSON.object(object).writtenText
        case .time:
            let time = try #require(object["time"]?.text.flatMap { Instant(rfc3339: $0) })
            object.set("time", .text(time.adding(milliseconds: 1).rfc3339))
            lines[place] = JSON.object(object).writtenText
        case .index:
            object.set("index", .integer((object["index"]?.integer ?? 0) + 1))
            lines[place] = JSON.object(object).writtenText
        case .bodyDigest:
            let name = "body_digest"
            guard var bytes = object[name]?.text.flatMap({ Base64.decode($0) }) else { return false }
            bytes[31] ^= 1
            object.set(name, .text(Base64.encode(bytes)))
            lines[place] = JSON.object(object).writtenText
        case .madeUpBody:
            // A leaf outside the filter, shown with a body that is not its own.
            guard object["subject"] == nil else { return false }
            object.set("subject", "auth_made_up")
            object.set("body", "AgAA")
            lines[place] = JSON.object(object).writtenText
        }
        return true
    }

    // MARK: A log with declines of two shops and of a pharmacy among other things

    private static func filled() async throws -> StillPharmacy {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        for shop in [still.stage.shop, still.stage.otherShop] {
            still.clock.advance(seconds: 60)
            let asked = try await still.stage.authorize(kaja, at: shop)
            still.clock.advance(seconds: 60)
            try await still.answer(asked, by: kaja, .deny)
        }
        _ = try await still.order(kaja, [Draw(record, product: "900103")])
        still.clock.advance(seconds: 60)
        _ = try await still.stage.authorize(kaja)
        return still
    }

    private func export(_ text: String, _ still: StillPharmacy) async throws -> [String] {
        let filter = try await still.gateway.auditFilter(text).get()
        let file = Pieces()
        try await still.gateway.exportLog(ExportRequest(filter: filter), as: .json, by: .local) {
            await file.add($0)
        }
        return await file.text.split(separator: "\n").map(String.init)
    }

    private func check(_ lines: [String], _ still: StillPharmacy) throws -> [ExportCheck.Flaw] {
        var check = try #require(ExportCheck(manifestLine: lines[0], key: still.gateway.log.key))
        for line in lines.dropFirst() { check.take(line) }
        let passes = check.finish()
        #expect(passes == check.findings.isEmpty)
        return check.findings.map(\.flaw)
    }
}

private actor Pieces {
    private(set) var text = ""

    func add(_ piece: String) { text += piece }
}
