import Foundation
import Lifecycles
import Operations
import Proofs
import Records
@testable import TestKit
import Testing
import Vocabulary

/// Something that lives for so long, made at a wallet; `isAlive` uses it up.
private struct Life: Sendable, CustomTestStringConvertible {
    let name: String
    let seconds: Int
    /// Makes it, and gives how to find out whether it is good.
    let make: @Sendable (Wallet) async throws -> (@Sendable () async throws -> Bool)

    var testDescription: String { name }

    static let all = [
        Life(name: "question", seconds: 300) { wallet in
            let asked = try await wallet.stage.authorize(wallet.actor)
            let id = try #require(asked.confirmation?.id)
            let compact = try await wallet.stage.signed(id, by: wallet.actor.app, .approve)
            return {
                try await refusalCode {
                    _ = try await wallet.gateway.answer(id, compact: compact, from: wallet.actor.app.id)
                } == nil
            }
        },
        Life(name: "card token", seconds: 900) { wallet in
            let request = try await wallet.stage.request(wallet.actor)
            return {
                try await refusalCode {
                    _ = try await wallet.gateway.authorize(
                        request, caller: wallet.stage.shop, identity: wallet.stage.identity("authorize"))
                } == nil
            }
        },
        Life(name: "session", seconds: 1_800) { wallet in
            let started = try await wallet.start()
            let progress = try await wallet.gateway.completeSignIn(
                started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
            guard case .session(let session) = progress else { throw StageError.notAsked }
            return {
                try await refusalCode {
                    _ = try await wallet.gateway.authenticateSession(bearer: session.token.exposed())
                } == nil
            }
        },
        Life(name: "sign-in", seconds: 300) { wallet in
            let started = try await wallet.start()
            return {
                try await refusalCode {
                    _ = try await wallet.gateway.completeSignIn(
                        started.id, factor: .keyCard, code: wallet.code(for: started.keyNumber))
                } == nil
            }
        },
        Life(name: "activation code", seconds: 86_400) { wallet in
            let made = try await wallet.gateway.issuer.activationCode(customer: wallet.actor.id)
            return { try await wallet.enrols(made) }
        },
        Life(name: "device nonce", seconds: 300) { wallet in
            let nonce = wallet.gateway.freshDeviceNonce()
            // A nonce is good for its last moment too.
            return { try await wallet.knocks(nonce: nonce) }
        },
        Life(name: "rest of the app after wrong numbers", seconds: 900) { wallet in
            for _ in 0..<5 {
                let asked = try await wallet.stage.authorize(wallet.actor)
                let id = try #require(asked.confirmation?.id)
                try await wallet.stage.answer(
                    asked, by: wallet.actor.app, .approve,
                    code: wallet.gateway.presenter.matchCode(id).wrong)
            }
            return { try await wallet.stage.authorize(wallet.actor).reason == .tooManyAttempts }
        },
        Life(name: "block after a report", seconds: 86_400) { wallet in
            let asked = try await wallet.stage.authorize(wallet.actor)
            try await wallet.stage.answer(asked, by: wallet.actor.app, .report)
            return { try await wallet.stage.authorize(wallet.actor).reason == .customerBlocked }
        },
        Life(name: "hold of a new device", seconds: 3_600) { wallet in
            let made = try await wallet.gateway.issuer.activationCode(customer: wallet.actor.id)
            guard let app = try await wallet.enrolled(made) else { throw StageError.notAsked }
            return {
                let asked = try await wallet.stage.authorize(wallet.actor)
                return try await refusalCode { try await wallet.stage.answer(asked, by: app, .approve) }
                    == .deviceOnHold
            }
        },
        Life(name: "push budget", seconds: 600) { wallet in
            for _ in 0..<3 {
                let asked = try await wallet.stage.authorize(wallet.actor)
                _ = try await wallet.stage.cancel(asked.id)
            }
            return { try await wallet.stage.authorize(wallet.actor).reason != nil }
        },
    ]
}

/// What happens to the clock on the wall right after something was made.
private enum Mishap: CaseIterable, Sendable {
    case none, hourBack, hourBackForLong, twoDaysAheadForTwoSeconds, daysAheadForGood

    /// - Returns: the milliseconds that pass meanwhile.
    func strike(_ clock: ManualClock, _ gateway: Gateway) -> Int64 {
        func pass(_ seconds: Int) {
            for _ in 0..<seconds {
                clock.advance(seconds: 1)
                _ = gateway.clock.time()
            }
        }
        switch self {
        case .none: return 0
        case .hourBack:
            clock.leap(seconds: -3_600)
            pass(1)
            return 1_000
        case .hourBackForLong:
            clock.leap(seconds: -3_600)
            pass(120)
            return 120_000
        case .twoDaysAheadForTwoSeconds:
            clock.leap(seconds: 172_800)
            pass(2)
            clock.leap(seconds: -172_800)
            pass(1)
            return 3_000
        case .daysAheadForGood:
            clock.leap(seconds: 172_800)
            pass(120)
            return 120_000
        }
    }
}

extension Wallet {
    fileprivate func enrolled(_ made: IssuedActivation) async throws -> CodeApp? {
        let key = try SigningKey()
        let proof = try EnrolmentProof.sign(
            userID: made.userID, activationCode: made.code, name: "Ny telefon", key: key)
        do {
            let device = try await gateway.enrolDevice(
                EnrolRequest(
                    userID: made.userID, activationCode: Redacted(made.code), name: "Ny telefon",
                    proof: proof))
            return CodeApp(id: device.id, key: key)
        } catch {
            return nil
        }
    }

    fileprivate func enrols(_ made: IssuedActivation) async throws -> Bool { try await enrolled(made) != nil }

    fileprivate func knocks(nonce: String) async throws -> Bool {
        let route = "/app/v1/confirmations"
        let proof = try DeviceProof.sign(
            device: actor.app.id, method: "GET", target: "http://127.0.0.1:8080" + route,
            jti: UUID().uuidString, nonce: nonce, key: actor.app.key)
        return try await refusalCode {
            _ = try await gateway.authenticateDevice(
                authorization: "Device " + proof, method: "GET", path: route)
        } == nil
    }
}

/// Lifetimes go by elapsed time, whatever the wall shows (REL-15, SCA-16).
@Suite struct ClockLifetimeTests {
    @Test(arguments: Life.all, Mishap.allCases)
    fileprivate func `REL-15: everything lives as long as it was made for, to the millisecond`(
        life: Life, mishap: Mishap
    ) async throws {
        for isLast in [false, true] {
            let wallet = try await Wallet {
                $0.settings[.pushBudget] = life.name == "push budget" ? "3" : "1000"
            }
            let isAlive = try await life.make(wallet)
            let passed = mishap.strike(wallet.clock, wallet.gateway)
            // A nonce is good in its last millisecond too, everything else ends with it.
            let end = Int64(life.seconds) * 1_000 + (life.name == "device nonce" ? 1 : 0)
            wallet.clock.advance(milliseconds: end - passed - (isLast ? 0 : 1))
            _ = try await wallet.gateway.ledger.submit(Sweep(keepAnswersDays: 31))
            #expect(try await isAlive() == !isLast, "\(life.name), \(mishap)")
            await wallet.stage.stop()
        }
    }
}
