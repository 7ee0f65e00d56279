import HTTPTypes
import Hummingbird
import Notation
import Operations
import Proofs
import Vocabulary

extension RouteTable {
    static let decisionRoutes = [
        Route(
            method: .get, path: "/v1/decisions/{id}/leaf", operation: "getDecisionLeaf",
            summary: """
                The leaf of one of your decisions, byte for byte as the decision log hashes it; as JSON with \
                what its digest stands for.
                """,
            credential: .secretKey, identifier: "dec", success: .bytes("The leaf."),
            alternatives: [.json(200, Schemas.leaf)], errors: [.notYetCheckpointed], handle: leaf),
        Route(
            method: .get, path: "/v1/decisions/{id}/proof", operation: "getDecisionProof",
            summary: """
                The proof that the leaf is in the decision log, with the checkpoint that it leads to \
                (c2sp.org/tlog-proof@v1).
                """,
            credential: .secretKey, identifier: "dec", success: .text(Route.plainText, "A proof."),
            errors: [.notYetCheckpointed], handle: proof),
    ]

    private static func leaf(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let leaf = try await exchange.gateway.leaf(of: try exchange.id(), caller: caller)
        var response =
            exchange.prefers("application/json", to: Route.binary)
            ? .json(200, JSONAnswers.json(leaf)) : Response(200, leaf.bytes, type: Route.binary)
        response.headers[.leafIndex] = String(leaf.index)
        response.headers[.vary] = "Accept"
        return response
    }

    private static func proof(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let proof = try await exchange.gateway.proof(of: try exchange.id(), caller: caller)
        return Response(200, proof.text.utf8, type: Route.plainText)
    }
}
