import Lifecycles
import Notation

/// What the issuer can ask for: the closed list of the control socket.
enum IssuerCallName: String, CaseIterable, Sendable {
    case addCustomer = "customer.add"
    case showCustomer = "customer.show"
    case blockCustomer = "customer.block"
    case unblockCustomer = "customer.unblock"
    case enrolCard = "card.enrol"
    case blockCard = "card.block"
    case issueKeyCard = "keycard.issue"
    case activationCode = "app.activation"
    case addRelation = "relation.add"
    case approveRelation = "relation.approve"
    case revokeRelation = "relation.revoke"
    case listRelations = "relation.list"
    case fixtureCustomer = "fixtures.customer"
    case importPriceList = "prices.import"
    case listPrices = "prices.list"
    case eraseCustomer = "customer.erase"
    case addOperator = "operator.add"
    case listOperators = "operator.list"
    case endOperator = "operator.end"
    case signInOperator = "operator.sign_in"
    case goOnSigningIn = "operator.sign_in_status"
    case signOutOperator = "operator.sign_out"
    case listChanges = "change.list"
    case showChange = "change.show"
    case approveChange = "change.approve"
    case rejectChange = "change.reject"
    case listPayments = "audit.list"
    case explainPayment = "audit.explain"
    case beginExport = "audit.export"
    case goOnExporting = "audit.export_lines"
    case replayDecisions = "audit.replay"
    case showRules = "audit.rules"
    case requestRules = "rules.request"
}

/// One order of the issuer with its particulars, as it travels through the control socket.
struct IssuerCall: Sendable, Hashable {
    let name: IssuerCallName
    let particulars: JSONObject
    /// The token of the operator who asks, if one is signed in.
    var session: String?

    init(_ name: IssuerCallName, _ particulars: [(String, JSON)]) {
        var object = JSONObject()
        for (key, value) in particulars { object.set(key, value) }
        self.name = name
        self.particulars = object
    }

    /// Reads what came through the socket.
    init?(bytes: [UInt8]) {
        guard let object = (try? JSON.parse(bytes))?.object,
            let name = object["call"]?.text.flatMap(IssuerCallName.init(rawValue:)),
            let particulars = object["with"]?.object
        else { return nil }
        self.name = name
        self.particulars = particulars
        session = object["session"]?.text
    }

    var bytes: [UInt8] {
        var object = JSONObject()
        object.set("call", .text(name.rawValue))
        object.set("with", .object(particulars))
        if let session { object.set("session", .text(session)) }
        return JSON.object(object).written()
    }

    /// A text that the order must have.
    func text(_ key: String) throws -> String {
        guard let text = particulars[key]?.text else {
            throw CommandFailure("The order \(name.rawValue) lacks \(key).")
        }
        return text
    }

    /// A text that the order may have.
    func optionalText(_ key: String) -> String? { particulars[key]?.text }

    /// A whole number that the order must have.
    func integer(_ key: String) throws -> Int {
        guard let number = particulars[key]?.integer.flatMap({ Int(exactly: $0) }) else {
            throw CommandFailure("The order \(name.rawValue) lacks \(key).")
        }
        return number
    }
}

extension IssuerCallName {
    /// What a signed-in operator's role must be at least; nil where the order itself sees to it.
    var role: OperatorRole? {
        switch self {
        case .signInOperator, .goOnSigningIn, .signOutOperator, .addOperator, .listOperators, .endOperator,
            .listChanges, .showChange, .approveChange, .rejectChange, .unblockCustomer, .eraseCustomer,
            .listPayments, .explainPayment, .beginExport, .goOnExporting, .replayDecisions, .showRules,
            .requestRules:
            nil
        case .listPrices: .viewer
        case .showCustomer, .listRelations: .auditor
        case .addCustomer, .blockCustomer, .enrolCard, .blockCard, .issueKeyCard, .activationCode,
            .addRelation, .approveRelation, .revokeRelation, .fixtureCustomer, .importPriceList:
            .operator
        }
    }
}

extension IssuerCallName {
    /// How long an answer may take: a replay reads every decision there is.
    var timeoutSeconds: Int64 { self == .replayDecisions ? 4 * 3_600 : 60 }
}

/// Whoever carries out the issuer's orders: this process, or the server behind the socket.
protocol IssuerPort: Sendable {
    func perform(_ call: IssuerCall) async throws -> JSON
}
