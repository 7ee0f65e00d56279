package import Lifecycles
import Notation
package import Operations
package import Outbound
package import Proofs
import Records
package import Vocabulary

/// A whole gateway on a temporary file, with a sandbox bank, two shops, two pharmacies, a clinic and as many
/// customers as a test wants.
package final class Stage: Sendable {
    package let folder: TemporaryFolder
    package let gateway: Gateway
    package let acquirer: any Acquirer
    package let clock: any Clock
    package let shop: Caller
    package let otherShop: Caller
    package let pharmacy: Caller
    package let otherPharmacy: Caller
    package let clinic: Caller
    package let checkpoints: KeptCheckpoints
    let entropy: SeededEntropy
    private let runner: Task<Void, Never>

    /// What a test may set otherwise.
    package struct Options: Sendable {
        package var settings: [SettingKey: String] = [:]
        package var clock: any Clock & TimeSource = ShiftedClock()
        package var behaviour = SandboxBehaviour(lateApprovalMilliseconds: 1_500)
        package var fault = SandboxFault.none
        package var acquirer: (any Acquirer)?
        package var folder: TemporaryFolder?
        package var seed: UInt64 = 1
        package var trust: any TrustSource = ListedPharmacies()
        package var logKey = [UInt8](repeating: 11, count: 32)
        /// False: nothing is carried to the acquirer and nothing is swept.
        package var isRunning = true

        package init() {}
    }

    package init(_ change: (inout Options) -> Void = { _ in }) throws {
        var options = Options()
        change(&options)
        let folder = try options.folder ?? TemporaryFolder()
        self.folder = folder
        clock = options.clock
        entropy = SeededEntropy(seed: options.seed)
        let acquirer =
            try options.acquirer
            ?? SandboxAcquirer(
                booksAt: folder.file("bank.jsonl"), clock: options.clock, behaviour: options.behaviour,
                fault: options.fault)
        self.acquirer = acquirer
        let shops = try ["bogbixen", "anden-butik", "nordlys-apotek", "fjord-apotek", "klinik"]
            .map(Self.merchant)
        (shop, otherShop) = (Self.caller(shops[0]), Self.caller(shops[1]))
        (pharmacy, otherPharmacy) = (Self.caller(shops[2]), Self.caller(shops[3]))
        clinic = Self.caller(shops[4])
        checkpoints = KeptCheckpoints(in: folder)
        let settings = try Settings(
            values: [.pushBudget: "1000", .acquirerTimeoutSeconds: "60"].merging(
                options.settings, uniquingKeysWith: { $1 }),
            isLive: false, publicURL: "http://127.0.0.1:8080")
        gateway = try Gateway(
            GatewayParts(
                databasePath: folder.file("godkend.sqlite"),
                settings: settings,
                merchants: MerchantBook(shops), clock: SteadyClock(options.clock, terms: settings.clockTerms),
                entropy: entropy,
                keys: KeyRing(master: Array(repeating: 7, count: 32)),
                receiptKeys: ReceiptKeys(current: try SigningKey(raw: Array(repeating: 9, count: 32))),
                logKey: LogKey(raw: options.logKey, name: settings.logOrigin), checkpoints: checkpoints,
                acquirer: acquirer,
                passwords: PasswordWorkers(parameters: try Self.quickScrypt()), trust: options.trust,
                answers: { _ in PlainAnswers() },
                logger: WatchfulLog.logger()))
        let gateway = gateway
        runner = options.isRunning ? Task { try? await gateway.run() } : Task {}
    }

    /// Parameters small enough for a test.
    private static func quickScrypt() throws -> ScryptParameters {
        guard let parameters = ScryptParameters(logN: 4, r: 8, p: 1) else {
            throw StageError.badName("scrypt")
        }
        return parameters
    }

    /// Stops as a crash would: nothing is finished on purpose, the file stays as it is.
    package func stop() async {
        runner.cancel()
        await gateway.close()
        await runner.value
    }

    // MARK: Shops

    private static func merchant(_ id: String) throws -> Merchant {
        guard let merchant = MerchantID(id) else { throw StageError.badName(id) }
        let number = ["nordlys-apotek": 0, "fjord-apotek": 1][id].map { StageTrust.pharmacies[$0] }
        let kind: MerchantKind = number != nil ? .pharmacy : id == "klinik" ? .filer : .webshop
        return Merchant(
            id: merchant, kind: kind, name: try DisplayName(id.uppercased()), gln: number.flatMap { GLN($0) },
            isSuspended: false, currencies: [.dkk, .eur],
            limits: [AmountLimit(currency: .dkk, maximumMinor: 10_000_000)], origins: [], keys: [])
    }

    private static func caller(_ merchant: Merchant) -> Caller {
        let key = KeyID(at: Instant(milliseconds: 0), random: (1, UInt64(merchant.id.text.utf8.count)))
        return Caller(merchant: merchant, key: key, kind: .secret, isLive: false)
    }

    // MARK: Customers

    /// A customer with one enrolled card and one code app that may confirm at once.
    package func customer(card: String = "4242424242424242") async throws -> Actor {
        let now = clock.now()
        let id: CustomerID = entropy.identifier(at: now)
        let number = try CardNumber(card)
        let digits = Array(number.exposed().utf8)
        guard let expiry = CardExpiry(month: 12, year: 2030) else { throw StageError.badName("expiry") }
        _ = try await gateway.ledger.submit(
            AddCustomer(
                id: id, userID: UserID("kunde-" + id.text.suffix(8).lowercased()), nameSealed: [1],
                personNumberSealed: [1], personNumberHash: entropy.bytes(32), password: nil))
        _ = try await gateway.ledger.submit(
            EnrolCard(
                id: entropy.identifier(at: now), customer: id,
                fingerprint: gateway.keys.fingerprint(digits, as: .card), numberSealed: [1],
                card: MaskedCard(number, expiry: expiry)))
        let device = try await enrolDevice(of: id)
        return Actor(id: id, card: number, expiry: expiry, app: device)
    }

    /// A second or third code app.
    package func enrolDevice(of customer: CustomerID) async throws -> CodeApp {
        let key = try SigningKey(raw: entropy.bytes(32))
        let device = try await gateway.ledger.submit(
            EnrolTestDevice(
                customer: customer, name: PlainText("Telefon", maximum: 100),
                publicKey: key.publicKey.raw64, thumbprint: key.publicKey.thumbprint))
        guard let device else { throw StageError.badName("device") }
        return CodeApp(id: device, key: key)
    }

    // MARK: Orders

    package func identity(_ route: String, key: String? = nil, _ parameters: String = "") -> RequestIdentity {
        let text = key ?? Base64URL.encode(entropy.bytes(12))
        return RequestIdentity(
            key: IdempotencyKey(text), route: route,
            parameters: [ParameterDigest(name: "body", digest: Array(parameters.utf8))])
    }

    package func token(of actor: Actor, at caller: Caller? = nil) async throws -> CardTokenID {
        let answered = try await gateway.tokenizeCard(
            TokenizeRequest(
                card: actor.card, expiry: actor.expiry,
                verificationCode: CardVerificationCode("123", brand: actor.card.brand), isReusable: false),
            caller: caller ?? shop, identity: identity("tokens"))
        return try Self.id(in: answered)
    }

    package func request(
        _ actor: Actor, amount: Int64 = 24_900, reference: String? = nil, capture: CaptureMode = .manual,
        metadata: [Metadata] = [], at caller: Caller? = nil
    ) async throws -> AuthorizeRequest {
        let reference = reference ?? Base64URL.encode(entropy.bytes(9))
        return AuthorizeRequest(
            money: try Money(amountMinor: amount, currency: .dkk),
            card: try await token(of: actor, at: caller),
            capture: capture,
            order: Order(
                reference: try OrderReference(reference),
                lines: [
                    OrderLine(
                        kind: .goods, description: try PlainText("En bog", maximum: 100), quantity: 1,
                        unitAmountMinor: amount, productNumber: nil, prescription: nil)
                ]),
            metadata: metadata)
    }

    /// Asks for a payment and reads it back.
    package func authorize(
        _ actor: Actor, amount: Int64 = 24_900, reference: String? = nil, capture: CaptureMode = .manual,
        metadata: [Metadata] = [], at caller: Caller? = nil
    ) async throws -> Authorization {
        let caller = caller ?? shop
        let answered = try await gateway.authorize(
            try await request(
                actor, amount: amount, reference: reference, capture: capture, metadata: metadata,
                at: caller),
            caller: caller, identity: identity("authorize"))
        return try await load(try Self.id(in: answered), at: caller)
    }

    package func load(_ id: AuthorizationID, at caller: Caller? = nil) async throws -> Authorization {
        let owner = Owner(merchant: (caller ?? shop).merchant.id, isLive: false)
        let found = try await gateway.ledger.read { db in
            try AuthorizationReading.find(id, of: owner, in: db)
        }
        guard let found else { throw StageError.badName(id.text) }
        return found
    }

    /// Waits until the authorization has left `processing`.
    package func settled(_ id: AuthorizationID, at caller: Caller? = nil) async throws -> Authorization {
        var settled: Authorization?
        try await eventually(id.text, pause: .zero) {
            let changes = gateway.ledger.changes.changes(of: id.text)
            let found = try await load(id, at: caller)
            if found.status != .processing && found.lifecycle.sums.capturing == 0 {
                settled = found
            } else {
                _ = await ChangeHub.next(of: changes, within: .milliseconds(50))
            }
            return settled != nil
        }
        guard let settled else { throw TooLong(what: id.text) }
        return settled
    }

    /// Asks, confirms in the app, and waits for the bank.
    package func approved(
        _ actor: Actor, amount: Int64 = 24_900, capture: CaptureMode = .manual
    ) async throws -> Authorization {
        let asked = try await authorize(actor, amount: amount, capture: capture)
        _ = try await answer(asked, by: actor.app, .approve)
        return try await settled(asked.id)
    }

    /// Signs an answer as the app would and sends it.
    @discardableResult
    package func answer(
        _ authorization: Authorization, by app: CodeApp, _ verdict: Verdict, code: MatchCode? = nil
    ) async throws -> FactorAttempt {
        guard let id = authorization.confirmation?.id else { throw StageError.badName("no confirmation") }
        return try await gateway.answer(
            id, compact: try await signed(id, by: app, verdict, code: code), from: app.id)
    }

    /// The signed answer, not yet sent.
    package func signed(
        _ id: ConfirmationID, by app: CodeApp, _ verdict: Verdict, code: MatchCode? = nil
    ) async throws -> String {
        let pending = try await gateway.pendingConfirmations(for: app.id)
        guard let question = pending.first(where: { $0.id == id }) else { throw StageError.notAsked }
        return try AnswerDraft.sign(
            statement: Array(question.statement.utf8), verdict: verdict, verifiedBy: .pin,
            matchCode: verdict == .approve ? code ?? gateway.presenter.matchCode(id) : nil, device: app.id,
            key: app.key)
    }

    package static func id<Kind>(in answered: Answered) throws -> Identifier<Kind> {
        let text = String(decoding: answered.body, as: UTF8.self).split(separator: " ").first.map(String.init)
        guard let id = text.flatMap({ Identifier<Kind>($0) }) else { throw StageError.badName("answer") }
        return id
    }
}

package enum StageError: Error, Sendable, Hashable {
    case badName(String)
    case notAsked
}

/// A customer with a card and a code app.
package struct Actor: Sendable {
    package let id: CustomerID
    package let card: CardNumber
    package let expiry: CardExpiry
    package let app: CodeApp
}

/// A device with its key, as a phone would hold it.
package struct CodeApp: Sendable {
    package let id: DeviceID
    package let key: SigningKey
}
