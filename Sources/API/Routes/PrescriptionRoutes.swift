import HTTPTypes
import Hummingbird
import Notation
import Operations
import Proofs
import Vocabulary

extension RouteTable {
    private static let one = "/v1/prescriptions/{id}"

    static let prescriptionRoutes = [
        Route(
            method: .post, path: "/v1/prescriptions", operation: "filePrescription",
            summary: "File a signed record, authentic or not; the same record again is 200.",
            credential: .secretKey, body: .signedRecord(Schemas.filing), idempotency: .optional,
            admission: .newWork, fhir: .refusals,
            success: .json(201, Schemas.filedPrescription),
            otherSuccess: .json(200, Schemas.filedPrescription),
            errors: [.prescriptionUnreadable, .prescriptionConflict], handle: file),
        Route(
            method: .get, path: one, operation: "getPrescription",
            summary: """
                One record, for its filer, for a pharmacy that the patient let look, or for one that holds it.
                """,
            credential: .secretKey, query: [.wait], identifier: "prx", hasEntityTag: true,
            fhir: .answers("The signed Bundle, byte for byte as it was signed."),
            success: .json(200, Schemas.prescription), handle: show),
        Route(
            method: .post, path: "\(one)/verify", operation: "verifyPrescription",
            summary: "Whether lines of the record would be covered, and from when; nothing is held.",
            credential: .secretKey, body: .json(Schemas.verify, isRequired: false), identifier: "prx",
            fhir: .refusals, success: .json(200, Schemas.verification),
            handle: verify),
        Route(
            method: .post, path: "\(one)/cancel", operation: "cancelPrescription",
            summary: "Take a record back, signed by who signed it.", credential: .secretKey,
            body: .signedRecord(Schemas.filing), idempotency: .optional, admission: .priority,
            identifier: "prx", fhir: .refusals,
            success: .json(200, Schemas.filedPrescription),
            errors: [.cancellationRefused, .prescriptionOver], handle: cancel),
    ]

    private static func file(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.merchant()
        _ = try exchange.query()
        let (request, body) = try await exchange.signedRecord()
        return .answered(
            try await exchange.gateway.filePrescription(
                request, caller: caller, identity: try exchange.identity(of: body)))
    }

    private static func cancel(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.merchant()
        _ = try exchange.query()
        let id: PrescriptionID = try exchange.id()
        let (request, body) = try await exchange.signedRecord()
        return .answered(
            try await exchange.gateway.cancelPrescription(
                id, request, caller: caller, identity: try exchange.identity(of: body)))
    }

    private static func show(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.merchant()
        let known = exchange.knownTags
        let wait = try WaitRequest.optional(try exchange.query(), known: known)
        let id: PrescriptionID = try exchange.id()
        let view = try await exchange.untilShutdown(waits: wait != nil) {
            try await exchange.gateway.prescription(id, caller: caller, wait: wait)
        }
        guard exchange.wantsFHIR else {
            var response = Response.object(
                JSONAnswers.json(view), tag: EntityTags.tag(view.tag), known: known)
            response.headers[.vary] = "Accept"
            return response
        }
        guard let bundle = view.bundle else {
            throw Refusal(
                .notFound, detail: "Nobody vouches for this record: ask for application/json for its checks.")
        }
        // Another representation has another tag (RFC 9110 section 8.8.3).
        let tag = "\"\(Base64URL.encode(Digest.sha256(bundle)))\""
        guard !known.matches(tag) else {
            return Response(status: .notModified, headers: [.eTag: tag, .vary: "Accept"])
        }
        var response = Response(200, bundle, type: Route.fhirType)
        response.headers[.eTag] = tag
        response.headers[.vary] = "Accept"
        return response
    }

    private static func verify(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.merchant()
        _ = try exchange.query()
        let id: PrescriptionID = try exchange.id()
        let request = try DryRunRequest(json: try await exchange.json())
        let run = try await exchange.gateway.dryRun(id, request, caller: caller)
        return .json(200, JSONAnswers.json(run))
    }
}
