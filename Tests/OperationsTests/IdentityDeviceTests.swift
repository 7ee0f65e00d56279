import Foundation
import Lifecycles
import Notation
import Operations
import Proofs
import Records
@testable import TestKit
import Testing
import Vocabulary

private let route = "/app/v1/confirmations"

extension Wallet {
    /// A device's request, with whatever is wrong about it.
    fileprivate func knock(
        nonce: String? = nil, jti: String = UUID().uuidString, method: String = "GET", path: String = route,
        device: DeviceID? = nil, key: SigningKey? = nil
    ) async throws -> ErrorCode? {
        let proof = try DeviceProof.sign(
            device: device ?? actor.app.id, method: method, target: "http://127.0.0.1:8080" + path, jti: jti,
            nonce: nonce ?? gateway.freshDeviceNonce(), key: key ?? actor.app.key)
        return try await refusalCode {
            _ = try await gateway.authenticateDevice(
                authorization: "Device " + proof, method: "GET", path: route)
        }
    }

    /// Enrols a new app with the user ID and a fresh activation code.
    fileprivate func enrol(key: SigningKey? = nil) async throws -> (CodeApp, EnrolledDevice) {
        let made = try await gateway.issuer.activationCode(customer: actor.id)
        let key = try key ?? SigningKey()
        let device = try await gateway.enrolDevice(
            EnrolRequest(
                userID: made.userID, activationCode: Redacted(made.code), name: "Ny telefon",
                proof: EnrolmentProof.sign(
                    userID: made.userID, activationCode: made.code, name: "Ny telefon", key: key)))
        return (CodeApp(id: device.id, key: key), device)
    }
}

@Suite struct IdentityDeviceTests {
    @Test func `SCA-25: a proof needs a nonce of ours that is at most five minutes old`() async throws {
        let wallet = try await Wallet()
        let nonce = wallet.gateway.freshDeviceNonce()
        #expect(try await wallet.knock(nonce: "") == .useDeviceNonce)
        #expect(try await wallet.knock(nonce: "made-up") == .useDeviceNonce)
        wallet.clock.advance(seconds: 300)
        #expect(try await wallet.knock(nonce: nonce) == nil)
        wallet.clock.advance(milliseconds: 1)
        #expect(try await wallet.knock(nonce: nonce) == .useDeviceNonce)
    }

    @Test func `SCA-17: a proof is accepted once, for as long as its nonce lives`() async throws {
        let wallet = try await Wallet()
        let nonce = wallet.gateway.freshDeviceNonce()
        #expect(try await wallet.knock(nonce: nonce, jti: "one") == nil)
        for _ in 0..<4 {
            #expect(try await wallet.knock(nonce: nonce, jti: "one") == .deviceProofInvalid)
            wallet.clock.advance(seconds: 75)
            #expect(try await wallet.knock(jti: UUID().uuidString) == nil)
        }
        #expect(try await wallet.knock(nonce: nonce, jti: "one") == .deviceProofInvalid)
    }

    @Test func `SCA-02: another method, address, key or device is refused`() async throws {
        let wallet = try await Wallet()
        #expect(try await wallet.knock(method: "POST") == .deviceProofInvalid)
        #expect(try await wallet.knock(path: "/app/v1/devices") == .deviceProofInvalid)
        #expect(try await wallet.knock(key: SigningKey()) == .deviceProofInvalid)
        let unknown: DeviceID = Identifier(at: wallet.clock.now(), random: (1, 2))
        #expect(try await wallet.knock(device: unknown) == .deviceUnknown)
        for header in [nil, "", "Device ", "Bearer x", "Device a.b.c"] {
            let code = try await refusalCode {
                _ = try await wallet.gateway.authenticateDevice(
                    authorization: header, method: "GET", path: route)
            }
            #expect(code == .deviceProofInvalid)
        }
    }

    @Test func `SCA-24: a revoked device is turned away though its signature is right`() async throws {
        let wallet = try await Wallet()
        #expect(try await wallet.knock() == nil)
        let session = try await wallet.session()
        _ = try await wallet.gateway.block(
            BlockRequest(factor: .app, id: wallet.actor.app.id.text), session: session)
        #expect(try await wallet.knock() == .deviceBlocked)
    }

    @Test func `SCA-24: an answer of a revoked device is refused with a valid signature`() async throws {
        let wallet = try await Wallet()
        let second = try await wallet.stage.enrolDevice(of: wallet.actor.id)
        let asked = try await wallet.stage.authorize(wallet.actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await wallet.stage.signed(id, by: second, .approve)
        let session = try await wallet.session()
        _ = try await wallet.gateway.block(BlockRequest(factor: .app, id: second.id.text), session: session)
        let refused = try await refusal {
            _ = try await wallet.gateway.answer(id, compact: compact, from: second.id)
        }
        #expect(refused?.code == .deviceBlocked)
        #expect(try await wallet.stage.load(asked.id).status == .requiresConfirmation)
    }

    @Test func `SCA-23: within the hold a new app is refused, a millisecond later it confirms`() async throws
    {
        let wallet = try await Wallet()
        let (app, device) = try await wallet.enrol()
        #expect(device.mayConfirmFrom == wallet.clock.now().adding(seconds: 3_600))
        wallet.clock.set(device.mayConfirmFrom.adding(milliseconds: -1))
        let asked = try await wallet.stage.authorize(wallet.actor)
        let early = try await refusal { try await wallet.stage.answer(asked, by: app, .approve) }
        #expect(early?.code == .deviceOnHold)
        wallet.clock.advance(milliseconds: 1)
        #expect(try await wallet.stage.answer(asked, by: app, .approve).status == .approved)
    }

    @Test func `SCA-32: existing apps see the newcomer and turn it away during the hold`() async throws {
        let wallet = try await Wallet()
        let (app, device) = try await wallet.enrol()
        let shown = try await wallet.gateway.devices(seenBy: wallet.actor.app.id)
        #expect(shown.map(\.status) == ["active", "on_hold"])
        #expect(shown.last?.mayConfirmFrom == device.mayConfirmFrom)
        let itself = try await refusal {
            try await wallet.gateway.refuseDevice(wallet.actor.app.id, by: app.id)
        }
        #expect(itself?.code == .deviceOnHold, "a newcomer has no say")
        try await wallet.gateway.refuseDevice(app.id, by: wallet.actor.app.id)
        try await wallet.gateway.refuseDevice(app.id, by: wallet.actor.app.id)
        wallet.clock.set(device.mayConfirmFrom)
        #expect(try await wallet.knock(device: app.id, key: app.key) == .deviceBlocked)
        let asked = try await wallet.stage.authorize(wallet.actor)
        let refused = try await refusal { try await wallet.stage.answer(asked, by: app, .approve) }
        #expect(refused?.code == .deviceBlocked)
    }

    @Test func `SCA-34: the proof must be of the body, signed by the key in it`() async throws {
        let wallet = try await Wallet()
        let made = try await wallet.gateway.issuer.activationCode(customer: wallet.actor.id)
        let key = try SigningKey()
        func enrol(user: String? = nil, code: String? = nil, name: String = "Telefon") async throws
            -> ErrorCode?
        {
            let proof = try EnrolmentProof.sign(
                userID: made.userID, activationCode: made.code, name: "Telefon", key: key)
            return try await refusalCode {
                _ = try await wallet.gateway.enrolDevice(
                    EnrolRequest(
                        userID: user ?? made.userID, activationCode: Redacted(code ?? made.code), name: name,
                        proof: proof))
            }
        }
        #expect(try await enrol(user: "en-anden") == .deviceProofInvalid)
        #expect(try await enrol(code: "0000-0000-0000-0000") == .deviceProofInvalid)
        #expect(try await enrol(name: "Tyvens") == .deviceProofInvalid)
        #expect(try await enrol() == nil, "the code is unspent")
        #expect(try await enrol() == .enrolmentRefused)
    }

    @Test func `SCA-23: an activation code is read however it is typed`() async throws {
        let wallet = try await Wallet()
        let made = try await wallet.gateway.issuer.activationCode(customer: wallet.actor.id)
        #expect(made.code.utf8.count == 19)
        let typed = made.code.lowercased().replacingOccurrences(of: "-", with: " ")
        let key = try SigningKey()
        let device = try await wallet.gateway.enrolDevice(
            EnrolRequest(
                userID: made.userID.uppercased(), activationCode: Redacted(typed), name: "Telefon",
                proof: EnrolmentProof.sign(
                    userID: made.userID.uppercased(), activationCode: typed, name: "Telefon", key: key)))
        #expect(device.mayConfirmFrom > wallet.clock.now())
    }

    @Test func `SCA-31: when no more proofs can be remembered, none is let in`() async throws {
        let wallet = try await Wallet()
        let door = DeviceDoor(markLimit: 2)
        let now = wallet.clock.now()
        func enter(_ jti: String, at now: Instant) throws -> DeviceDoor.Entry {
            let key = wallet.actor.app.key
            let compact = try DeviceProof.sign(
                device: wallet.actor.app.id, method: "GET", target: "t", jti: jti, nonce: "n", key: key)
            let proof = try DeviceProof.Unverified(compact).verified(
                by: key.publicKey, method: "GET", target: "t")
            return door.enter(proof, at: now, lifetimeSeconds: 300)
        }
        #expect(try enter("1", at: now) == .first)
        #expect(try enter("2", at: now) == .first)
        #expect(try enter("3", at: now) == .full)
        #expect(try enter("1", at: now) == .again)
        #expect(try enter("3", at: now.adding(seconds: 301)) == .first)
        #expect(try enter("1", at: now.adding(seconds: 301)) == .again)
        #expect(try enter("1", at: now.adding(seconds: 602)) == .first)
    }
}
