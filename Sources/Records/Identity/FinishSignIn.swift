package import Vocabulary
import Foundation
import Decisions
import GRDB
import Lifecycles

/// The second element, checked outside as far as that goes; what is used up is used up here.
package enum SecondElement: Sendable, Hashable {
    /// HMAC of the six digits for the number that was named.
    case keyCard(mac: [UInt8])
    /// The time step that the code belongs to; nil when it fits none.
    case codeToken(step: Int64?)
    case app

    var kind: AuthenticatorKind {
        switch self {
        case .keyCard: .keyCard
        case .codeToken: .codeToken
        case .app: .app
        }
    }
}

/// A session to be opened: its id, and the keyed digest of its token.
package struct NewSession: Sendable, Hashable {
    let id: SessionID
    let tokenDigest: [UInt8]

    package init(id: SessionID, tokenDigest: [UInt8]) {
        self.id = id
        self.tokenDigest = tokenDigest
    }
}

/// The second element of a sign-in. One try: a wrong code ends the sign-in, and the next one names another
/// number.
package struct FinishSignIn: Command {
    /// How far the sign-in came.
    package enum Outcome: Sendable, Hashable {
        case opened(expiresAt: Instant)
        /// The app is asked; `asked` names the confirmation, or is nil where only the look of one is given.
        case pending(asked: ConfirmationID?, expiresAt: Instant)
        /// Says nothing about which part was wrong (SCA-09).
        case refused
    }

    let id: SignInID
    let element: SecondElement
    let session: NewSession
    let terms: SignInTerms
    let door: SignInDoor

    package init(
        id: SignInID, element: SecondElement, session: NewSession, terms: SignInTerms,
        door: SignInDoor = .customer
    ) {
        self.door = door
        self.id = id
        self.element = element
        self.session = session
        self.terms = terms
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard let signIn = try transaction.openSignIn(id) else { return .refused }
        if element == .app {
            return try transaction.askApp(for: signIn, session: session, terms: terms, door: door)
        }

        guard let customer = signIn.customer, try transaction.maySignIn(customer, with: element.kind) else {
            try transaction.closeSignIn(id, as: "failed")
            try transaction.recordFailedSignIn(id, of: signIn.customer)
            return .refused
        }
        guard try isRight(of: customer, for: signIn, in: transaction) else {
            try transaction.noteFailure(
                of: customer, kind: element.kind, flow: .signIn, limit: terms.wrongAnswers)
            try transaction.closeSignIn(id, as: "failed")
            try transaction.recordFailedSignIn(id, of: customer)
            return .refused
        }
        let expiresAt = try transaction.open(session, of: customer, with: element.kind, for: signIn)
        if element.kind == .keyCard {
            try transaction.reorderKeyCard(of: customer, whenLeft: terms.keyCardReorderAt)
        }
        return .opened(expiresAt: expiresAt)
    }

    private func isRight(
        of customer: CustomerID, for signIn: SignInRecord, in transaction: Transaction
    ) throws -> Bool {
        switch element {
        case .keyCard(let mac): try signIn.question.map { try transaction.consumeCode(mac, for: $0) } ?? false
        case .codeToken(let step): try step.map { try transaction.consumeStep($0, of: customer) } ?? false
        case .app: false
        }
    }
}

extension Transaction {
    /// Whether nothing stands against this customer's sign-in with this element.
    func maySignIn(_ customer: CustomerID, with kind: AuthenticatorKind) throws -> Bool {
        guard try !customerFacts(customer).isBlocked else { return false }
        return try standing(of: customer, kind: .password, flow: .signIn).isActive
            && standing(of: customer, kind: kind, flow: .signIn).isActive
    }

    /// A full success: the session, and both elements' failures forgotten (SCA-11).
    func open(
        _ session: NewSession, of customer: CustomerID, with kind: AuthenticatorKind, for signIn: SignInRecord
    ) throws -> Instant {
        try closeSignIn(signIn.id, as: "succeeded")
        try noteSuccess(of: customer, kind: .password, flow: .signIn)
        try noteSuccess(of: customer, kind: kind, flow: .signIn)
        let expiresAt = now.adding(seconds: SignInTerms.sessionSeconds)
        try execute(
            """
            INSERT INTO sessions (id, customer, token_digest, factor, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [session.id, customer, Data(session.tokenDigest), kind.rawValue, expiresAt, now])
        return expiresAt
    }

    func endSessions(of customer: CustomerID) throws {
        try execute(
            "UPDATE sessions SET ended_at = ? WHERE customer = ? AND ended_at IS NULL", [now, customer])
    }

    /// A password has a part in every session, another factor in those that it opened.
    func endSessions(of customer: CustomerID, openedWith kind: AuthenticatorKind) throws {
        guard kind != .password else { return try endSessions(of: customer) }
        try execute(
            "UPDATE sessions SET ended_at = ? WHERE customer = ? AND factor = ? AND ended_at IS NULL",
            [now, customer, kind.rawValue])
    }

    /// How long after a sign-in its elements count as just shown.
    static let freshSessionSeconds = 300

    func sessionIsGood(
        _ id: SessionID, of customer: CustomerID, openedWith kind: AuthenticatorKind?
    ) throws -> Bool {
        guard try !customerFacts(customer).isBlocked else { return false }
        let isOver = time.isOver("expires_at", of: "created_at")
        let row = try row(
            """
            SELECT factor, created_at FROM sessions
            WHERE id = ? AND customer = ? AND ended_at IS NULL AND NOT \(isOver.sql)
            """, [id, customer] + isOver.arguments)
        guard let factor = (row?["factor"] as String?).flatMap({ AuthenticatorKind(rawValue: $0) }) else {
            return false
        }
        // What was stolen may have opened this session before its owner blocked it. Wrong guesses are
        // somebody else's doing and take nothing from the owner.
        if let blocker = try blocker(of: customer, kind: factor), blocker != .failures { return false }
        if let kind { return kind == factor }
        // On the session's own strength: only while what it was opened with has just been shown.
        guard let row else { return false }
        let opened: Instant = row["created_at"]
        return time.now(for: opened) < opened.adding(seconds: Self.freshSessionSeconds)
    }
}
