import Foundation
import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

private let password = Array("$scrypt$stored".utf8)

private func mac(_ number: String) -> [UInt8] { Array(("code of " + number).utf8) }

extension IdentityStage {
    fileprivate func equip(codes: Int = 148) async throws {
        _ = try await ledger.submit(
            SetPassword(customer: customer, password: String(decoding: password, as: UTF8.self)))
        let entries = (0..<codes).map { number in
            let text = String(String(10_000 + number).dropFirst())
            return KeyCardEntry(number: text, mac: mac(text))
        }
        let id: KeyCardID = try await run { $0.makeID() }
        let issued = try await ledger.submit(IssueKeyCard(id: id, customer: customer, entries: entries))
        try #require(issued == .issued)
    }

    fileprivate func start(_ isRight: Bool = true) async throws -> StartSignIn.Outcome {
        try await ledger.submit(
            StartSignIn(
                check: PasswordCheck(customer: customer, stored: password, isRight: isRight),
                decoyNumber: "9999", terms: testTerms))
    }

    fileprivate func finish(_ id: SignInID, _ element: SecondElement) async throws -> FinishSignIn.Outcome {
        let session: SessionID = try await run { $0.makeID() }
        return try await ledger.submit(
            FinishSignIn(
                id: id, element: element,
                session: NewSession(id: session, tokenDigest: Array(session.text.utf8)), terms: testTerms))
    }

    fileprivate var codesLeft: Int? {
        get async throws { try await ledger.keyCard(of: customer)?.codesLeft }
    }
}

extension FinishSignIn.Outcome {
    fileprivate var isOpened: Bool {
        if case .opened = self { true } else { false }
    }
}

@Suite struct IdentitySignInTests {
    @Test func `SCA-07: the right code opens a session once and is used up`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        let started = try await test.start()
        let expiresAt = test.clock.now().adding(seconds: 1_800)
        let element = SecondElement.keyCard(mac: mac(started.keyNumber))
        #expect(try await test.finish(started.id, element) == .opened(expiresAt: expiresAt))
        #expect(try await test.finish(started.id, element) == .refused)
        #expect(try await test.codesLeft == 147)
    }

    @Test func `SCA-07: of many who use one code at once, one succeeds`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        let started = try await test.start()
        let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))).isOpened
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(opened == 1)
        #expect(try await test.codesLeft == 147)
    }

    @Test func `SCA-07: a wrong code ends the sign-in and consumes nothing`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        let started = try await test.start()
        #expect(try await test.finish(started.id, .keyCard(mac: mac("other"))) == .refused)
        #expect(try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))) == .refused)
        #expect(try await test.codesLeft == 148)
    }

    @Test(arguments: [(22, false), (21, true)])
    func `SCA-07: with twenty codes left a new card is ordered, once`(codes: Int, isOrdered: Bool)
        async throws
    {
        let test = try await IdentityStage()
        try await test.equip(codes: codes)
        for _ in 0..<(isOrdered ? 2 : 1) {
            let started = try await test.start()
            #expect(try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))).isOpened)
        }
        #expect(try await test.alerts.filter { $0 == .keyCardOrdered }.count == (isOrdered ? 1 : 0))
        let order = try await test.ledger.openKeyCardOrder(of: test.customer)
        #expect((order != nil) == isOrdered)
    }

    @Test func `SCA-07: a challenge shown and never answered counts as a failure`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        for _ in 0..<5 { _ = try await test.start() }
        #expect(try await test.standing(.keyCard) == .active, "the fifth is still open")
        let sixth = try await test.start()
        #expect(try await !test.standing(.keyCard).isActive)
        #expect(try await test.finish(sixth.id, .keyCard(mac: mac(sixth.keyNumber))) == .refused)
    }

    @Test func `SCA-07: the sweep counts an unanswered challenge too`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        _ = try await test.fail(4, .keyCard)
        _ = try await test.start()
        test.clock.advance(milliseconds: 299_999)
        #expect(try await test.ledger.submit(SweepIdentity(terms: testTerms)) == 0)
        test.clock.advance(milliseconds: 1)
        #expect(try await test.ledger.submit(SweepIdentity(terms: testTerms)) == 1)
        #expect(try await !test.standing(.keyCard).isActive)
    }

    @Test func `SCA-10: the sixth sign-in is refused though the password is right`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        for _ in 0..<5 { _ = try await test.start(false) }
        let sixth = try await test.start()
        #expect(try await test.finish(sixth.id, .keyCard(mac: mac(sixth.keyNumber))) == .refused)
        test.clock.advance(seconds: 900)
        let later = try await test.start()
        #expect(try await test.finish(later.id, .keyCard(mac: mac(later.keyNumber))).isOpened)
    }

    @Test func `SCA-10: a wrong password counts for the password alone`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        for _ in 0..<5 {
            let started = try await test.start(false)
            _ = try await test.finish(started.id, .keyCard(mac: mac("guess")))
        }
        #expect(try await !test.standing(.password).isActive)
        #expect(try await test.standing(.keyCard).isActive)
        #expect(try await test.standing(.app, .confirmation).isActive)
    }

    @Test func `SCA-11: only a full sign-in resets the password's count`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        for _ in 0..<4 { _ = try await test.start(false) }
        let half = try await test.start()
        _ = try await test.finish(half.id, .keyCard(mac: mac("wrong")))
        _ = try await test.start(false)
        #expect(try await !test.standing(.password).isActive, "half a success forgets nothing")
        test.clock.advance(seconds: 900)
        for _ in 0..<4 { _ = try await test.start(false) }
        let full = try await test.start()
        #expect(try await test.finish(full.id, .keyCard(mac: mac(full.keyNumber))).isOpened)
        for _ in 0..<4 { _ = try await test.start(false) }
        #expect(try await test.standing(.password).isActive)
    }

    @Test func `SCA-09: a password changed meanwhile makes the check worthless`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        _ = try await test.ledger.submit(SetPassword(customer: test.customer, password: "$scrypt$other"))
        let started = try await test.start()
        #expect(try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))) == .refused)
    }

    @Test func `SCA-07: a step of a code token is accepted once, and never an earlier one`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        _ = try await test.ledger.submit(IssueCodeToken(customer: test.customer, secretSealed: [1]))
        for (step, isGood) in [(Int64(10), true), (10, false), (9, false), (11, true)] {
            let started = try await test.start()
            #expect(try await test.finish(started.id, .codeToken(step: step)).isOpened == isGood)
        }
    }

    @Test(arguments: [(299_999, true), (300_000, false)])
    func `SCA-16: a sign-in is over after five minutes whether or not it was swept`(
        milliseconds: Int64, isGood: Bool
    ) async throws {
        let test = try await IdentityStage()
        try await test.equip()
        let started = try await test.start()
        test.clock.advance(milliseconds: milliseconds)
        #expect(
            try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))).isOpened == isGood)
    }

    @Test func `LOG-LEAF: a failed sign-in has a leaf, a good one none`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        let good = try await test.start()
        _ = try await test.finish(good.id, .keyCard(mac: mac(good.keyNumber)))
        let bad = try await test.start(false)
        let subjects = try await test.run { transaction in
            try String.fetchAll(
                transaction.db, sql: "SELECT subject FROM leaves WHERE kind = 'failed_sign_in'")
        }
        #expect(subjects == [bad.id.text])
    }

    @Test func `SCA-28: ended sign-ins are forgotten after an hour, sessions after a day`() async throws {
        let test = try await IdentityStage()
        try await test.equip()
        func count(_ table: String) async throws -> Int? {
            try await test.run { try Int.fetchOne($0.db, sql: "SELECT count(*) FROM \(table)") }
        }
        let started = try await test.start()
        #expect(try await test.finish(started.id, .keyCard(mac: mac(started.keyNumber))).isOpened)
        for (seconds, signIns, sessions) in [(3_600, 1, 1), (1, 0, 1), (82_799, 0, 1), (1, 0, 0)] {
            test.clock.advance(seconds: seconds)
            _ = try await test.ledger.submit(SweepIdentity(terms: testTerms))
            #expect(try await count("sign_ins") == signIns)
            #expect(try await count("sessions") == sessions)
        }
    }
}
