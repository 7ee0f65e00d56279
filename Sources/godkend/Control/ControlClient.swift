import AsyncHTTPClient
import Foundation
import Notation

/// The server's control socket, as a command sees it.
struct ControlClient: IssuerPort {
    let socket: String

    func perform(_ call: IssuerCall) async throws -> JSON {
        guard let url = URL(httpURLWithSocketPath: socket, uri: "/issuer") else {
            throw CommandFailure("The path \(socket) is no socket's: choose a shorter state folder.")
        }
        let answer: WebAnswer
        do {
            answer = try await WebClient.send(
                "POST", url.absoluteString, headers: [("Content-Type", "application/json")],
                body: call.bytes, timeoutSeconds: call.name.timeoutSeconds)
        } catch {
            throw CommandFailure(
                "The server that has the state folder's lock does not answer at \(socket): restart it.")
        }
        guard answer.status == 200 else {
            throw CommandFailure(answer.complaint, isUsage: answer.status == 400)
        }
        return answer.json
    }
}
