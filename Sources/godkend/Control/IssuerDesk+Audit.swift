import Notation
import Operations
import Records
import Vocabulary

extension IssuerDesk {
    /// Orders of an operator who audits; nil for every other.
    func carryOutForAudit(_ call: IssuerCall) async throws -> JSON? {
        switch call.name {
        case .listPayments: try await listPayments(call)
        case .explainPayment: try await explainPayment(call)
        case .beginExport: try await beginExport(call)
        case .goOnExporting: try await goOnExporting(call)
        case .replayDecisions: try await replayDecisions(call)
        case .showRules:
            ["rules": .text(try await gateway.rulesInForce(by: try await actor(of: call)))]
        default: nil
        }
    }

    private func listPayments(_ call: IssuerCall) async throws -> JSON {
        let actor = try await actor(of: call)
        let filter = try await filter(call)
        let page = PageRequest(
            limit: max(1, min(try call.integer("limit"), 1_000)), startingAfter: call.optionalText("after"))
        return AuditAnswers.page(try await gateway.auditList(filter, page: page, by: actor), of: filter)
    }

    private func explainPayment(_ call: IssuerCall) async throws -> JSON {
        let actor = try await actor(of: call)
        guard let id = ExplainedID(try call.text("id")) else { throw AuditAnswers.noSuchID }
        do {
            return AuditAnswers.story(try await gateway.explain(id, by: actor))
        } catch {
            throw error.code == .notFound ? AuditAnswers.noSuchID : error
        }
    }

    private func beginExport(_ call: IssuerCall) async throws -> JSON {
        let actor = try await actor(of: call)
        let session = try await gateway.export(try call.exportRequest(try await filter(call)), by: actor)
        return ["manifest": session.manifest.json, "leaf": session.leaf.map { .integer($0) } ?? .null]
    }

    private func goOnExporting(_ call: IssuerCall) async throws -> JSON {
        let actor = try await actor(of: call)
        let lines = try await gateway.exportLines(
            try call.exportRequest(try await filter(call)), recordedAt: Int64(try call.integer("leaf")),
            from: Int64(try call.integer("start")), by: actor)
        return ["lines": .array(lines.map(\.json))]
    }

    private func replayDecisions(_ call: IssuerCall) async throws -> JSON {
        let actor = try await actor(of: call)
        let request = try call.replayRequest(try await filter(call))
        return AuditAnswers.replay(try await gateway.replay(request, by: actor))
    }

    private func filter(_ call: IssuerCall) async throws -> AuditFilter {
        switch try await gateway.auditFilter(try call.text("filter")) {
        case .success(let filter): return filter
        case .failure(let flaw):
            throw CommandFailure("The filter cannot be read. \(flaw.explanation)", isUsage: true)
        }
    }
}

extension IssuerCall {
    /// What an export is asked to hold.
    func exportRequest(_ filter: AuditFilter) throws -> ExportRequest {
        var request = ExportRequest(filter: filter, earlier: optionalText("earlier"))
        guard particulars["from"]?.integer != nil else { return request }
        let (from, to) = (Int64(try integer("from")), Int64(try integer("to")))
        guard 0 <= from, from <= to else { throw CommandFailure("A range begins at 0 or later.") }
        request.positions = from..<to
        return request
    }

    /// The rules to try, and on what.
    func replayRequest(_ filter: AuditFilter) throws -> ReplayRequest {
        do {
            return try ReplayRequest(parsing: Array(try text("rules").utf8), filter: filter)
        } catch let flaw as RuleSetFlaw {
            throw CommandFailure("The rule set cannot be used. \(flaw.explanation)")
        }
    }
}
