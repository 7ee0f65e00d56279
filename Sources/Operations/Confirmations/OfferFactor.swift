import Lifecycles
import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// Somebody offers a key card, a code token or a password. A card payment is declined with
    /// `code_app_required`, whatever the code: it goes no further than this (SCA-06). A look-up's question
    /// may be answered by a code.
    package func offerFactor(
        _ id: ConfirmationID, _ offer: FactorOffer, by caller: PageCaller, identity: RequestIdentity?
    ) async throws(Refusal) -> Answered {
        let owner = try self.owner(caller, of: id)
        // The app is not offered: it answers by its own route.
        guard offer.factor != .app else { throw Refusal(.parameterInvalid, parameter: "factor") }
        return try await refusing {
            let key = owner.flatMap { identity?.requestKey(of: $0) }
            if let lookup = try await ledger.lookup(askedBy: id) {
                return try await answer(lookup, offer, by: owner, key: key)
            }
            return Answered(
                try await ledger.submit(
                    Records.OfferFactor(confirmation: id, owner: owner, factor: offer.factor, key: key)))
        }
    }

    /// What the confirmation page may show to whoever holds its token.
    package func confirmationPage(
        _ id: ConfirmationID, pageToken: String, wait: WaitRequest?
    ) async throws(Refusal) -> ConfirmationPageView {
        try check(pageToken, of: id)
        if wait == nil { try slowDown("page \(id.text)") }
        return try await refusing {
            try await waiting(for: id.text, wait, version: \.version) { try await self.view(of: id) }
        }
    }

    /// The shop's customer goes back.
    package func cancelFromPage(
        _ id: ConfirmationID, pageToken: String
    ) async throws(Refusal) -> ConfirmationPageView {
        try check(pageToken, of: id)
        return try await refusing {
            if try await ledger.lookup(askedBy: id) != nil {
                try await ledger.submit(CancelLookup(confirmation: id))
            } else {
                try await ledger.submit(CancelFromPage(confirmation: id))
            }
            return try await view(of: id)
        }
    }

    private func view(of id: ConfirmationID) async throws -> ConfirmationPageView {
        let time = clock.time()
        if let lookup = try await ledger.lookup(askedBy: id) { return page(of: lookup, at: time) }
        func read() async throws -> PageMaterial {
            guard let found = try await ledger.read({ db in try PageMaterial.read(id, in: db) }) else {
                throw Refusal(.notFound)
            }
            return found
        }
        var found = try await read()
        if found.confirmation.lifecycle.isOverdue(at: time.now(for: found.confirmation.issuedAt)) {
            try await ledger.submit(ExpireIfDue(id: found.authorization.id))
            found = try await read()
        }
        let status = found.confirmation.lifecycle.status
        return ConfirmationPageView(
            id: id, status: status, kind: .cardPayment, payee: found.confirmation.payee,
            money: found.authorization.money,
            matchCode: status == .pending ? presenter.matchCode(id) : nil,
            expiresAt: found.confirmation.lifecycle.expiresAt, version: found.confirmation.version,
            returnURL: found.authorization.returnURL)
    }

    private func owner(_ caller: PageCaller, of id: ConfirmationID) throws(Refusal) -> Owner? {
        switch caller {
        case .page(let token):
            try check(token, of: id)
            return nil
        case .merchant(let caller):
            try seller(caller)
            return caller.owner
        }
    }

    /// A wrong token and an unknown confirmation look alike.
    private func check(_ pageToken: String, of id: ConfirmationID) throws(Refusal) {
        guard constantTimeEquals(keys.pageToken(for: id).utf8, pageToken.utf8) else {
            throw Refusal(.pageTokenInvalid)
        }
    }
}
