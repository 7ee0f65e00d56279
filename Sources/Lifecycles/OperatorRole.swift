/// What an operator may do; each role may all that the ones before it may (OPS-ACCESS).
package enum OperatorRole: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Lists, charts and the log's status; no details of one customer or one authorization.
    case viewer
    /// Also single authorizations, exports, replays and the entries of the log.
    case auditor
    /// Also asks for changes and approves those of others.
    case `operator`
    /// Also adds and ends operators, and asks for erasures.
    case administrator

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A change that one operator asks for and another approves.
package enum ChangeKind: String, Sendable, Hashable, CaseIterable {
    case unblockCustomer = "customer.unblock"
    case unblockCertificate = "certificate.unblock"
    case eraseCustomer = "customer.erase"
    case addOperator = "operator.add"
    case endOperator = "operator.end"
    case changeRules = "rules.change"

    /// The least role that may ask for it, and that may approve it.
    package var role: OperatorRole {
        switch self {
        case .unblockCustomer, .unblockCertificate: .operator
        case .eraseCustomer, .addOperator, .endOperator, .changeRules: .administrator
        }
    }
}

/// What became of a change that was asked for. All but `pending` are final.
package enum ChangeStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case approved
    case rejected
    /// Nobody decided in time.
    case expired
}
