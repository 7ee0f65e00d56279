import Vocabulary

/// Where somebody signs in: what the app says about it, and what a success opens.
package enum SignInDoor: Sendable, Hashable {
    case customer
    /// The operator's console and command line. Only the app counts, and only for operators.
    case operatorConsole

    /// In whose name the app is asked; part of what it signs, so an approval for one door opens no other.
    var merchant: String {
        switch self {
        case .customer: "godkend"
        case .operatorConsole: "godkend-operator"
        }
    }

    var payee: String {
        switch self {
        case .customer: "Godkend"
        case .operatorConsole: "Godkend, operatørkonsol"
        }
    }
}

extension ConfirmationRecord {
    /// What signing in here gives, in the words that the app shows and signs; empty for everything else.
    var signInEffect: [String] {
        guard kind == .signIn, merchant.text == SignInDoor.operatorConsole.merchant else { return [] }
        return ["Adgang til operatørkonsollen"]
    }
}
