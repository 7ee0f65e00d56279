import API
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Notation
import Operations
import Outbound
import Pages
import Proofs
import Records
import TestKit
import Vocabulary

/// The whole API on a temporary file, with two shops, a customer and its code app.
struct APIStage: Sendable {
    let folder: TemporaryFolder
    let gateway: Gateway
    let device: DeviceID
    let deviceKey: SigningKey
    private let responder: RouterResponder<GatewayRequestContext>

    static let secret = "sk_test_" + String(repeating: "a", count: 43)
    static let publishable = "pk_test_" + String(repeating: "b", count: 43)
    static let otherSecret = "sk_test_" + String(repeating: "c", count: 43)
    static let filerSecret = "sk_test_" + String(repeating: "d", count: 43)
    static let pharmacySecret = "sk_test_" + String(repeating: "f", count: 43)
    static let otherPharmacySecret = "sk_test_" + String(repeating: "g", count: 43)
    static let otherFilerSecret = "sk_test_" + String(repeating: "h", count: 43)
    static let expiredSecret = "sk_test_" + String(repeating: "e", count: 43)
    static let liveSecret = "sk_live_" + String(repeating: "i", count: 43)
    static let livePublishable = "pk_live_" + String(repeating: "j", count: 43)
    /// Ten minutes after the start of a test's clock these keys run out, or are taken back.
    static let expiringSecret = "sk_test_" + String(repeating: "k", count: 43)
    static let expiringPublishable = "pk_test_" + String(repeating: "l", count: 43)
    static let revokedSecret = "sk_test_" + String(repeating: "m", count: 43)
    static let revokedPublishable = "pk_test_" + String(repeating: "n", count: 43)
    static let keysEnd = ManualClock().now().adding(seconds: 600)
    static let origin = "https://shop.example"
    static let cardNumber = "4242424242424242"

    /// The PKI of a stage with a patient.
    let pki: SpecimenPKI?

    /// With a patient the customer is that person, the specimens are believed and there is a price list.
    init(
        clock: any Operations.Clock & TimeSource = ShiftedClock(),
        patient: SpecimenPatient? = nil, isLive: Bool = false
    ) async throws {
        folder = try TemporaryFolder()
        let trust = try patient.map { _ in try StageTrust(clock: clock) }
        pki = trust?.pki
        guard let scrypt = ScryptParameters(logN: 4, r: 8, p: 1) else { throw StageError.badName("scrypt") }
        let settings =
            isLive
            ? try Settings(
                values: [.acquirerKind: "iso8583", .acquirerAddress: "127.0.0.1:8583"], isLive: true,
                publicURL: "https://godkend.example")
            : try Settings(
                values: [.pushBudget: "1000"], isLive: false, publicURL: "http://127.0.0.1:8080")
        gateway = try Gateway(
            GatewayParts(
                databasePath: folder.file("godkend.sqlite"),
                settings: settings,
                merchants: MerchantBook(try Self.merchants()), clock: SteadyClock(clock),
                entropy: SeededEntropy(seed: 7),
                keys: KeyRing(master: Array(repeating: 7, count: 32)),
                receiptKeys: ReceiptKeys(current: try SigningKey(raw: Array(repeating: 9, count: 32))),
                logKey: LogKey(raw: Array(repeating: 11, count: 32), name: settings.logOrigin),
                checkpoints: KeptCheckpoints(in: folder),
                acquirer: try SandboxAcquirer(booksAt: folder.file("bank.jsonl"), clock: clock),
                passwords: PasswordWorkers(parameters: scrypt),
                trust: (trust as (any TrustSource)?) ?? ListedPharmacies(),
                answers: { JSONAnswers(presenter: $0) },
                logger: WatchfulLog.logger()))
        let router = APIRouter.make(
            gateway: gateway, metrics: PrometheusText(),
            pagePaths: ConfirmationPages.paths + ConsolePages.paths)
        ConfirmationPages.add(to: router)
        try ConsolePages.add(to: router, gateway: gateway)
        responder = router.buildResponder()
        deviceKey = try SigningKey(raw: Array(repeating: 5, count: 32))
        let customer = try await gateway.issuer.addCustomer(
            NewCustomer(
                userID: try UserID("kunde-1234"), name: try DisplayName("Karen Kunde"),
                personNumber: try PersonNumber(patient?.number ?? "010165-1234"),
                password: try Password("hemmelig1", personNumber: nil)))
        guard let expiry = CardExpiry(month: 12, year: 2030) else { throw StageError.badName("expiry") }
        _ = try await gateway.issuer.enrolCard(
            customer: customer, number: try CardNumber(Self.cardNumber), expiry: expiry)
        let telephone = try await gateway.ledger.submit(
            EnrolTestDevice(
                customer: customer, name: PlainText("Telefon", maximum: 64),
                publicKey: deviceKey.publicKey.raw64, thumbprint: deviceKey.publicKey.thumbprint))
        guard let telephone else { throw StageError.badName("device") }
        device = telephone
        if patient != nil {
            try await PharmacyStage.importPrices(
                into: gateway, from: LocalDate(clock.now()).adding(days: -30))
        }
    }

    /// Runs the test against the router while the gateway drives the bank; when it does not run, nothing is
    /// settled or signed but what the test asks for.
    func test(runs: Bool = true, _ work: @escaping @Sendable (APIClient) async throws -> Void) async throws {
        let gateway = gateway
        let runner = runs ? Task { try? await gateway.run() } : Task {}
        let app = Application(
            responder: responder, logger: WatchfulLog.logger())
        let stage = self
        try await app.test(.router) { client in
            try await work(APIClient(client: client, stage: stage))
        }
        runner.cancel()
        await gateway.close()
        await runner.value
    }

    private static func merchants() throws -> [Merchant] {
        try [
            merchant(
                "bogbixen", .webshop,
                [
                    key(secret), key(publishable), key(expiredSecret, expiresAt: Instant(milliseconds: 1)),
                    key(liveSecret), key(livePublishable),
                    key(expiringSecret, expiresAt: keysEnd), key(expiringPublishable, expiresAt: keysEnd),
                    key(revokedSecret, revokedAt: keysEnd), key(revokedPublishable, revokedAt: keysEnd),
                ]),
            merchant("anden-butik", .webshop, [key(otherSecret)]),
            merchant("register", .filer, [key(filerSecret)]),
            merchant("klinikken", .filer, [key(otherFilerSecret)]),
            merchant("byens-apotek", .pharmacy, [key(pharmacySecret)]),
            merchant("fjordens-apotek", .pharmacy, [key(otherPharmacySecret)]),
        ]
    }

    /// Kind and mode stand at the beginning of a key.
    private static func key(
        _ text: String, expiresAt: Instant? = nil, revokedAt: Instant? = nil
    ) -> MerchantKey {
        MerchantKey(
            id: KeyID(
                at: Instant(milliseconds: 0),
                random: (1, UInt64(text.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))),
            kind: text.hasPrefix("sk_") ? .secret : .publishable, isLive: text.dropFirst(3).hasPrefix("live"),
            digest: Digest.sha256(text.utf8), expiresAt: expiresAt, revokedAt: revokedAt)
    }

    private static func merchant(
        _ name: String, _ kind: MerchantKind, _ keys: [MerchantKey]
    ) throws -> Merchant {
        guard let id = MerchantID(name) else { throw StageError.badName(name) }
        return Merchant(
            id: id, kind: kind, name: try DisplayName("Butik \(name)"),
            gln: kind == .pharmacy ? GLN(StageTrust.pharmacies[name == "byens-apotek" ? 0 : 1]) : nil,
            isSuspended: false, currencies: [.dkk], limits: [], origins: name == "bogbixen" ? [origin] : [],
            keys: keys)
    }
}

/// What a test sends and gets.
struct APIClient: Sendable {
    let client: any TestClientProtocol
    let stage: APIStage

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let bytes: [UInt8]

        var json: JSONObject { (try? JSON.parse(bytes))?.object ?? [:] }
        var code: String? { json["error"]?.object?["code"]?.text }
        var parameter: String? { json["error"]?.object?["param"]?.text }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, key: String? = APIStage.secret, _ body: JSON? = nil,
        idempotency: String? = nil, headers more: HTTPFields = [:]
    ) async throws -> Answer {
        var fields = more
        if let key { fields[.authorization] = "Bearer \(key)" }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        if let idempotency, let name = HTTPField.Name("Idempotency-Key") { fields[name] = idempotency }
        return try await raw(method, path, fields, body?.written() ?? [])
    }

    func raw(
        _ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields, _ body: [UInt8]
    ) async throws -> Answer {
        try await client.execute(
            uri: path, method: method, headers: fields, body: body.isEmpty ? nil : ByteBuffer(bytes: body)
        ) { response in
            Answer(
                status: response.status.code, headers: response.headers,
                bytes: Array(response.body.readableBytesView))
        }
    }

    static func header(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .userAgent }

    static let card: JSON = [
        "number": .text(APIStage.cardNumber), "exp_month": 12, "exp_year": 2030, "cvc": "123",
    ]

    static func order(card: String, reference: String = "1001", amount: Int64 = 24_900) -> JSON {
        [
            "amount": .integer(amount), "currency": "DKK", "card": .text(card),
            "order": [
                "reference": .text(reference),
                "lines": [["description": "En bog", "quantity": 1, "unit_amount": .integer(amount)]],
            ],
        ]
    }

    func token() async throws -> String {
        let answer = try await send(.post, "/v1/card_tokens", key: APIStage.publishable, Self.card)
        guard let id = answer.json["id"]?.text else { throw StageError.badName("token") }
        return id
    }

    func authorize(reference: String = "1001", idempotency: String? = nil) async throws -> Answer {
        try await send(
            .post, "/v1/authorizations", Self.order(card: try await token(), reference: reference),
            idempotency: idempotency ?? "create-\(reference)")
    }

    /// A request of the code app, with a nonce that the server gave.
    func device(
        _ method: HTTPRequest.Method, _ path: String, jti: String, body: [UInt8] = [], type: String? = nil,
        nonce: String? = nil
    ) async throws -> Answer {
        let proof = try DeviceProof.sign(
            device: stage.device, method: method.rawValue, target: "http://127.0.0.1:8080\(path)", jti: jti,
            nonce: nonce ?? stage.gateway.freshDeviceNonce(), key: stage.deviceKey)
        var fields: HTTPFields = [.authorization: "Device \(proof)"]
        if let type { fields[.contentType] = type }
        return try await raw(method, path, fields, body)
    }

    /// Fetches what is asked and signs an answer to it.
    func approve(_ confirmation: String, code: String) async throws -> Answer {
        let pending = try await device(.get, "/app/v1/confirmations", jti: "list-\(confirmation)")
        let found = pending.json["data"]?.array?.first { $0.object?["id"]?.text == confirmation }
        guard let statement = found?.object?["statement"]?.text else { throw StageError.notAsked }
        let compact = try AnswerDraft.sign(
            statement: Array(statement.utf8), verdict: .approve, verifiedBy: .pin, matchCode: MatchCode(code),
            device: stage.device, key: stage.deviceKey)
        return try await device(
            .post, "/app/v1/confirmations/\(confirmation)/answer", jti: "answer-\(confirmation)",
            body: Array(compact.utf8), type: "application/jose")
    }
}
