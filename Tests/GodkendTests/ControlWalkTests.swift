import Lifecycles
import Notation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import godkend

/// Every order of the control socket, for every role, by real orders. The table of who may give which is
/// written out here once more: a role that is lowered anywhere fails.
@Suite struct ControlWalkTests {
    /// Who may give an order at least.
    enum Needs: Sendable, Hashable {
        /// Whoever reaches the socket: the way in.
        case nobody
        case role(OperatorRole)
    }

    static let table: [IssuerCallName: Needs] = [
        .addCustomer: .role(.operator), .showCustomer: .role(.auditor), .blockCustomer: .role(.operator),
        .unblockCustomer: .role(.operator), .enrolCard: .role(.operator), .blockCard: .role(.operator),
        .issueKeyCard: .role(.operator), .activationCode: .role(.operator),
        .addRelation: .role(.operator), .approveRelation: .role(.operator),
        .revokeRelation: .role(.operator), .listRelations: .role(.auditor),
        .fixtureCustomer: .role(.operator), .importPriceList: .role(.operator),
        .listPrices: .role(.viewer), .eraseCustomer: .role(.administrator),
        .addOperator: .role(.administrator), .listOperators: .role(.auditor),
        .endOperator: .role(.administrator), .signInOperator: .nobody, .goOnSigningIn: .nobody,
        .signOutOperator: .nobody, .listChanges: .role(.auditor), .showChange: .role(.auditor),
        .approveChange: .role(.operator), .rejectChange: .role(.operator),
        .listPayments: .role(.viewer), .explainPayment: .role(.auditor), .beginExport: .role(.auditor),
        .goOnExporting: .role(.auditor), .replayDecisions: .role(.auditor), .showRules: .role(.viewer),
        .requestRules: .role(.administrator),
    ]

    @Test func `OPS-ACCESS: every order of the socket has its row`() {
        #expect(Set(Self.table.keys) == Set(IssuerCallName.allCases))
    }

    @Test func `OPS-ACCESS: each role gives the orders that the table gives it, and no other`() async throws {
        let world = try await ControlWorld()
        for role in OperatorRole.allCases {
            let session = try #require(world.sessions[role])
            for (name, needs) in Self.table.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                guard name != .signOutOperator else { continue }
                let message = try await world.refusal(name, by: session)
                guard case .role(let needed) = needs else { continue }
                let isRefused = message?.hasPrefix("This needs the role \(needed.rawValue)") == true
                #expect(isRefused == (role < needed), "\(name.rawValue) by \(role): \(message ?? "done")")
            }
        }
        await world.desk.parts.close()
    }

    @Test func `OPS-ACCESS: once there are operators, no order but the way in goes without a session`()
        async throws
    {
        let world = try await ControlWorld()
        for session in [nil, "", "gone"] as [String?] {
            for (name, needs) in Self.table {
                let message = try await world.refusal(name, by: session)
                let asksToSignIn = message?.contains("sign in first") == true
                let isOver = message?.contains("is over: sign in again") == true
                let isKeptOut = asksToSignIn || isOver
                #expect(isKeptOut == (needs != .nobody), "\(name.rawValue): \(message ?? "done")")
            }
        }
        await world.desk.parts.close()
    }

    @Test func `OPS-ACCESS: an order that is refused for its role changes nothing and leaves a leaf`()
        async throws
    {
        let world = try await ControlWorld()
        let gateway = world.desk.parts.gateway
        let session = try #require(world.sessions[.viewer])
        for (name, needs) in Self.table {
            guard case .role(let needed) = needs, needed > .viewer else { continue }
            await gateway.checkpointSigner.signNow()
            let before = try #require(gateway.log.latest).size
            _ = try await world.refusal(name, by: session)
            await gateway.checkpointSigner.signNow()
            #expect(try #require(gateway.log.latest).size == before + 1, "\(name.rawValue)")
        }
        await world.desk.parts.close()
    }

    /// Who needs no second person before there is an operator: what the server's own user may do alone.
    static let alone: Set<IssuerCallName> = [
        .addCustomer, .showCustomer, .blockCustomer, .enrolCard, .blockCard, .issueKeyCard,
        .activationCode, .addRelation, .approveRelation, .revokeRelation, .listRelations,
        .fixtureCustomer, .importPriceList, .listPrices, .addOperator, .listOperators, .signInOperator,
        .goOnSigningIn, .signOutOperator, .listChanges, .showChange, .listPayments, .explainPayment,
        .beginExport, .goOnExporting, .replayDecisions, .showRules,
    ]

    @Test func `OPS-ACCESS: before there is an operator, what needs two people is done by nobody`()
        async throws
    {
        let desk = try Desk()
        let customer = try await desk.customer()
        for name in IssuerCallName.allCases where name != .addOperator {
            let particulars = ControlWorld.particulars(of: name, customer: customer, change: nil)
            let message = try await desk.refusal(name, particulars)
            let needsTwo = message?.contains("another operator approves") == true
            #expect(needsTwo == !Self.alone.contains(name), "\(name.rawValue): \(message ?? "done")")
        }
        await desk.parts.close()
    }
}

/// A desk with an operator of each role, signed in.
private struct ControlWorld {
    let desk: Desk
    private(set) var sessions: [OperatorRole: String] = [:]
    private let customer: JSON
    private let change: JSON

    init() async throws {
        desk = try Desk()
        customer = try await desk.customer()
        _ = try await desk.ask(.blockCustomer, [("customer", customer)])
        let (anna, bo) = try await desk.administrators()
        sessions[.administrator] = anna
        for role in OperatorRole.allCases where role != .administrator {
            let user = "\(role.rawValue)-42"
            let asked = try await desk.ask(
                .addOperator, Desk.operatorCall(user, role.rawValue), by: anna)
            let made = try await desk.ask(
                .approveChange,
                [("request", asked["request"] ?? .null), ("digest", asked["digest"] ?? .null)], by: bo)
            sessions[role] = try await desk.signIn(
                user, activation: try #require(made["activation_code"]?.text))
        }
        // One that an operator may decide on and none of these asked for.
        let waiting = try await desk.ask(.unblockCustomer, [("customer", customer)], by: bo)
        change = try #require(waiting["request"])
    }

    func refusal(_ name: IssuerCallName, by session: String?) async throws -> String? {
        do {
            return try await desk.refusal(
                name, Self.particulars(of: name, customer: customer, change: change), by: session)
        } catch {
            return "\(error)"
        }
    }

    /// Particulars that reach the question of the role, and change little where it is answered with yes.
    static func particulars(
        of name: IssuerCallName, customer: JSON, change: JSON?
    ) -> [(String, JSON)] {
        let rules = #"{"amount-within-limit":{"parameters":{"caps":{"DKK":1}},"version":2}}"#
        switch name {
        case .addOperator: return Desk.operatorCall("ny-operatoer", "viewer")
        case .endOperator: return [("operator", .text(OperatorID(at: Self.moment, random: (1, 2)).text))]
        case .signInOperator: return [("user_id", "findes-ikke"), ("password", "Kontor-42")]
        case .goOnSigningIn: return [("sign_in", .text(SignInID(at: Self.moment, random: (1, 2)).text))]
        case .showChange, .approveChange, .rejectChange:
            let id = ChangeRequestID(at: Self.moment, random: (1, 2)).text
            return [("request", change ?? .text(id)), ("digest", "000000000000")]
        case .listPayments: return [("filter", "status:any"), ("limit", 1)]
        case .explainPayment: return [("id", .text(AuthorizationID(at: Self.moment, random: (1, 2)).text))]
        case .beginExport: return [("filter", "status:declined")]
        case .goOnExporting: return [("filter", "status:declined"), ("leaf", 0), ("start", 0)]
        case .replayDecisions: return [("filter", "status:any"), ("rules", .text(rules))]
        case .requestRules:
            return [("rule_set", (try? JSON.parse(rules.utf8)) ?? .null)]
        default: return [("customer", customer), ("holder", customer)]
        }
    }

    private static let moment = Instant(milliseconds: 1_795_348_800_000)
}
