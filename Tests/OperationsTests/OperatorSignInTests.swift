import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct OperatorSignInTests {
    @Test func `OPS-ACCESS: there is no default account, and the first operator is an administrator`()
        async throws
    {
        let office = try Office()
        #expect(try await office.gateway.ledger.operators().isEmpty)
        #expect(try await !office.gateway.hasOperators())
        for role in [OperatorRole.viewer, .auditor, .operator] {
            let code = try await refusalCode { _ = try await office.add("for-tidlig", role, by: .local) }
            #expect(code == .changeNotPossible)
        }
        guard
            case .added(let id, let activation) = try await office.add(
                "anna-admin", .administrator, by: .local)
        else {
            Issue.record("not added")
            return
        }
        #expect(activation.userID == "anna-admin")
        #expect(try await office.leaves(of: id.text) == ["operator_action operator_added local"])
        let again = try await refusalCode { _ = try await office.add("bo-admin", .administrator, by: .local) }
        #expect(again == .twoPeopleNeeded, "from then on the server's own user adds nobody")
    }

    @Test func `OPS-ACCESS: one administrator adds the second alone, and then everybody needs two`()
        async throws
    {
        let office = try Office()
        _ = try await office.add("anna-admin", .administrator, by: .local)
        let anna = try await office.colleague("anna-admin")
        let viewer = try await refusalCode { _ = try await office.add("kim-viewer", .viewer, by: anna.actor) }
        #expect(viewer == .changeNotPossible, "the second is an administrator too")
        guard case .added = try await office.add("bo-admin", .administrator, by: anna.actor) else {
            Issue.record("the second was not added")
            return
        }
        let bo = try await office.colleague("bo-admin")
        guard case .requested(let change) = try await office.add("kim-viewer", .viewer, by: anna.actor) else {
            Issue.record("the third was added by one person")
            return
        }
        #expect(try await office.gateway.ledger.operators().count == 2)
        let made = try await office.gateway.approveChange(change.id, digest: change.shortDigest, by: bo.actor)
        guard case .operatorAdded(let id, let activation) = made else {
            Issue.record("not added")
            return
        }
        #expect(activation.userID == "kim-viewer")
        #expect(
            try await office.leaves(of: id.text) == ["operator_action operator_added \(bo.id.text)"])
    }

    @Test func `OPS-ACCESS: password and app open a session of eight hours, and half an hour without use`()
        async throws
    {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let token = try await office.signIn(anna)
        let session = try await office.gateway.operatorSession(bearer: token)
        #expect(session.actor == anna.actor)
        #expect(session.expiresAt == office.clock.now().adding(seconds: 28_800))
        for _ in 0..<16 {
            office.clock.advance(seconds: 1_799)
            _ = try await office.gateway.operatorSession(bearer: token)
        }
        office.clock.advance(milliseconds: (28_800 - 16 * 1_799) * 1_000 - 1)
        _ = try await office.gateway.operatorSession(bearer: token)
        office.clock.advance(milliseconds: 1)
        let over = try await refusalCode { _ = try await office.gateway.operatorSession(bearer: token) }
        #expect(over == .sessionInvalid)
    }

    @Test func `OPS-ACCESS: an idle session ends after half an hour`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let token = try await office.signIn(anna)
        office.clock.advance(milliseconds: 1_799_999)
        _ = try await office.gateway.operatorSession(bearer: token)
        office.clock.advance(seconds: 1_800)
        let over = try await refusalCode { _ = try await office.gateway.operatorSession(bearer: token) }
        #expect(over == .sessionInvalid)
    }

    @Test(arguments: [0, 1, 2, 3, 4])
    func `OPS-ACCESS: a session ends with sign-out, the operator, a block of person, app or certificate`(
        how: Int
    ) async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let token = try await office.signIn(anna)
        let issuer = office.gateway.issuer
        switch how {
        case 0: try await office.gateway.endOperatorSession(bearer: token)
        case 1:
            let change = try await office.gateway.requestChange(.endOperator(anna.id), by: anna.actor)
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
        case 2: try await issuer.block(customer: anna.identity)
        case 3: try await issuer.block(.app, of: anna.identity)
        default: try await issuer.setCertificate(of: anna.identity, isValid: false)
        }
        let over = try await refusalCode { _ = try await office.gateway.operatorSession(bearer: token) }
        #expect(over == .sessionInvalid)
    }

    @Test func `OPS-ACCESS: a customer, a wrong password and nobody look alike, and each leaves a leaf`()
        async throws
    {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.stage.customer()
        try await office.gateway.issuer.setPassword(
            Password(Office.password, personNumber: nil), of: customer.id)
        let userID = try #require(try await office.gateway.ledger.customer(customer.id)).userID
        let tries = [
            (userID, Office.password), (anna.userID, "Forkert-42"), ("findes-ikke", Office.password),
        ]
        for (name, password) in tries {
            let id = try await office.gateway.startOperatorSignIn(
                userID: name, password: Redacted(password))
            let question = try await office.question(of: id)
            #expect(question.expiresAt >= office.clock.now().adding(seconds: 300))
            #expect(
                try await office.gateway.pendingConfirmations(for: customer.app.id).isEmpty,
                "nobody is asked")
            #expect(try await office.leaves(of: id.text) == ["failed_sign_in refused -"])
        }
    }

    @Test func `OPS-ACCESS: a denied sign-in is refused and leaves a leaf`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let id = try await office.gateway.startOperatorSignIn(
            userID: anna.userID, password: Redacted(Office.password))
        try await office.answer(try await office.question(of: id), by: anna.app, .deny)
        let code = try await refusalCode { _ = try await office.gateway.completeOperatorSignIn(id) }
        #expect(code == .signInFailed)
        #expect(try await office.leaves(of: id.text) == ["failed_sign_in refused -"])
    }

    @Test func `OPS-ACCESS: the app says and signs that it is the operator's console`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let id = try await office.gateway.startOperatorSignIn(
            userID: anna.userID, password: Redacted(Office.password))
        _ = try await office.question(of: id)
        let pending = try await office.gateway.pendingConfirmations(for: anna.app.id)
        let statement = try Statement(canonical: Array(try #require(pending.first).statement.utf8))
        #expect(statement.display.contains("Virkning: Adgang til operatørkonsollen"))
        #expect(statement.display.contains("Fra: godkend-operator"))
    }

    @Test(arguments: [true, false])
    func `OPS-ACCESS: an approval for one door opens no other`(customerFirst: Bool) async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let started = try await office.gateway.startSignIn(
            userID: anna.userID, password: Redacted(Office.password))
        let question: SignInQuestion
        if customerFirst {
            guard
                case .pending(let asked) = try await office.gateway.completeSignIn(
                    started.id, factor: .app, code: nil)
            else { throw StageError.notAsked }
            question = asked
        } else {
            question = try await office.question(of: started.id)
        }
        try await office.answer(question, by: anna.app)
        let code = try await refusalCode {
            if customerFirst {
                _ = try await office.gateway.completeOperatorSignIn(started.id)
            } else {
                _ = try await office.gateway.completeSignIn(started.id, factor: .app, code: nil)
            }
        }
        #expect(code == .signInFailed)
    }

    @Test func `OPS-ACCESS: nobody but two administrators hands out an operator's app`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        guard case .requested = try await office.add("kim-viewer", .viewer, by: anna.actor) else {
            throw StageError.badName("not requested")
        }
        let waiting = try await office.gateway.pendingChanges(by: anna.actor)
        let candidate = try #require(waiting.first.flatMap { CustomerID($0.subject) })
        for identity in [anna.identity, candidate] {
            let issuer = office.gateway.issuer(by: anna.actor)
            let codes = [
                try await refusalCode { _ = try await issuer.activationCode(customer: identity) },
                try await refusalCode { _ = try await issuer.issueKeyCard(customer: identity) },
                try await refusalCode { _ = try await issuer.issueCodeToken(customer: identity) },
                try await refusalCode { _ = try await issuer.issuePassword(to: identity) },
            ]
            #expect(codes == Array(repeating: .changeNotPossible, count: 4))
        }
    }
}
