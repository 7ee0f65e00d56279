import Foundation
import Notation
import Operations
import Proofs
import Records
import Vocabulary

/// Answers an auditor from a copy of the database, beside no server.
final class AuditCopyPort: IssuerPort {
    private let copy: AuditCopy
    private let clock = SystemClock()

    init(folder: StateFolder, vkey: String?) throws {
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw CommandFailure("There is no \(folder.database): name the folder that has it with --state.")
        }
        let environment = ProcessInfo.processInfo.environment
        let source = VerificationSource(folder: folder, environment: environment, held: [])
        let last = try? LastCheckpoint.find(in: CheckpointsLog(path: folder.checkpoints)).note
        let hasKey =
            vkey != nil || environment[ServerKeys.logVariable] != nil
            || FileManager.default.fileExists(atPath: folder.logKey)
        // Without the log's key the copy is read all the same, and proves nothing.
        let (keys, key) = (try source.keyRing(), hasKey ? try source.key(vkey: vkey) : nil)
        do {
            copy = try AuditCopy(
                path: folder.database, keys: keys, key: key, checkpoint: last?.note.written)
        } catch {
            throw CommandFailure("The copy \(folder.database) cannot be opened (\(type(of: error))).")
        }
    }

    func close() { copy.close() }

    func perform(_ call: IssuerCall) async throws -> JSON {
        do {
            return try carryOut(call)
        } catch let refusal as Refusal {
            throw CommandFailure(refusal.detail)
        }
    }

    private func carryOut(_ call: IssuerCall) throws -> JSON {
        switch call.name {
        case .listPayments:
            let filter = try filter(call)
            let page = PageRequest(
                limit: max(1, min(try call.integer("limit"), 1_000)),
                startingAfter: call.optionalText("after"))
            return AuditAnswers.page(try copy.list(filter, page: page, now: clock.now()), of: filter)
        case .explainPayment:
            guard let id = ExplainedID(try call.text("id")), let story = try copy.explain(id) else {
                throw AuditAnswers.noSuchID
            }
            return AuditAnswers.story(story)
        case .beginExport:
            let request = try call.exportRequest(try filter(call))
            return ["manifest": try export(request).manifest.json, "leaf": .null]
        case .goOnExporting:
            let lines = try copy.exportLines(
                try call.exportRequest(try filter(call)), from: Int64(try call.integer("start")),
                now: clock.now())
            return ["lines": .array(lines.map(\.json))]
        case .replayDecisions:
            let request = try call.replayRequest(try filter(call))
            return AuditAnswers.replay(try copy.replay(request, now: clock.now()))
        case .showRules:
            // A copy does not say how its server is configured: what this command is told counts.
            let environment = ProcessInfo.processInfo.environment
            let sources = try ConfigurationSources(flags: [], environment: environment, file: nil)
            return [
                "rules": .text(
                    RuleSetDocument.text(under: try sources.settings(listening: "http://localhost")))
            ]
        default: throw CommandFailure("The order \(call.name.rawValue) needs the server, not a copy.")
        }
    }

    private func export(_ request: ExportRequest) throws -> ExportSession {
        do {
            return try copy.export(request, now: clock.now())
        } catch let refusal as Refusal where refusal.code == .notYetCheckpointed {
            throw CommandFailure(
                "There is no checkpoint beside the copy that the log's key verifies: "
                    + "put checkpoints.log there, and name the key with --vkey.")
        }
    }

    private func filter(_ call: IssuerCall) throws -> AuditFilter {
        do {
            return try AuditFilter(
                parsing: try call.text("filter"), now: clock.now(), merchants: try copy.merchants)
        } catch let flaw as FilterFlaw {
            throw CommandFailure("The filter cannot be read. \(flaw.explanation)", isUsage: true)
        }
    }
}
