package import Lifecycles
import Records
package import Vocabulary

extension Gateway {
    /// One authorization of the caller. With `wait` it answers as soon as the object differs from the known
    /// version; without, more than one look a second is told to slow down (CONTRACT section 3).
    package func authorization(
        _ id: AuthorizationID, caller: Caller, wait: WaitRequest?
    ) async throws(Refusal) -> Authorization {
        try seller(caller)
        if wait == nil { try slowDown("\(caller.key.text) \(id.text)") }
        return try await refusing {
            try await waiting(for: id.text, wait, version: \.version) {
                try await self.current(id, of: caller.owner)
            }
        }
    }

    /// One page of the caller's authorizations, newest first.
    package func authorizations(
        _ query: AuthorizationQuery, caller: Caller
    ) async throws(Refusal) -> Page<Authorization> {
        try seller(caller)
        return try await refusing {
            let time = clock.time()
            let owner = caller.owner
            for id in try await ledger.read({ db in try Due.authorizations(of: owner, at: time, in: db) }) {
                try await ledger.submit(ExpireIfDue(id: id))
            }
            guard let filter = query.filter else { return Page(items: [], hasMore: false) }
            let page = KeysetPage(query.page)
            let found = try await ledger.read { db in
                try AuthorizationList.page(of: owner, filter, page, in: db)
            }
            return Page(items: found.items, hasMore: found.hasMore)
        }
    }

    /// One page of an authorization's refunds, newest first.
    package func refunds(
        of id: AuthorizationID, page: PageRequest, caller: Caller
    ) async throws(Refusal) -> Page<Refund> {
        try seller(caller)
        return try await refusing {
            let (owner, keyset) = (caller.owner, KeysetPage(page))
            let found = try await ledger.read { db -> ListPage<Refund>? in
                guard try AuthorizationReading.find(id, of: owner, in: db) != nil else { return nil }
                return try AuthorizationList.refunds(of: id, keyset, in: db)
            }
            guard let found else { throw Refusal(.notFound) }
            return Page(items: found.items, hasMore: found.hasMore)
        }
    }

    /// The authorization as it stands now; an expiry that is due is written down first.
    func current(_ id: AuthorizationID, of owner: Owner) async throws -> Authorization {
        func read() async throws -> Authorization {
            let found = try await ledger.read { db in try AuthorizationReading.find(id, of: owner, in: db) }
            guard let found else { throw Refusal(.notFound) }
            return found
        }
        let found = try await read()
        guard found.isDue(at: clock.time()) else { return found }
        try await ledger.submit(ExpireIfDue(id: id))
        return try await read()
    }

    /// Reads, and with a known version reads again after each change until it differs or the time is over.
    func waiting<Value>(
        for id: String, _ wait: WaitRequest?, version: KeyPath<Value, Int>, read: () async throws -> Value
    ) async throws -> Value {
        guard let wait, let known = wait.knownVersion else { return try await read() }
        let deadline = ContinuousClock.now.advanced(by: .seconds(wait.seconds))
        while true {
            let changes = ledger.changes.changes(of: id)
            let found = try await read()
            let left = ContinuousClock.now.duration(to: deadline)
            guard found[keyPath: version] == known, left > .zero,
                await ChangeHub.next(of: changes, within: min(left, .seconds(1))) || left > .seconds(1)
            else { return found }
        }
    }

    func slowDown(_ visitor: String) throws(Refusal) {
        if let seconds = pollGate.secondsToWait(visitor, at: clock.even()) {
            throw Refusal(.slowDown, retryAfterSeconds: seconds)
        }
    }
}

extension Authorization {
    /// Its time is over, and nobody may have written it down yet.
    func isDue(at time: ServerTime) -> Bool {
        switch lifecycle.state {
        // The question is as old as the authorization.
        case .requiresConfirmation: confirmation.map { time.now(for: createdAt) >= $0.expiresAt } ?? false
        case .approved(let approval):
            time.now(for: approval.at, isCautious: true) >= approval.captureBefore
                && lifecycle.sums.capturing == 0
        case .processing, .captured, .declined, .canceled, .expired: false
        }
    }
}

extension KeysetPage {
    init(_ page: PageRequest) {
        self.init(limit: page.limit, startingAfter: page.startingAfter, endingBefore: page.endingBefore)
    }
}

extension AuthorizationQuery {
    /// The filter as the records take it; nil when nothing can match.
    fileprivate var filter: AuthorizationFilter? {
        var filter = AuthorizationFilter()
        filter.status = status
        if let reasons {
            guard !reasons.isEmpty else { return nil }
            filter.reasons = reasons
        }
        filter.order = order
        if created != Bounds() {
            let bounds = Bounds<Int64>(
                gte: created.gte?.milliseconds, gt: created.gt?.milliseconds, lte: created.lte?.milliseconds,
                lt: created.lt?.milliseconds)
            guard let range = bounds.closedRange else { return nil }
            filter.created =
                Instant(milliseconds: range.lowerBound)...Instant(milliseconds: range.upperBound)
        }
        if amount != Bounds() {
            guard let range = amount.closedRange else { return nil }
            filter.amount = range
        }
        return filter
    }
}

extension Bounds<Int64> {
    /// The whole numbers within; nil when there are none.
    fileprivate var closedRange: ClosedRange<Int64>? {
        let lower = [gte, gt.map { $0 == .max ? $0 : $0 + 1 }].compactMap { $0 }.max() ?? .min
        let upper = [lte, lt.map { $0 == .min ? $0 : $0 - 1 }].compactMap { $0 }.min() ?? .max
        if gt == .max || lt == .min { return nil }
        return lower <= upper ? lower...upper : nil
    }
}
