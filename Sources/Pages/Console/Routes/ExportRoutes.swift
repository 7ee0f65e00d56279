import HTTPTypes
import Hummingbird
import Lifecycles
import NIOCore
import Operations
import Vocabulary

extension ConsoleRoute {
    /// Leaves of the log by the filter of a list, with the proof that none is missing; sent piece by piece.
    static let exportRoutes: [ConsoleRoute] = [.get("/console/export", .role(.auditor), export)]

    private static func export(_ visit: ConsoleVisit) async throws -> Response {
        let format = visit.query["format"] == "csv" ? ExportFormat.csv : .json
        let text = visit.query["q"] ?? "status:declined"
        guard case .success(let filter) = try await visit.gateway.auditFilter(text) else {
            return visit.redirect(FormFields.address("/console", [("q", text)]))
        }
        let session = try await visit.gateway.export(ExportRequest(filter: filter), by: try visit.actor())
        var headers = ConsoleHeaders.ofPage
        headers[.contentType] =
            format == .csv ? "text/csv; charset=utf-8; header=present" : "application/jsonl"
        let name = "godkend-\(LocalDate(visit.gateway.clock.now())).\(format == .csv ? "csv" : "jsonl")"
        headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        let body = ResponseBody { writer in
            var session = session
            try await session.write(as: format) { try await writer.write(ByteBuffer(string: $0)) }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
