import Hummingbird
import Operations
import ServiceLifecycle

extension Exchange {
    func problem(_ refusal: Refusal) -> Response {
        .problem(refusal, publicURL: gateway.settings.publicURL, requestID: context.requestID)
    }

    /// Every answer to a device carries the nonce for its next proof (RFC 9449 section 8.2).
    func withDeviceNonce(_ answer: () async throws -> Response) async throws -> Response {
        var response: Response
        do {
            response = try await answer()
        } catch let refusal as Refusal {
            response = problem(refusal)
        }
        response.headers[.deviceNonce] = gateway.freshDeviceNonce()
        return response
    }

    /// Waiting ends at once when the server is told to stop.
    func untilShutdown<Value: Sendable>(
        waits: Bool, _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        waits ? try await cancelWhenGracefulShutdown(work) : try await work()
    }
}
