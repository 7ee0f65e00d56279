import Notation
import Proofs
import Vocabulary

/// A customer of the demo: a person of the published test families, with cards and a code app.
struct DemoCustomer: Sendable {
    let id: String
    let app: AppClient

    /// The issuer's part through the control socket, the app's over HTTP.
    init(
        _ person: SpecimenPatient, userID: String, password: String? = nil, cards: [DemoCard],
        issuer: ControlClient, server: String
    ) async throws {
        var particulars: [(String, JSON)] = [
            ("user_id", .text(userID)), ("name", .text(person.name)), ("cpr", .text(person.number)),
        ]
        if let password { particulars.append(("password", .text(password))) }
        let made = try await issuer.perform(IssuerCall(.addCustomer, particulars))
        guard let id = made.object?["customer"]?.text else {
            throw CommandFailure("The demo's customer was not made.")
        }
        self.id = id
        for card in cards {
            let particulars: [(String, JSON)] = [
                ("customer", .text(id)), ("number", .text(card.number)), ("month", 12), ("year", 2030),
            ]
            _ = try await issuer.perform(IssuerCall(.enrolCard, particulars))
        }
        let activation = try await issuer.perform(
            IssuerCall(.activationCode, [("customer", .text(id))]))
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
