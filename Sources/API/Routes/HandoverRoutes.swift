import FHIR
import HTTPTypes
import Hummingbird
import Notation
import Operations
import Vocabulary

extension RouteTable {
    private static let handovers = "/v1/authorizations/{id}/handovers"

    static let handoverRoutes = [
        Route(
            method: .post, path: handovers, operation: "createHandover",
            summary: "Medicine was handed over, in full or in part, after the first capture.",
            credential: .secretKey, body: .json(Schemas.handoverRequest, isRequired: true),
            idempotency: .required, admission: .priority, identifier: "auth",
            fhir: .answers("A MedicationDispense; a Bundle of them when there are several lines."),
            success: .json(201, Schemas.handover),
            errors: [
                .handoverLineUnknown, .handoverProductRefused, .handoverAboveOwed, .handoverNotOwed,
                .holdEnded,
            ], handle: handOver),
        Route(
            method: .post, path: "\(handovers)/{handover}/undo", operation: "undoHandover",
            summary: "Take a handover back; the payment stays as it is.", credential: .secretKey,
            body: .json(Schemas.undoRequest, isRequired: true), idempotency: .required,
            admission: .priority, identifier: "auth",
            moreIdentifiers: [Route.PathIdentifier(name: "handover", prefix: "hnd")],
            fhir: .answers("A MedicationDispense, entered in error; a Bundle for several lines."),
            success: .json(200, Schemas.handover), errors: [.handoverUndone, .holdEnded], handle: undo),
    ]

    private static func handOver(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let id: AuthorizationID = try exchange.id()
        let body = try await exchange.json()
        let identity = try exchange.identity(of: body)
        let answered = try await exchange.gateway.handOver(
            id, try HandoverRequest(json: body), caller: caller, identity: identity)
        return try await response(answered, of: id, caller, exchange)
    }

    private static func undo(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let id: AuthorizationID = try exchange.id()
        let handover: HandoverID = try exchange.id("handover")
        let body = try await exchange.json()
        let identity = try exchange.identity(of: body)
        let answered = try await exchange.gateway.undoHandover(
            handover, of: id, try UndoRequest(json: body), caller: caller, identity: identity)
        return try await response(answered, of: id, caller, exchange)
    }

    /// The answer as it was written, or the same handover in FHIR's words.
    private static func response(
        _ answered: Answered, of id: AuthorizationID, _ caller: Caller, _ exchange: Exchange
    ) async throws -> Response {
        guard exchange.wantsFHIR,
            let text = (try? JSON.parse(answered.body))?.object?["id"]?.text, let handover = HandoverID(text)
        else { return .answered(answered) }
        let dispenses = try await exchange.gateway.dispenses(of: handover, in: id, caller: caller)
            .map(MedicationDispense.json)
        let document: JSON =
            dispenses.count == 1
            ? dispenses[0]
            : [
                "resourceType": "Bundle", "type": "collection",
                "entry": .array(dispenses.map { ["resource": $0] }),
            ]
        var response = Response(answered.status, document.written(), type: Route.fhirType)
        if answered.isReplay { response.headers[.idempotentReplayed] = "true" }
        return response
    }
}
