import HTTPTypes
import Hummingbird
import Lifecycles
import Operations
import Vocabulary

extension RouteTable {
    static let prescriptionLookupRoutes = [
        Route(
            method: .post, path: "/v1/prescription_lookups", operation: "createPrescriptionLookup",
            summary: "Ask a patient to let you see the records; the same answer for an unknown user.",
            credential: .secretKey, body: .json(Schemas.lookupRequest, isRequired: true),
            idempotency: .required, admission: .newWork, success: .json(201, Schemas.lookup),
            handle: start),
        Route(
            method: .get, path: "/v1/prescription_lookups/{id}", operation: "getPrescriptionLookup",
            summary: "One look-up; for 30 minutes from its approval with the patient's records.",
            credential: .secretKey, query: [.wait], identifier: "lku", hasEntityTag: true,
            success: .json(200, Schemas.lookup), handle: show),
    ]

    private static func start(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let body = try await exchange.json()
        let identity = try exchange.identity(of: body)
        let request = try LookupRequest(json: body)
        return .answered(
            try await exchange.gateway.startLookup(userID: request.userID, caller: caller, identity: identity)
        )
    }

    private static func show(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        let known = exchange.knownTags
        let wait = try WaitRequest.optional(try exchange.query(), known: known)
        let id: LookupID = try exchange.id()
        let lookup = try await exchange.untilShutdown(waits: wait != nil) {
            try await exchange.gateway.lookup(id, caller: caller, wait: wait)
        }
        return .object(
            JSONAnswers(presenter: exchange.gateway.presenter).json(lookup),
            tag: EntityTags.tag(lookup.version), known: known)
    }
}
