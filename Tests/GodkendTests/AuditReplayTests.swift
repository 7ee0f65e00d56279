import ArgumentParser
import Foundation
import Notation
import Operations
import TestKit
import Testing

@testable import godkend

/// `godkend audit replay`: what it takes, whom it asks, and what it ends with.
@Suite struct AuditReplayTests {
    private let place: TemporaryFolder
    private let folder: StateFolder

    init() throws {
        place = try TemporaryFolder()
        folder = StateFolder(place.path)
    }

    private func file(_ text: String) throws -> String {
        let path = place.path + "/rules.json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func parse(_ arguments: String...) throws -> AuditReplayCommand {
        try AuditReplayCommand.parse(["--state", folder.path] + arguments)
    }

    private func desk() throws -> (Assembly, IssuerDesk) {
        let entropy = SystemEntropy()
        try ServerKeys.make(folder: folder, environment: [:]) { entropy.bytes($0) }
        let sources = try ConfigurationSources(flags: ["push.budget=7"], environment: [:], file: nil)
        let logger = WatchfulLog.logger()
        let parts = try Assembly(
            folder: folder, settings: sources.settings(listening: "http://localhost"),
            merchants: MerchantBook([]), environment: [:], logger: logger)
        return (parts, IssuerDesk(gateway: parts.gateway))
    }

    @Test func `OPS-REPLAY: time and merchant become a filter over decisions of every outcome`() throws {
        #expect(try parse("--rules", "x").filter == "status:any")
        let command = try parse(
            "--rules", "x", "--since", "7d", "--until", "2026-11-22", "--merchant", "nordlys")
        #expect(command.filter == "status:any since:7d until:2026-11-22 merchant:nordlys")
    }

    private static let oneOfTwo = "Name a rule set with --rules FILE, or ask for one with --print-rules."
    private static let alone = "--print-rules goes with nothing else: it prints JSON."
    private static let oneValue = "--since, --until and --merchant take one value without blanks each."

    @Test(
        arguments: [
            ([], oneOfTwo), (["--rules", "x", "--print-rules"], oneOfTwo),
            (["--print-rules", "--since", "7d"], alone), (["--print-rules", "--format", "csv"], alone),
            (["--rules", "x", "--since", "7d status:declined"], oneValue),
            (["--rules", "x", "--merchant", ""], oneValue), (["--rules", "x", "--until", "\""], oneValue),
        ])
    func `OPS-REPLAY: what does not go together is wrong usage`(arguments: [String], message: String) {
        do {
            _ = try AuditReplayCommand.parse(arguments)
            Issue.record("not refused")
        } catch {
            #expect(AuditReplayCommand.message(for: error) == message)
            #expect(AuditReplayCommand.exitCode(for: error) == .validationFailure)
        }
    }

    @Test func `OPS-REPLAY: a flawed file is wrong usage, with its place and what is possible`() async throws
    {
        let path = try file(#"{"push-budget": {"version": 2, "parameters": {"limit": 1}}}"#)
        let command = try parse("--rules", path)
        let flaw = await #expect(throws: ValidationError.self) { try await command.run() }
        #expect(flaw?.message.contains("push-budget.parameters.limit") == true)
        #expect(flaw?.message.contains("Possible: budget") == true)
        #expect(AuditReplayCommand.exitCode(for: try #require(flaw)) == .validationFailure)
        let missing = try parse("--rules", place.path + "/none")
        await #expect(throws: ValidationError.self) { try await missing.run() }
    }

    @Test func `OPS-REPLAY: the desk answers with lines, counts and rows`() async throws {
        let (parts, desk) = try desk()
        let rules: (String, JSON) = (
            "rules", #"{"push-budget": {"version": 2, "parameters": {"budget": 1}}}"#
        )
        let call = IssuerCall(.replayDecisions, [rules, ("filter", "status:any")])
        let answer = try #require(try await desk.perform(call).object)
        #expect(answer["lines"] == ["0 decisions examined, 0 unchanged"])
        #expect(answer["summary"]?.object?["examined"] == 0)
        #expect(answer["rows"] == [["examined", "", "", "0"], ["unchanged", "", "", "0"]])
        let narrow = IssuerCall(.replayDecisions, [rules, ("filter", "status:declined")])
        let refusal = await #expect(throws: CommandFailure.self) { try await desk.perform(narrow) }
        #expect(refusal?.message == "A replay is narrowed by since, until and merchant alone.")
        let bad = IssuerCall(.replayDecisions, [("rules", "[]"), ("filter", "status:any")])
        let flaw = await #expect(throws: CommandFailure.self) { try await desk.perform(bad) }
        #expect(flaw?.message.hasPrefix("The rule set cannot be used.") == true)
        await parts.close()
    }

    @Test func `OPS-REPLAY: the rules that are printed are those of the server, and can be replayed`()
        async throws
    {
        let (parts, desk) = try desk()
        let text = try #require(try await desk.perform(IssuerCall(.showRules, [])).object?["rules"]?.text)
        #expect(try ReplayRules(parsing: text.utf8).changes.count > 20)
        let budget = try JSON.parse(text.utf8).object?["push-budget"]?.object?["parameters"]
        #expect(budget == ["budget": 7])
        await parts.close()
    }
}
