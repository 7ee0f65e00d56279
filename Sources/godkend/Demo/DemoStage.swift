import Foundation
import Notation
import Proofs
import Vocabulary

/// Who plays in the demo: a shop with fresh keys, a customer with two cards, a key card and a code app.
struct DemoStage: Sendable {
    let shop: DemoShop
    let app: AppClient
    /// One code of the printed key card.
    let keyCardCode: String

    /// A number that belongs to nobody: 1 January 1970, a serial of the demo's own.
    private static let personNumber = "0101701234"

    /// Sets the stage: the issuer's part through the control socket, the app's over HTTP.
    init(server: String, keys: MerchantKeyPair, socket: String) async throws {
        let issuer = ControlClient(socket: socket)
        shop = DemoShop(
            server: server, secretKey: keys.secret.exposed(),
            publishableKey: keys.publishable?.exposed() ?? "")
        let customer = try await issuer.perform(
            IssuerCall(
                .addCustomer,
                [
                    ("user_id", "soren.kunde"), ("name", "Søren Ærlig Ågård"),
                    ("cpr", .text(Self.personNumber)), ("password", "hemmelig1"),
                ])
        ).object?["customer"]?.text
        guard let customer else { throw CommandFailure("The demo's customer was not made.") }
        for card in [DemoCard.approved, .insufficientFunds] {
            let particulars: [(String, JSON)] = [
                ("customer", .text(customer)), ("number", .text(card.number)), ("month", 12), ("year", 2030),
            ]
            _ = try await issuer.perform(IssuerCall(.enrolCard, particulars))
        }
        let keyCard = try await issuer.perform(
            IssuerCall(.issueKeyCard, [("customer", .text(customer))]))
        keyCardCode = keyCard.object?["codes"]?.object?.members.first?.value.text ?? "000000"
        let activation = try await issuer.perform(
            IssuerCall(.activationCode, [("customer", .text(customer))]))
        app = try await Self.enrol(server: server, activation: activation)
    }

    private static func enrol(server: String, activation: JSON) async throws -> AppClient {
        guard let code = activation.object?["activation_code"]?.text,
            let userID = activation.object?["user_id"]?.text
        else { throw CommandFailure("The demo's activation code was not made.") }
        let key = try SigningKey()
        let enrolled = try await AppClient.enrol(
            server: server, userID: userID, activationCode: code, name: "Demo", key: key)
        return AppClient(server: server, device: enrolled.device, key: key)
    }
}
