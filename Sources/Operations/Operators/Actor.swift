package import Lifecycles
package import Vocabulary

/// Who audits or changes: an operator who signed in, or the server's own user while there is no operator.
package enum Actor: Sendable, Hashable {
    /// The user that runs the server, as the kernel names the peer of the control socket.
    case local
    case `operator`(OperatorID, OperatorRole)

    /// As it stands in a leaf: `local`, or the operator's id.
    package var text: String {
        switch self {
        case .local: "local"
        case .operator(let id, _): id.text
        }
    }

    /// Refuses whoever has a lesser role. The server's own user may read everything, as an auditor may, and
    /// has no part in a change that needs two people.
    package func require(_ role: OperatorRole) throws(Refusal) {
        switch self {
        case .local:
            guard role <= .auditor else { throw Refusal(.twoPeopleNeeded) }
        case .operator(_, let own):
            guard own >= role else {
                throw Refusal(
                    .roleMissing,
                    detail: "This needs the role \(role.rawValue); this operator has \(own.rawValue)."
                )
            }
        }
    }
}
