import HTTPTypes
import Lifecycles
import Notation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

/// Objects of different owners, and those who ask for them.
struct WalkObjects {
    /// What a request is about.
    struct About {
        let what: String
        let ids: [String: String]
        /// Names of the parties to whom it is there.
        let owners: Set<String>
    }

    struct Party {
        let name: String
        let credential: WalkCredential
    }

    /// A payment of a shop or pharmacy with what hangs on it.
    private struct Payment {
        let id: String
        let confirmation: String
        let decision: String
    }

    let world: WalkWorld
    /// Waits for niels in the webshop.
    private let waiting: Payment
    /// Paid by kaja at the pharmacy, and handed over.
    private let paid: Payment
    private let handover: String
    /// Another order of the pharmacy.
    private let declined: String
    /// A live payment, look-up and record among those of test mode.
    private let live: Payment
    private let liveLookup: String
    private let liveRecord: String
    private let lookup: String
    private let lookupConfirmation: String
    private let record: String
    private let secondDevice: String
    /// The text that niels's device will sign for the payment that waits.
    private let statement: String

    init(_ world: WalkWorld) async throws {
        self.world = world
        let client = world.client
        record = try await client.filed()
        (live, liveLookup, liveRecord) = try await Self.liveObjects(world)
        let order = try await client.paidOrder([APIClient.medicine(record)])
        let handed = try await client.handOver(order)
        handover = try #require(handed.json["id"]?.text)
        let found = try await client.send(
            .get, "/v1/authorizations/\(order)", key: APIStage.pharmacySecret)
        paid = try Self.payment(found.json)
        let asked = try await Self.authorize(world.niels, reference: "walk", world)
        waiting = try Self.payment(asked.json)
        let refused = try await client.order([APIClient.medicine(nil)], reference: "without")
        declined = try #require(refused.json["id"]?.text)
        let started = try await client.send(
            .post, "/v1/prescription_lookups", key: APIStage.pharmacySecret, ["user_id": "kunde-1234"],
            idempotency: world.fresh())
        lookup = try #require(started.json["id"]?.text)
        lookupConfirmation = try #require(started.json["confirmation"]?.object?["id"]?.text)
        let gateway = client.stage.gateway
        secondDevice = try #require(
            try await WalkWorld.enrol(
                SigningKey(raw: Array(repeating: 8, count: 32)), of: world.niels.id, gateway)
        ).text
        let pending = try await gateway.pendingConfirmations(for: world.niels.device)
        statement = try #require(pending.first { $0.id.text == asked.confirmationID }).statement
    }

    private static func payment(_ json: JSONObject) throws -> Payment {
        Payment(
            id: try #require(json["id"]?.text),
            confirmation: json["confirmation"]?.object?["id"]?.text ?? "",
            decision: try #require(json["decisions"]?.array?.first?.object?["id"]?.text))
    }

    private static func authorize(
        _ person: WalkPerson, reference: String, _ world: WalkWorld
    ) async throws -> APIClient.Answer {
        let token = try await world.client.send(
            .post, "/v1/card_tokens",
            ["number": .text(person.card), "exp_month": 12, "exp_year": 2030, "cvc": "123"])
        return try await world.client.send(
            .post, "/v1/authorizations",
            APIClient.order(card: try #require(token.json["id"]?.text), reference: reference),
            idempotency: world.fresh())
    }

    /// What a live gateway would have written into the same file.
    private static func liveObjects(
        _ world: WalkWorld
    ) async throws -> (Payment, lookup: String, record: String) {
        let gateway = world.client.stage.gateway
        func caller(_ key: String) throws -> Caller {
            let caller = try gateway.authenticate(bearer: key)
            return Caller(merchant: caller.merchant, key: caller.key, kind: .secret, isLive: true)
        }
        func identity() -> RequestIdentity {
            RequestIdentity(key: IdempotencyKey(world.fresh("live")), route: "live", parameters: [])
        }
        func json(_ answered: Answered) throws -> JSONObject {
            try #require(try JSON.parse(answered.body).object)
        }
        let shop = try caller(APIStage.secret)
        let card = try TokenizeRequest(json: APIClient.card)
        let token = try json(
            try await gateway.tokenizeCard(card, caller: shop, identity: identity()))
        let body = APIClient.order(card: try #require(token["id"]?.text), reference: "live")
        let made = try json(
            try await gateway.authorize(
                AuthorizeRequest(json: body, isLive: true), caller: shop, identity: identity()))
        let payment = try payment(made)
        let id = try #require(AuthorizationID(payment.id))
        _ = try await gateway.cancel(id, CancelRequest(), caller: shop, identity: identity())
        let lookup = try json(
            try await gateway.startLookup(
                userID: "findes-ikke", caller: try caller(APIStage.pharmacySecret), identity: identity()))
        let record = try json(
            try await gateway.filePrescription(
                FilingRequest(compact: try world.client.record(name: "rx-live"), stapled: []),
                caller: try caller(APIStage.filerSecret), identity: identity()))
        return (payment, try #require(lookup["id"]?.text), try #require(record["id"]?.text))
    }

    // MARK: Who asks

    func parties(of credential: Route.Credential) -> [Party] {
        switch credential {
        case .none, .operatorSession: []
        case .secretKey, .anyKey: merchants
        case .pageToken: pages
        case .pageTokenOrSecretKey: merchants + pages
        case .device: people.map { Party(name: $0, credential: .device($1)) }
        case .session: people.map { Party(name: $0, credential: .bearer($1.session)) }
        }
    }

    private var people: [(String, WalkPerson)] { [("kaja", world.kaja), ("niels", world.niels)] }

    private var merchants: [Party] {
        [
            ("shop", APIStage.secret), ("other shop", APIStage.otherSecret),
            ("pharmacy", APIStage.pharmacySecret), ("other pharmacy", APIStage.otherPharmacySecret),
            ("filer", APIStage.filerSecret), ("other filer", APIStage.otherFilerSecret),
        ].map { Party(name: $0, credential: .bearer($1)) }
    }

    private var pages: [Party] {
        [("page", waiting.confirmation), ("lookup page", lookupConfirmation)].compactMap { name, id in
            ConfirmationID(id).map {
                Party(name: name, credential: .bearer(world.client.stage.gateway.keys.pageToken(for: $0)))
            }
        }
    }

    // MARK: What is asked for

    /// Objects for every id that a route has in its path; none for a kind of id that the walk does not know.
    func about(_ route: Route) -> [About] {
        if route.operation == "undoHandover" { return handovers }
        switch route.identifiers.map(\.prefix) {
        case ["auth"]:
            return [
                one("a payment that waits", waiting.id, ["shop", "niels"]),
                one("a paid order", paid.id, ["pharmacy", "kaja"]), one("a live payment", live.id, []),
            ]
        case ["cnf"]:
            return [
                one("a payment's question", waiting.confirmation, ["shop", "page", "niels"]),
                one("a look-up's question", lookupConfirmation, ["pharmacy", "lookup page"]),
            ] + (route.credential == .pageToken ? [] : [one("a live question", live.confirmation, [])])
        case ["lku"]:
            return [one("a look-up", lookup, ["pharmacy"]), one("a live look-up", liveLookup, [])]
        case ["prx"]:
            return [one("a record", record, ["filer", "pharmacy"]), one("a live record", liveRecord, [])]
        case ["dec"]:
            return [
                one("a decision", waiting.decision, ["shop"]),
                one("a pharmacy's decision", paid.decision, ["pharmacy"]),
                one("a live decision", live.decision, []),
            ]
        case ["dev"]:
            return [
                one("niels's device", secondDevice, ["niels"]),
                one("kaja's device", world.kaja.device.text, ["kaja"]),
            ]
        default: return []
        }
    }

    private func one(_ what: String, _ id: String, _ owners: Set<String>) -> About {
        About(what: what, ids: ["id": id], owners: owners)
    }

    /// A handover is there in its own payment alone.
    private var handovers: [About] {
        func pair(_ what: String, _ id: String, _ owners: Set<String>) -> About {
            About(what: what, ids: ["id": id, "handover": handover], owners: owners)
        }
        return [
            pair("a handover", paid.id, ["pharmacy"]),
            pair("a handover in another order of the pharmacy", declined, []),
            pair("a handover in a shop's payment", waiting.id, []),
            pair("a handover in a live payment", live.id, []),
            About(what: "no handover of a paid order", ids: ["id": paid.id], owners: []),
        ]
    }

    // MARK: Bodies that only fit their object

    /// A denial by a device, as it would sign it were the question its own.
    func answer(to confirmation: String, by person: WalkPerson) throws -> String {
        let text = statement.replacing(waiting.confirmation, with: confirmation)
            .replacing(world.niels.device.text, with: person.device.text)
        return try AnswerDraft.sign(
            statement: Array(text.utf8), verdict: .deny, verifiedBy: .pin, matchCode: nil,
            device: person.device, key: person.key)
    }

    /// A cancellation of the record by a doctor who did not sign it.
    func cancellation() throws -> String {
        let compact = try world.client.pki.cancel(
            record: "rx-1", version: 1, reason: "another medicine instead", by: .specialist,
            at: world.client.now)
        return JSON.object(["jws": .text(compact)]).writtenText
    }
}

extension APIClient.Answer {
    fileprivate var confirmationID: String? { json["confirmation"]?.object?["id"]?.text }
}
