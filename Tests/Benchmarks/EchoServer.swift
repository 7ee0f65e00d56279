import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore

/// The yardstick: a bare Hummingbird server that decodes a JSON order and sends it back.
struct EchoServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "echo-server", abstract: "Serve the echo that the others are compared with.",
        shouldDisplay: false)

    func run() async throws {
        let router = Router()
        router.post("/echo") { request, context -> EchoedOrder in
            try await request.decode(as: EchoedOrder.self, context: context)
        }
        var logger = Logger(label: "echo")
        logger.logLevel = .error
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                say("echo is ready at http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
            }, logger: logger)
        // Standard input ends with the program that started this one.
        DispatchQueue.global().async {
            while !FileHandle.standardInput.availableData.isEmpty {}
            Foundation.exit(0)
        }
        try await application.runService()
    }
}

/// The members of an authorization's body, as Codable reads and writes them.
struct EchoedOrder: ResponseCodable {
    struct Order: Codable {
        let reference: String
        let lines: [Line]
    }

    struct Line: Codable {
        let kind: String
        let description: String
        let quantity: Int
        let unit_amount: Int64
    }

    let amount: Int64
    let currency: String
    let card: String
    let capture: String
    let order: Order
}
