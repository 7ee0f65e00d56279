import Lifecycles
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@testable import Operations

/// Block and unblock again: a session from before the block stays dead, whatever it was opened with.
@Suite struct OldSessionTests {
    /// What is blocked and given back.
    enum Block: String, CaseIterable, Sendable {
        case customer, certificate, password, app, keyCard, codeToken
    }

    /// Whether an operator's session ends with the block. An operator has neither key card nor code token.
    static let operators: [Block: Bool] = [
        .customer: true, .certificate: true, .password: true, .app: true, .keyCard: false, .codeToken: false,
    ]

    @Test(arguments: Block.allCases)
    func `OPS-ACCESS: an operator's session from before a block stays dead after it`(block: Block)
        async throws
    {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let (old, others) = (try await office.signIn(anna), try await office.signIn(bo))
        let ends = Self.operators[block] == true
        try await Self.block(block, anna.identity, office.gateway)
        #expect(try await isOver(old, office) == ends)
        try await Self.unblock(block, anna.identity, office.stage)
        #expect(try await isOver(old, office) == ends)
        #expect(try await !isOver(others, office), "nobody else is signed out")
        if ends {
            let app = try await office.stage.enrolDevice(of: anna.identity)
            let again = Colleague(
                id: anna.id, identity: anna.identity, userID: anna.userID, role: anna.role, app: app)
            #expect(try await !isOver(try await office.signIn(again), office))
            #expect(try await isOver(old, office))
        }
        await office.stage.stop()
    }

    private func isOver(_ token: String, _ office: Office) async throws -> Bool {
        try await refusalCode { _ = try await office.gateway.operatorSession(bearer: token) }
            == .sessionInvalid
    }

    /// With what the session is opened, what is blocked, and whether the session is dead after both.
    static let sessions: [(Factor, Block, isDead: Bool)] = [Factor.keyCard, .codeToken].flatMap { factor in
        Block.allCases.map { block in
            // The password has a part in every session. The certificate is about what is signed, and a
            // session of these factors signs nothing.
            (
                factor, block,
                isDead: block == .customer || block == .password
                    || block == (factor == .keyCard ? .keyCard : .codeToken)
            )
        }
    }

    @Test(arguments: sessions)
    func `SCA-08, SCA-24: a customer's session from before a block opens nothing after it`(
        factor: Factor, block: Block, isDead: Bool
    ) async throws {
        let wallet = try await Wallet()
        let token = try await open(factor, wallet)
        try await Self.block(block, wallet.actor.id, wallet.gateway)
        try await Self.unblock(block, wallet.actor.id, wallet.stage)
        let code = try await refusalCode {
            let session = try await wallet.gateway.authenticateSession(bearer: token)
            _ = try await wallet.gateway.orderActivationCode(session: session)
        }
        #expect(code == (isDead ? .sessionInvalid : nil))
        await wallet.stage.stop()
    }

    private func open(_ factor: Factor, _ wallet: Wallet) async throws -> String {
        let started = try await wallet.start()
        let code = factor == .keyCard ? wallet.code(for: started.keyNumber) : wallet.tokenCode
        guard
            case .session(let session) = try await wallet.gateway.completeSignIn(
                started.id, factor: factor, code: code)
        else { throw StageError.notAsked }
        return session.token.exposed()
    }

    private static func block(_ block: Block, _ customer: CustomerID, _ gateway: Gateway) async throws {
        func factor(_ kind: Factor) async throws {
            _ = try await gateway.ledger.submit(
                BlockFactor(customer: customer, kind: AuthenticatorKind(kind), by: .customer))
        }
        switch block {
        case .customer: try await gateway.issuer.block(customer: customer)
        case .certificate: try await gateway.issuer.setCertificate(of: customer, isValid: false)
        case .password: try await factor(.password)
        case .app: try await factor(.app)
        case .keyCard: try await factor(.keyCard)
        case .codeToken: try await factor(.codeToken)
        }
    }

    private static func unblock(_ block: Block, _ customer: CustomerID, _ stage: Stage) async throws {
        let ledger = stage.gateway.ledger
        switch block {
        case .customer: try await stage.gateway.issuer.unblock(customer: customer)
        case .certificate: try await stage.gateway.issuer.setCertificate(of: customer, isValid: true)
        case .password:
            let hash = try await stage.gateway.issuer.hash(Office.password)
            _ = try await ledger.submit(SetPassword(customer: customer, password: hash))
        case .app:
            let id = try #require(try await ledger.customer(customer)).userID
            let key = try SigningKey(raw: Array(repeating: 77, count: 32)).publicKey
            let mac = [UInt8](repeating: 9, count: 32)
            _ = try await ledger.submit(
                OrderActivationCode(customer: customer, codeMAC: mac, origin: .issuer))
            _ = try await ledger.submit(
                EnrolDevice(
                    login: .userID(try UserID(id)), codeMAC: mac, name: PlainText("Ny", maximum: 64),
                    publicKey: key.raw64, thumbprint: key.thumbprint, holdSeconds: 0))
        case .keyCard:
            _ = try? await stage.gateway.issuer.issueKeyCard(customer: customer)
        case .codeToken:
            _ = try? await stage.gateway.issuer.issueCodeToken(customer: customer)
        }
    }
}
