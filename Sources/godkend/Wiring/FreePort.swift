import NIOCore
import NIOPosix

/// Finds a port that nobody listens on.
///
/// The public address must be known before the server listens, so the port is taken, read and given back;
/// another process could take it in between, and then the start fails.
enum FreePort {
    static func find(host: String) async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: host, port: 0).get()
        let port = channel.localAddress?.port
        try await channel.close()
        guard let port else { throw CommandFailure("No free port was found: choose one with --port.") }
        return port
    }
}
