import HTTPTypes
import Hummingbird
import Notation
import Operations
import Proofs

extension RouteTable {
    /// The decision log as C2SP tlog-tiles describes it: any client of such logs can follow it.
    static let logRoutes = [
        Route(
            method: .get, path: "/log/checkpoint", operation: "getCheckpoint",
            summary: "The newest signed checkpoint of the decision log (C2SP tlog-checkpoint).",
            credential: .none, success: .text(Route.plainText, "A signed note."), errors: [.notFound],
            handle: checkpoint),
        Route(
            method: .get, path: "/log/vkey", operation: "getLogKey",
            summary: "The key that checkpoints are verified with (C2SP signed-note): name+key ID+key.",
            credential: .none, success: .text(Route.plainText, "One line."), handle: verificationKey),
        Route(
            method: .get, path: "/log/tile/entries/{index}", operation: "getLogEntries",
            summary: """
                Up to 256 leaves, each behind its length in two bytes; for an operator with the role auditor.
                """,
            credential: .operatorSession, pathParameters: [tileIndex], spansRest: true,
            success: .bytes("The leaves."), errors: [.notFound], handle: entries),
        Route(
            method: .get, path: "/log/tile/{level}/{index}", operation: "getLogTile",
            summary: "Up to 256 hashes of 32 bytes, each over 256^level leaves (C2SP tlog-tiles).",
            credential: .none,
            pathParameters: [
                Route.QueryParameter(name: "level", schema: Shape.integer(0...63, "Level of the tile.")),
                tileIndex,
            ], spansRest: true, success: .bytes("The hashes."), errors: [.notFound], handle: hashes),
    ]

    private static let tileIndex = Route.QueryParameter(
        name: "index",
        schema: Shape.pattern(
            "^(x[0-9]{3}/)*[0-9]{3}(\\.p/[0-9]{1,3})?$",
            "Groups of three digits, an x before each but the last; .p/W for a tile of W."))

    private static func checkpoint(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        guard let latest = exchange.gateway.log.latest else { throw Refusal(.notFound) }
        var response = Response(200, latest.text.utf8, type: Route.plainText)
        response.headers[.cacheControl] = "public, max-age=1"
        return response
    }

    private static func verificationKey(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        let key = exchange.gateway.log.key.description
        var response = Response(200, "\(key)\n".utf8, type: Route.plainText)
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }

    private static func hashes(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        let tile = try tile(exchange)
        var response = Response(200, try await exchange.gateway.logTile(tile), type: Route.binary)
        // A full tile never changes; the place of a smaller one is taken by a larger one.
        response.headers[.cacheControl] =
            tile.width == TileAddress.fullWidth ? "public, max-age=31536000, immutable" : "public, max-age=60"
        return response
    }

    private static func entries(_ exchange: Exchange) async throws -> Response {
        let actor = try await exchange.operatorActor()
        _ = try exchange.query()
        let bytes = try await exchange.gateway.logEntries(try tile(exchange), by: actor)
        return Response(200, bytes, type: Route.binary)
    }

    /// The tile that the path names; every other spelling of it names nothing.
    private static func tile(_ exchange: Exchange) throws(Refusal) -> TileAddress {
        do {
            return try TileAddress(parsing: exchange.request.uri.path.dropFirst("/log/tile/".count))
        } catch {
            throw Refusal(.notFound)
        }
    }
}
