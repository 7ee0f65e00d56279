import GRDB
import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct OperatorChangeTests {
    @Test func `OPS-ACCESS: a block is lifted by two operators, and the log says who they were`() async throws
    {
        let office = try Office()
        let pair = try await office.administrators()
        let (dan, eva) = (
            try await office.hire("dan-operator", .operator, by: pair),
            try await office.hire("eva-operator", .operator, by: pair)
        )
        let customer = try await office.blockedCustomer()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: dan.actor)
        #expect(try await office.isBlocked(customer), "asking changes nothing")
        #expect(try await office.gateway.pendingChanges(by: eva.actor) == [change])
        let made = try await office.gateway.approveChange(
            change.id, digest: change.shortDigest, by: eva.actor)
        #expect(made == .customer(customer))
        #expect(try await !office.isBlocked(customer))
        #expect(
            try await office.leaves(of: change.id.text) == [
                "operator_action change_requested \(dan.id.text)",
                "operator_action change_approved \(eva.id.text)",
            ])
        #expect(
            try await office.leaves(of: customer.text).last
                == "operator_action customer_unblocked \(eva.id.text)")
        #expect(try await office.gateway.pendingChanges(by: eva.actor).isEmpty)
    }

    @Test func `OPS-ACCESS: nobody approves what they asked for, not in another session either`() async throws
    {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let first = try await office.gateway.operatorSession(bearer: try await office.signIn(anna))
        office.clock.advance(seconds: 5)
        let second = try await office.gateway.operatorSession(bearer: try await office.signIn(anna))
        #expect(first.session != second.session)
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: first.actor)
        let code = try await refusalCode {
            _ = try await office.gateway.approveChange(
                change.id, digest: change.digestText, by: second.actor)
        }
        #expect(code == .ownRequest)
        #expect(try await office.isBlocked(customer))
        #expect(
            try await office.leaves(of: change.id.text).last
                == "operator_action refused_own_request \(anna.id.text)")
    }

    @Test func `OPS-ACCESS: the server's own user has no part in what needs two people`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let asked = try await refusalCode {
            _ = try await office.gateway.requestChange(.unblockCustomer(customer), by: .local)
        }
        #expect(asked == .twoPeopleNeeded)
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        let approved = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: .local)
        }
        #expect(approved == .twoPeopleNeeded)
        #expect(try await office.isBlocked(customer))
    }

    @Test(arguments: [
        (OperatorRole.viewer, ErrorCode?.some(.roleMissing)), (.auditor, .roleMissing), (.operator, nil),
        (.administrator, nil),
    ])
    func `OPS-ACCESS: a role that is too low neither asks nor approves`(
        role: OperatorRole, expected: ErrorCode?
    ) async throws {
        let office = try Office()
        let pair = try await office.administrators()
        let kim = try await office.hire("kim-kollega", role, by: pair)
        let customer = try await office.blockedCustomer()
        let asked = try await refusalCode {
            _ = try await office.gateway.requestChange(.unblockCustomer(customer), by: kim.actor)
        }
        #expect(asked == expected)
        let other = try await office.blockedCustomer2()
        let change = try await office.gateway.requestChange(.unblockCustomer(other), by: pair.0.actor)
        let approved = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: kim.actor)
        }
        #expect(approved == expected)
        // What a session says of the role counts for nothing; what the records say does.
        if expected != nil {
            let lie = Operations.Actor.operator(kim.id, .administrator)
            let again = try await refusalCode {
                _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: lie)
            }
            #expect(again == .roleMissing)
        }
    }

    @Test(arguments: [true, false])
    func `OPS-ACCESS: an operator who has ended neither asks nor approves`(isRequester: Bool) async throws {
        let office = try Office()
        let pair = try await office.administrators()
        let kim = try await office.hire("kim-kollega", .operator, by: pair)
        let customer = try await office.blockedCustomer()
        let asker = isRequester ? kim : pair.0
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: asker.actor)
        let end = try await office.gateway.requestChange(.endOperator(kim.id), by: pair.0.actor)
        _ = try await office.gateway.approveChange(end.id, digest: end.digestText, by: pair.1.actor)
        let approver = isRequester ? pair.1 : kim
        let code = try await refusalCode {
            _ = try await office.gateway.approveChange(
                change.id, digest: change.digestText, by: approver.actor)
        }
        #expect(code == (isRequester ? .changeNotPossible : .sessionInvalid))
        #expect(try await office.isBlocked(customer))
    }

    @Test func `OPS-ACCESS: a request lives a day, and its last millisecond counts`() async throws {
        for (milliseconds, expected) in [(Int64(86_399_999), ErrorCode?.none), (86_400_000, .changeOver)] {
            let office = try Office()
            let (anna, bo) = try await office.administrators()
            let customer = try await office.blockedCustomer()
            let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
            office.clock.advance(milliseconds: milliseconds)
            let code = try await refusalCode {
                _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
            }
            #expect(code == expected)
            #expect(try await office.isBlocked(customer) == (expected != nil))
        }
    }

    @Test func `OPS-ACCESS: a request that ran out is swept with a leaf, and may be made anew`() async throws
    {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        office.clock.advance(seconds: ChangeRecord.seconds)
        _ = try await office.gateway.ledger.submit(Sweep(keepAnswersDays: 31))
        #expect(
            try await office.leaves(of: change.id.text).last == "operator_action change_expired -")
        let next = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        #expect(next.id != change.id)
        #expect(next.digest != change.digest, "an old digest approves no new request")
    }

    @Test(arguments: ["", "0", "11 digits", "another", "upper"])
    func `OPS-ACCESS: an approval names the digest of the exact change`(what: String) async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let other = try await office.blockedCustomer2()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        let another = try await office.gateway.requestChange(.unblockCustomer(other), by: anna.actor)
        let digest =
            switch what {
            case "11 digits": String(change.digestText.prefix(11))
            case "another": another.digestText
            case "upper": change.shortDigest.uppercased()
            default: what
            }
        let code = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: digest, by: bo.actor)
        }
        #expect(code == (what == "upper" ? nil : .changeDiffers))
    }

    @Test func `OPS-ACCESS: who approves the end of one block does not lift the next`() async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        try await office.gateway.issuer.unblock(customer: customer)
        office.clock.advance(seconds: 1)
        try await office.gateway.issuer.block(customer: customer)
        let code = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
        }
        #expect(code == .changeNotPossible)
        #expect(try await office.isBlocked(customer))
    }

    @Test func `OPS-ACCESS: two approvals at once make the change once`() async throws {
        let office = try Office()
        let pair = try await office.administrators()
        let kim = try await office.hire("kim-kollega", .operator, by: pair)
        let customer = try await office.blockedCustomer()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: pair.0.actor)
        let gateway = office.gateway
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for approver in [pair.1, kim, pair.1, kim] {
                group.addTask {
                    (try? await gateway.approveChange(
                        change.id, digest: change.digestText, by: approver.actor)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
        let leaves = try await office.leaves(of: customer.text)
        #expect(leaves.count { $0.contains("customer_unblocked") } == 1)
    }

    @Test func `OPS-ACCESS: the same change waits once, and a rejected one is over`() async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let customer = try await office.blockedCustomer()
        let change = try await office.gateway.requestChange(.unblockCustomer(customer), by: anna.actor)
        let twice = try await refusalCode {
            _ = try await office.gateway.requestChange(.unblockCustomer(customer), by: bo.actor)
        }
        #expect(twice == .changeNotPossible)
        let rejected = try await office.gateway.rejectChange(change.id, by: bo.actor)
        #expect(rejected.status == .rejected)
        let late = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
        }
        #expect(late == .changeOver)
    }

    @Test func `OPS-ACCESS: nobody is unblocked who is not blocked`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.stage.customer().id
        for change in [ProposedChange.unblockCustomer(customer), .unblockCertificate(customer)] {
            let code = try await refusalCode {
                _ = try await office.gateway.requestChange(change, by: anna.actor)
            }
            #expect(code == .changeNotPossible)
        }
    }

    @Test func `OPS-ACCESS: a certificate becomes valid by two operators`() async throws {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        let customer = try await office.stage.customer().id
        try await office.gateway.issuer.setCertificate(of: customer, isValid: false)
        let change = try await office.gateway.requestChange(.unblockCertificate(customer), by: anna.actor)
        _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
        #expect(try await office.gateway.ledger.customer(customer)?.certificate == "valid")
    }

    @Test func `OPS-ACCESS: the last administrator stays, and an operator ends for good`() async throws {
        let office = try Office()
        _ = try await office.add("anna-admin", .administrator, by: .local)
        let anna = try await office.colleague("anna-admin")
        let last = try await refusalCode {
            _ = try await office.gateway.requestChange(.endOperator(anna.id), by: anna.actor)
        }
        #expect(last == .changeNotPossible)
        _ = try await office.add("bo-admin", .administrator, by: anna.actor)
        let bo = try await office.colleague("bo-admin")
        let change = try await office.gateway.requestChange(.endOperator(bo.id), by: anna.actor)
        let alone = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: anna.actor)
        }
        #expect(alone == .ownRequest)
        _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: bo.actor)
        #expect(try await office.gateway.ledger.operators().map(\.isActive) == [true, false])
        let code = try await refusalCode {
            _ = try await office.gateway.requestChange(.endOperator(anna.id), by: bo.actor)
        }
        #expect(code == .sessionInvalid)
    }

    @Test func `OPS-ACCESS: an operator who was turned down can do nothing, and the user ID is free`()
        async throws
    {
        let office = try Office()
        let (anna, bo) = try await office.administrators()
        guard case .requested(let change) = try await office.add("kim-viewer", .viewer, by: anna.actor) else {
            throw StageError.badName("not requested")
        }
        _ = try await office.gateway.rejectChange(change.id, by: bo.actor)
        let identity = try #require(CustomerID(change.subject))
        #expect(try await office.isBlocked(identity))
        guard case .requested = try await office.add("kim-viewer", .viewer, by: anna.actor) else {
            Issue.record("the user ID is still taken")
            return
        }
    }

    @Test func `OPS-ACCESS: whoever looks at a customer is written down`() async throws {
        let office = try Office()
        let (anna, _) = try await office.administrators()
        let customer = try await office.gateway.issuer.addCustomer(
            NewCustomer(
                userID: UserID("kim-kunde"), name: DisplayName("Kim"),
                personNumber: PersonNumber("0101904000"), password: nil))
        _ = try await office.gateway.issuer(by: anna.actor).customer(customer)
        #expect(try await office.leaves(of: customer.text).last == "operator_read shown \(anna.id.text)")
    }
}

extension Office {
    /// Another customer, with a card of their own, who is blocked.
    fileprivate func blockedCustomer2() async throws -> CustomerID {
        let customer = try await stage.customer(card: "5555555555554444").id
        try await gateway.issuer.block(customer: customer)
        return customer
    }
}
