import GRDB
import Decisions
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

private func mac(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

extension IdentityStage {
    fileprivate func order(_ code: UInt8) async throws -> Instant? {
        try await ledger.submit(OrderActivationCode(customer: customer, codeMAC: mac(code), origin: .issuer))
    }

    fileprivate func enrol(
        _ code: UInt8, key: UInt8 = 1, userID: String? = nil
    ) async throws -> EnrolDevice.Outcome {
        let record = try await ledger.customer(customer)
        let login = try UserID(userID ?? record?.userID ?? "")
        return try await ledger.submit(
            EnrolDevice(
                login: .userID(login), codeMAC: mac(code), name: PlainText("Ny telefon", maximum: 64),
                publicKey: Array(repeating: key, count: 64), thumbprint: "thumbprint-\(key)",
                holdSeconds: 3_600))
    }
}

@Suite struct IdentityActivationTests {
    @Test func `SCA-23: a new device waits out its hold and existing apps are told`() async throws {
        let test = try await IdentityStage()
        _ = try await test.order(1)
        guard case .enrolled(let id, let customer, let from) = try await test.enrol(1) else {
            Issue.record("not enrolled")
            return
        }
        #expect(customer == test.customer)
        #expect(from == test.clock.now().adding(seconds: 3_600))
        #expect(try await test.alerts == [.activationOrdered, .deviceEnrolled])
        let facts = try await test.run { try $0.customerFacts(customer) }
        #expect(facts.readyDevices == 1 && facts.devicesOnHold == 1)
        test.clock.set(from)
        let later = try await test.run { try $0.customerFacts(customer) }
        #expect(later.readyDevices == 2 && later.devicesOnHold == 0)
        #expect(try await test.ledger.device(id)?.name == "Ny telefon")
    }

    @Test func `SCA-23: an activation code is used once, and the newest alone is good`() async throws {
        let test = try await IdentityStage()
        _ = try await test.order(1)
        _ = try await test.order(2)
        #expect(try await test.enrol(1) == .refused)
        #expect(try await test.enrol(2, key: 2) != .refused)
        #expect(try await test.enrol(2, key: 3) == .refused)
    }

    @Test(arguments: [(86_399_999, true), (86_400_000, false)])
    func `SCA-23: an activation code is good for a day`(milliseconds: Int64, isGood: Bool) async throws {
        let test = try await IdentityStage()
        _ = try await test.order(1)
        test.clock.advance(milliseconds: milliseconds)
        #expect((try await test.enrol(1) != .refused) == isGood)
    }

    @Test(arguments: [(4, true), (5, false)])
    func `SCA-23: five wrong codes kill the right one, four do not`(wrong: Int, isGood: Bool) async throws {
        let test = try await IdentityStage()
        _ = try await test.order(1)
        for _ in 0..<wrong { #expect(try await test.enrol(9) == .refused) }
        #expect((try await test.enrol(1) != .refused) == isGood)
        #expect(try await test.alerts.contains(.activationKilled) == !isGood)
    }

    @Test func `SCA-09: unknown user, wrong code and no code are refused alike`() async throws {
        let test = try await IdentityStage()
        #expect(try await test.enrol(1) == .refused)
        _ = try await test.order(1)
        #expect(try await test.enrol(2) == .refused)
        #expect(try await test.enrol(1, userID: "findes-ikke") == .refused)
        #expect(try await test.enrol(1) != .refused)
    }

    @Test func `SCA-23: a key belongs to one device, and a taken one spends no code`() async throws {
        let test = try await IdentityStage()
        _ = try await test.order(1)
        #expect(try await test.enrol(1, key: 5) != .refused)
        _ = try await test.order(2)
        #expect(try await test.enrol(2, key: 5) == .refused)
        #expect(try await test.enrol(2, key: 6) != .refused)
    }

    @Test func `SCA-24: after the app was blocked a new one is good and the lost one stays out`() async throws
    {
        let test = try await IdentityStage()
        let customer = test.customer
        let lost = try await test.ledger.devices(of: customer).map(\.id)
        _ = try await test.ledger.submit(BlockFactor(customer: customer, kind: .app, by: .customer))
        _ = try await test.order(1)
        #expect(try await test.enrol(1) != .refused)
        let facts = try await test.run { try $0.customerFacts(customer) }
        #expect(!facts.isAppBlocked && facts.readyDevices == 0 && facts.devicesOnHold == 1)
        for id in lost { #expect(try await test.ledger.device(id)?.status == "revoked") }
    }

    @Test func `SCA-24: the schema itself keeps a revoked device from coming back`() async throws {
        let test = try await IdentityStage()
        let customer = test.customer
        _ = try await test.ledger.submit(BlockFactor(customer: customer, kind: .app, by: .customer))
        let refusal = await #expect(throws: DatabaseError.self) {
            try await test.run { transaction in
                try transaction.db.execute(sql: "UPDATE devices SET status = 'active'")
            }
        }
        #expect(refusal?.message == "a refused or revoked device never comes back")
    }

    @Test func `SCA-32: a refusal during the hold kills the device, after it it does not`() async throws {
        let test = try await IdentityStage()
        let old = try #require(try await test.ledger.devices(of: test.customer).first).id
        var fresh: [DeviceID] = []
        for key in UInt8(1)...2 {
            _ = try await test.order(key)
            guard case .enrolled(let id, _, _) = try await test.enrol(key, key: key) else { continue }
            fresh.append(id)
        }
        try #require(fresh.count == 2)
        #expect(try await test.ledger.submit(RefuseDevice(fresh[0], by: old)) == .refused)
        #expect(try await test.ledger.device(fresh[0])?.status == "refused")
        test.clock.advance(seconds: 3_600)
        #expect(try await test.ledger.submit(RefuseDevice(fresh[1], by: old)) == .rejected(.holdOver))
        #expect(try await test.ledger.device(fresh[1])?.isActive == true)
        #expect(try await test.alerts.contains(.deviceRefused))
    }

    @Test func `SCA-32: another customer's app refuses nothing`() async throws {
        let test = try await IdentityStage()
        let stranger = try await test.stage.customer(card: "5555555555554444").app.id
        _ = try await test.order(1)
        guard case .enrolled(let id, _, _) = try await test.enrol(1) else {
            Issue.record("not enrolled")
            return
        }
        #expect(try await test.ledger.submit(RefuseDevice(id, by: stranger)) == .unknown)
        #expect(try await test.ledger.device(id)?.isActive == true)
    }
}
