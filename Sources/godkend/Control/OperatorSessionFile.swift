import Foundation
import Notation

/// Where a signed-in operator's token lies between commands: a file that only its owner may read.
struct OperatorSessionFile {
    static let variable = "GODKEND_OPERATOR_SESSION"

    let path: String

    /// The file that was named, or the one that the environment names, or the one in the state folder.
    init(_ named: String?, in folder: StateFolder) {
        path =
            named ?? ProcessInfo.processInfo.environment[Self.variable]
            ?? folder.path + "/operator.session"
    }

    /// The token; nil when nobody is signed in.
    func token() throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text = String(decoding: try PrivateFile.read(path), as: UTF8.self)
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return token.isEmpty ? nil : token
    }

    func write(_ token: String) throws {
        try PrivateFile.write(Array((token + "\n").utf8), to: path)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Sends an operator's session along with every order.
struct SessionPort: IssuerPort {
    let port: any IssuerPort
    let session: String?

    func perform(_ call: IssuerCall) async throws -> JSON {
        var call = call
        call.session = call.session ?? session
        return try await port.perform(call)
    }
}
