import HTTPTypes
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import API

/// A customer of the walk with everything that opens a door.
struct WalkPerson: Sendable {
    let id: CustomerID
    let device: DeviceID
    let key: SigningKey
    /// Bearer token of a session.
    let session: String
    let card: String
}

/// What comes with a request to show who asks.
enum WalkCredential: Sendable {
    case nothing
    case bearer(String)
    case device(WalkPerson)
}

/// The API with somebody of each kind: two customers with sessions and devices, an operator, and the shops,
/// pharmacies and filers of the stage. The clock stands still.
struct WalkWorld: Sendable {
    let client: APIClient
    let clock: ManualClock
    let kaja: WalkPerson
    let niels: WalkPerson
    /// Session of an operator with every role.
    let operatorSession: String
    /// Of one that may only look at lists.
    let viewerSession: String
    private let counter: Counter

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1; return $0
            }
        }
    }

    /// Builds the world and walks through it. With `runs` the bank is asked as well.
    static func test(
        runs: Bool = false, _ work: @escaping @Sendable (WalkWorld) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let stage = try await APIStage(clock: clock, patient: .kaja)
        try await stage.test(runs: runs) { client in try await work(try await WalkWorld(client, clock)) }
    }

    private init(_ client: APIClient, _ clock: ManualClock) async throws {
        self.client = client
        self.clock = clock
        counter = Counter()
        let gateway = client.stage.gateway
        let first = try #require(try await gateway.ledger.device(client.stage.device)).customer
        kaja = try await Self.person(
            first, client.stage.device, client.stage.deviceKey, user: "kunde-1234",
            card: APIStage.cardNumber, client)
        let second = try await gateway.issuer.addCustomer(
            NewCustomer(
                userID: try UserID("kunde-5678"), name: try DisplayName("Niels Kunde"),
                personNumber: try PersonNumber(SpecimenPatient.niels.number),
                password: try Password("hemmelig1", personNumber: nil)))
        let card = "5555555555554444"
        let expiry = try #require(CardExpiry(month: 12, year: 2030))
        _ = try await gateway.issuer.enrolCard(
            customer: second, number: try CardNumber(card), expiry: expiry)
        let key = try SigningKey(raw: Array(repeating: 6, count: 32))
        let device = try #require(try await Self.enrol(key, of: second, gateway))
        niels = try await Self.person(second, device, key, user: "kunde-5678", card: card, client)
        let pair = try await client.administrators()
        var browser = ConsoleBrowser(client)
        try await browser.signIn(pair.0)
        operatorSession = try #require(browser.cookies["godkend-console"])
        let viewer = try await client.hire("vera-viewer", .viewer, by: pair)
        var other = ConsoleBrowser(client)
        try await other.signIn(viewer)
        viewerSession = try #require(other.cookies["godkend-console"])
    }

    static func enrol(
        _ key: SigningKey, of customer: CustomerID, _ gateway: Gateway
    ) async throws -> DeviceID? {
        try await gateway.ledger.submit(
            EnrolTestDevice(
                customer: customer, name: PlainText("Telefon", maximum: 64),
                publicKey: key.publicKey.raw64, thumbprint: key.publicKey.thumbprint))
    }

    private static func person(
        _ id: CustomerID, _ device: DeviceID, _ key: SigningKey, user: String, card: String,
        _ client: APIClient
    ) async throws -> WalkPerson {
        let gateway = client.stage.gateway
        let secret = try await gateway.issuer.issueCodeToken(customer: id).exposed()
        let started = try await gateway.startSignIn(userID: user, password: Redacted("hemmelig1"))
        let code = OneTimeCode.totp(secret: secret, at: gateway.clock.now())
        guard
            case .session(let session) = try await gateway.completeSignIn(
                started.id, factor: .codeToken, code: Redacted(code))
        else { throw StageError.notAsked }
        return WalkPerson(id: id, device: device, key: key, session: session.token.exposed(), card: card)
    }

    // MARK: Requests

    /// Something new at each call.
    func fresh(_ word: String = "n") -> String { "\(word)-\(counter.next())" }

    /// Ids of nobody's objects, for each name in a path.
    static func nobody(_ route: Route) -> [String: String] {
        var ids: [String: String] = [:]
        for (name, prefix) in route.identifiers { ids[name] = prefix + nobodysDigits }
        ids["level"] = "0"
        ids["index"] = "000"
        return ids
    }

    /// A UUID of version 7 that was never given out.
    private static let nobodysDigits = AuthorizationID(
        at: Instant(milliseconds: 1), random: (5, 5)
    ).text.dropFirst("auth".count)

    /// Asks a route as somebody it is for, about nobody's object unless told otherwise.
    func ask(
        _ route: Route, as credential: WalkCredential? = nil, about ids: [String: String] = [:],
        text: String? = nil, query: String? = nil, idempotency: String? = nil
    ) async throws -> APIClient.Answer {
        let all = Self.nobody(route).merging(ids) { $1 }
        let path = route.path { all[$0] }
        var fields = try fields(credential ?? rightful(route), route.method, path)
        if route.idempotency != .none, let name = HTTPField.Name("Idempotency-Key") {
            fields[name] = idempotency ?? fresh("key")
        }
        let good = WalkBodies.good[route.operation]?.writtenText
        var body = Array((text ?? good ?? "").utf8)
        if case .jose = route.body {
            fields[.contentType] = "application/jose"
            if text == nil { body = Array("e30.e30.AAAA".utf8) }
        } else if route.bodySchema != nil {
            fields[.contentType] = "application/json"
        }
        if route.operation == "preflightCardToken" { fields[.origin] = APIStage.origin }
        return try await client.raw(route.method, path + (query.map { "?\($0)" } ?? ""), fields, body)
    }

    private func fields(
        _ credential: WalkCredential, _ method: HTTPRequest.Method, _ path: String
    ) throws -> HTTPFields {
        switch credential {
        case .nothing: return [:]
        case .bearer(let token): return [.authorization: "Bearer \(token)"]
        case .device(let person):
            let proof = try DeviceProof.sign(
                device: person.device, method: method.rawValue, target: "http://127.0.0.1:8080\(path)",
                jti: fresh("jti"), nonce: client.stage.gateway.freshDeviceNonce(), key: person.key)
            return [.authorization: "Device \(proof)"]
        }
    }

    /// Somebody whom a route is for.
    func rightful(_ route: Route) -> WalkCredential {
        switch route.credential {
        case .none: .nothing
        case .secretKey:
            .bearer(
                Self.forFilers.contains(route.operation)
                    ? APIStage.filerSecret
                    : Self.forPharmacies.contains(route.operation)
                        ? APIStage.pharmacySecret : APIStage.secret)
        case .anyKey, .pageTokenOrSecretKey: .bearer(APIStage.secret)
        case .pageToken:
            .bearer(client.stage.gateway.keys.pageToken(for: Self.nobodysConfirmation))
        case .device: .device(kaja)
        case .session: .bearer(kaja.session)
        case .operatorSession: .bearer(operatorSession)
        }
    }

    static let nobodysConfirmation = ConfirmationID(
        at: Instant(milliseconds: 1), random: (5, 5))

    /// Routes of a secret key that not every kind of merchant may use.
    static let forFilers: Set<String> = [
        "filePrescription", "getPrescription", "verifyPrescription", "cancelPrescription",
    ]
    static let forPharmacies: Set<String> = [
        "createHandover", "undoHandover", "createPrescriptionLookup", "getPrescriptionLookup",
    ]
}

extension Route {
    /// The ids in the path: the name between the braces and the prefix.
    var identifiers: [(name: String, prefix: String)] {
        (identifier.map { [("id", $0)] } ?? []) + moreIdentifiers.map { ($0.name, $0.prefix) }
    }
}
