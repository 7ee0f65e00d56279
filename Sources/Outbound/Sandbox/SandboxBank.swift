import Lifecycles
import Operations
import Vocabulary

/// The one owner of the sandbox bank's ledger and its file. Every line is written before its answer is known.
actor SandboxBank {
    private var ledger: SandboxLedger
    private let file: SandboxBooksFile
    private let lateApprovalMilliseconds: Int64

    init(booksAt path: String, behaviour: SandboxBehaviour) throws(SandboxBooksError) {
        let file = try SandboxBooksFile(path: path)
        var ledger = SandboxLedger(refusedReversals: behaviour.refusedReversals)
        for entry in file.entries { ledger.book(entry) }
        self.file = file
        self.ledger = ledger
        lateApprovalMilliseconds = behaviour.lateApprovalMilliseconds
    }

    func authorize(_ call: AuthorizeCall, at now: Instant) throws -> SandboxEntry {
        try write(ledger.line(for: call, at: now))
    }

    func followUp(_ call: FollowUpCall, kind: AcquirerCallKind, at now: Instant) throws -> SandboxEntry {
        try write(ledger.line(for: call, kind: kind, at: now))
    }

    /// Nil when the bank does not say: it is silent about this card, or its approval is still on the way.
    func inquire(_ intent: IntentID, at now: Instant) -> InquiryAnswer? {
        guard let entry = ledger.final(of: intent) else { return .neverSeen }
        guard entry.kind == .authorize else { return .followUp(entry.followUpAnswer) }
        if entry.outcome == .booked, entry.card?.trigger == .silent { return nil }
        if entry.isApprovedLate, now < entry.at.adding(milliseconds: lateApprovalMilliseconds) { return nil }
        return .authorize(entry.authorizeAnswer)
    }

    private func write(_ line: SandboxLedger.Line) throws -> SandboxEntry {
        switch line {
        case .standing(let entry):
            return entry
        case .new(let entry):
            try file.append(entry)
            ledger.book(entry)
            return entry
        }
    }
}

extension SandboxEntry {
    var isApprovedLate: Bool {
        outcome == .booked && card?.trigger == .approvesLate
    }
}
