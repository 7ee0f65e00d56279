import NIOCore

/// Who is at the other end of a socket file, as the kernel says (`struct ucred` of socket(7)).
struct PeerCredentials: Sendable, Hashable {
    let process: Int32
    let user: UInt32
    let group: UInt32

    /// `SO_PEERCRED` of Linux; 17 on every machine that Swift runs on.
    private static let option = NIOBSDSocket.Option(rawValue: 17)

    /// The peer's credentials; nil when the system does not tell.
    static func of(_ channel: any Channel) async -> PeerCredentials? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        return try? await credentials(provider).get()
    }

    private static func credentials(_ provider: any SocketOptionProvider) -> EventLoopFuture<PeerCredentials>
    {
        provider.unsafeGetSocketOption(level: .socket, name: option)
    }
}
