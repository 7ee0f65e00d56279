import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct IdentityFactorTests {
    @Test func `SCA-06: a key-card code offered for a card payment is not consumed and is no failure`()
        async throws
    {
        let wallet = try await Wallet()
        let started = try await wallet.start()
        let asked = try await wallet.stage.authorize(wallet.actor)
        let id = try #require(asked.confirmation?.id)
        _ = try await wallet.gateway.offerFactor(
            id, FactorOffer(factor: .keyCard), by: .merchant(wallet.stage.shop), identity: nil)
        #expect(try await wallet.stage.load(asked.id).decline?.reason == .codeAppRequired)
        #expect(try await wallet.gateway.ledger.keyCard(of: wallet.actor.id)?.codesLeft == 148)
        #expect(try await wallet.gateway.ledger.alerts(of: wallet.actor.id).map(\.kind) == [.passwordChanged])
        let progress = try await wallet.gateway.completeSignIn(
            started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
        guard case .session = progress else {
            Issue.record("the code must still be good where it may be used")
            return
        }
    }

    @Test func `SCA-08: blocked app, password and certificate: three reasons inside, one outside`()
        async throws
    {
        var reasons: [DeclineReason] = []
        for change in 0..<3 {
            let wallet = try await Wallet()
            switch change {
            case 0: _ = try await wallet.gateway.block(BlockRequest(factor: .app), session: wallet.session())
            case 1:
                _ = try await wallet.gateway.block(BlockRequest(factor: .password), session: wallet.session())
            default: try await wallet.gateway.issuer.setCertificate(of: wallet.actor.id, isValid: false)
            }
            let asked = try await wallet.stage.authorize(wallet.actor)
            reasons.append(try #require(asked.decline?.reason))
        }
        #expect(reasons == [.appBlocked, .customerBlocked, .certificateBlocked])
        #expect(Set(reasons.map(\.publicReason)) == ["authentication_unavailable"])
        #expect(Set(reasons.map(\.message)).count == 1)
    }

    @Test func `SCA-08: blocking the app ends the question that is open`() async throws {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        let asked = try await wallet.stage.authorize(wallet.actor)
        let views = try await wallet.gateway.block(BlockRequest(factor: .app), session: session)
        #expect(views.filter { $0.factor == .app }.allSatisfy { $0.status == "revoked" })
        let after = try await wallet.stage.load(asked.id)
        #expect(after.status == .declined && after.decline?.reason == .appBlocked)
    }

    @Test func `SCA-08: blocking one of two apps leaves the question to the other`() async throws {
        let wallet = try await Wallet()
        let second = try await wallet.stage.enrolDevice(of: wallet.actor.id)
        let session = try await wallet.session()
        let asked = try await wallet.stage.authorize(wallet.actor)
        _ = try await wallet.gateway.block(
            BlockRequest(factor: .app, id: wallet.actor.app.id.text), session: session)
        #expect(try await wallet.stage.answer(asked, by: second, .approve).status == .approved)
    }

    @Test func `SCA-08: somebody else's authenticator is not found`() async throws {
        let wallet = try await Wallet()
        let stranger = try await wallet.stage.customer(card: "5555555555554444")
        let session = try await wallet.session()
        for request in [
            BlockRequest(factor: .app, id: stranger.app.id.text), BlockRequest(factor: .app, id: "dev_x"),
            BlockRequest(factor: .keyCard, id: "kcd_x"),
        ] {
            let refused = try await refusal { _ = try await wallet.gateway.block(request, session: session) }
            #expect(refused?.code == .notFound)
        }
        #expect(try await wallet.gateway.ledger.device(stranger.app.id)?.isActive == true)
    }

    @Test func `SCA-07: factors are shown with the codes left`() async throws {
        let wallet = try await Wallet()
        let views = try await wallet.gateway.factors(of: wallet.session())
        #expect(Set(views.map(\.factor)) == Set(Factor.allCases))
        #expect(views.first { $0.factor == .keyCard }?.codesLeft == 147)
        #expect(views.allSatisfy { $0.status == "active" })
    }

    @Test func `SCA-07: an ordered key card is printed under its order's id and replaces the old one`()
        async throws
    {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        let ordered = try await wallet.gateway.orderKeyCard(session: session)
        #expect(ordered.codesLeft == 147)
        #expect(try await wallet.gateway.orderKeyCard(session: session) == ordered, "one order at a time")
        let started = try await wallet.start()
        let printed = try await wallet.gateway.issuer.issueKeyCard(customer: wallet.actor.id)
        #expect(printed.id == ordered.id)
        #expect(Set(printed.codes.map(\.number)).count == 148)
        #expect(printed.codes.allSatisfy { $0.number.utf8.count == 4 && $0.code.utf8.count == 6 })
        let old = try await refusal {
            _ = try await wallet.gateway.completeSignIn(
                started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
        }
        #expect(old?.code == .signInFailed)
    }

    @Test func `SCA-32: password and the session's second element order an activation code`() async throws {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        let ordered = try await wallet.gateway.orderActivationCode(
            ActivationOrder(password: Redacted(rightPassword), factor: .keyCard), session: session)
        #expect(ordered.expiresAt == wallet.clock.now().adding(seconds: 86_400))
        let alerts = try await wallet.gateway.ledger.alerts(of: wallet.actor.id).map(\.kind)
        #expect(alerts.contains(.activationOrdered))
    }

    @Test(arguments: [Factor.app, .keyCard, .password])
    func `SCA-32: a block ends the activation code that was ordered before it`(factor: Factor) async throws {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        let ordered = try await wallet.gateway.orderActivationCode(session: session)
        _ = try await wallet.gateway.block(BlockRequest(factor: factor, id: nil), session: session)
        let key = try SigningKey()
        let code = ordered.activationCode.exposed()
        let refused = try await refusalCode {
            _ = try await wallet.gateway.enrolDevice(
                EnrolRequest(
                    userID: wallet.userID, activationCode: Redacted(code), name: "Tyvens telefon",
                    proof: EnrolmentProof.sign(
                        userID: wallet.userID, activationCode: code, name: "Tyvens telefon", key: key)))
        }
        #expect(refused == .enrolmentRefused)
        await wallet.stage.stop()
    }

    @Test func `SCA-32: a session alone orders a code only while its elements were just shown`() async throws
    {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        wallet.clock.advance(seconds: 299)
        #expect(
            try await refusalCode { _ = try await wallet.gateway.orderActivationCode(session: session) }
                == nil)
        wallet.clock.advance(seconds: 1)
        let late = try await refusalCode {
            _ = try await wallet.gateway.orderActivationCode(session: session)
        }
        #expect(late == .proofOfFactorFailed)
        await wallet.stage.stop()
    }

    @Test func `SCA-32: each single element is refused`() async throws {
        let wallet = try await Wallet()
        let started = try await wallet.start()
        let half = try await refusal {
            _ = try await wallet.gateway.authenticateSession(bearer: started.id.text)
        }
        #expect(half?.code == .sessionInvalid, "a password alone opens nothing")
        let session = try await wallet.session()
        func order(_ password: String, _ factor: Factor, _ code: String? = nil) async throws -> ErrorCode? {
            try await refusalCode {
                _ = try await wallet.gateway.orderActivationCode(
                    ActivationOrder(
                        password: Redacted(password), factor: factor, code: code.map { Redacted($0) }),
                    session: session)
            }
        }
        #expect(try await order("Forkert-42", .keyCard) == .proofOfFactorFailed)
        #expect(
            try await order(rightPassword, .app) == .proofOfFactorFailed, "the session was not opened with it"
        )
        #expect(try await order(rightPassword, .codeToken, "wrong") == .proofOfFactorFailed)
        #expect(try await order(rightPassword, .password) == .factorNotAvailable)
        #expect(try await order(rightPassword, .keyCard, "123456") == .proofOfFactorFailed)
        #expect(try await order(rightPassword, .codeToken, wallet.tokenCode.exposed()) == nil)
        #expect(
            try await order(rightPassword, .codeToken, wallet.tokenCode.exposed()) == .proofOfFactorFailed,
            "a step is used once")
    }

    @Test func `SCA-10: wrong passwords at ordering block neither the sign-in nor the app`() async throws {
        let wallet = try await Wallet()
        let session = try await wallet.session()
        func order(_ password: String) async throws -> ErrorCode? {
            try await refusalCode {
                _ = try await wallet.gateway.orderActivationCode(
                    ActivationOrder(password: Redacted(password), factor: .keyCard), session: session)
            }
        }
        for _ in 0..<5 { #expect(try await order("Forkert-42") == .proofOfFactorFailed) }
        #expect(try await order(rightPassword) == .proofOfFactorFailed, "the sixth though right")
        _ = try await wallet.session()
        #expect(try await wallet.stage.authorize(wallet.actor).status == .requiresConfirmation)
    }

    @Test func `SCA-23: test devices, which know no hold, are refused in live mode`() async throws {
        let wallet = try await Wallet()
        let folder = try TemporaryFolder()
        let live = try Gateway(
            GatewayParts(
                databasePath: folder.file("live.sqlite"),
                settings: Settings(
                    values: [.acquirerKind: "iso8583", .acquirerAddress: "bank.example:8583"], isLive: true,
                    publicURL: "https://godkend.example"),
                merchants: MerchantBook([]), clock: SteadyClock(wallet.clock),
                entropy: SeededEntropy(seed: 3),
                keys: KeyRing(master: Array(repeating: 3, count: 32)),
                receiptKeys: ReceiptKeys(current: try SigningKey()), logKey: LogKey(name: "godkend.example"),
                checkpoints: KeptCheckpoints(in: folder), acquirer: wallet.stage.acquirer,
                answers: { _ in PlainAnswers() }, logger: wallet.gateway.logger))
        let refused = try await refusal {
            _ = try await live.issuer.enrolFixtureDevice(
                customer: wallet.actor.id, key: SigningKey().publicKey)
        }
        #expect(refused?.code == .featureNotAvailable)
        await live.close()
    }
}
