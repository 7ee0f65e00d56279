package import Lifecycles
package import Records
package import Vocabulary
import Notation

/// An operator's session that is good now.
package struct OperatorSession: Sendable, Hashable {
    package let id: OperatorID
    package let actor: Actor
    package let name: String
    package let role: OperatorRole
    package let session: SessionID
    package let expiresAt: Instant
}

/// How far an operator's sign-in has come.
package enum OperatorSignIn: Sendable, Hashable {
    /// The app is asked; ask again until it has answered.
    case pending(SignInQuestion)
    /// The token, which is shown once, and when it ends at the latest.
    case session(SessionStarted)
}

/// Somebody who is to be an operator, as typed.
package struct OperatorCandidate: Sendable, Hashable {
    package let userID: UserID
    package let name: DisplayName
    package let role: OperatorRole
    package let password: Password

    package init(userID: UserID, name: DisplayName, role: OperatorRole, password: Password) {
        self.userID = userID
        self.name = name
        self.role = role
        self.password = password
    }
}

/// What came of adding an operator.
package enum OperatorAddition: Sendable, Hashable {
    /// With the activation code for the new operator's app, shown once.
    case added(OperatorID, IssuedActivation)
    /// Another administrator must approve it.
    case requested(ChangeRecord)
}

/// What an approval did.
package enum ChangeMade: Sendable, Hashable {
    case customer(CustomerID)
    /// `isGoneFromFile`: whether the write-ahead log could be emptied at once.
    case erased(CustomerID, isGoneFromFile: Bool)
    case operatorAdded(OperatorID, IssuedActivation)
    case operatorEnded(OperatorID)
    /// A server may start with these rules, by their hash in hexadecimal.
    case rulesApproved(String)
}

extension ChangeRecord {
    /// The digest that the second person names, whole, in hexadecimal.
    package var digestText: String { Hex.encode(digest) }

    /// What of it suffices on the command line.
    package var shortDigest: String { String(digestText.prefix(ApproveChange.leastDigits)) }
}

extension Refusal {
    init(_ obstacle: ChangeObstacle) {
        switch obstacle {
        case .operatorUnknown: self.init(ErrorCode.sessionInvalid)
        case .roleTooLow(let role):
            self.init(ErrorCode.roleMissing, detail: "This needs the role \(role.rawValue).")
        case .requestUnknown: self.init(ErrorCode.changeUnknown)
        case .over(let status): self.init(ErrorCode.changeOver, detail: "The request is \(status.rawValue).")
        case .ownRequest: self.init(ErrorCode.ownRequest)
        case .digestDiffers: self.init(ErrorCode.changeDiffers)
        case .subjectUnknown: self.init(ErrorCode.notFound)
        case .alreadyAsked(let id):
            self.init(
                ErrorCode.changeNotPossible, detail: "This waits already for a second person: \(id.text).")
        case .nothingToChange: self.init(ErrorCode.changeNotPossible, detail: "It is so already.")
        case .changedSince:
            self.init(
                ErrorCode.changeNotPossible,
                detail: "It is not any more as it was asked for: ask for it anew.")
        case .lastAdministrator:
            self.init(ErrorCode.changeNotPossible, detail: "The last administrator cannot be ended.")
        case .administratorsFirst:
            self.init(
                ErrorCode.changeNotPossible,
                detail: "The first two operators are administrators: add them before any other.")
        case .userIDTaken:
            self.init(ErrorCode.parameterInvalid, parameter: "user_id", detail: "This user ID is taken.")
        case .isOperator:
            self.init(
                ErrorCode.changeNotPossible, detail: "This is the identity of an operator, which is kept.")
        case .paymentOpen(let id):
            self.init(
                ErrorCode.changeNotPossible,
                detail: "The payment \(id.text) is not finished: erase when it has ended for good.")
        case .handoverOwed(let id):
            self.init(
                ErrorCode.changeNotPossible,
                detail: "Medicine of \(id.text) is still to be handed over: erase when that is done.")
        }
    }
}
