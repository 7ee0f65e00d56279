import Lifecycles
import Records
import Vocabulary

extension Gateway {
    /// A code of the key card or of the code token for a look-up's question. Nobody's question takes the same
    /// work and is answered as one with a wrong code (SCA-09).
    func answer(
        _ lookup: LookupRow, _ offer: FactorOffer, by owner: Owner?, key: RequestKey?
    ) async throws -> Answered {
        guard owner.map({ $0 == lookup.owner }) ?? true else { throw Refusal(.notFound) }
        guard offer.factor != .password else {
            throw Refusal(
                .factorNotAvailable, parameter: "factor",
                detail: "Name key_card or code_token, or use the app.")
        }
        guard let code = offer.code?.exposed() else { throw Refusal(.parameterMissing, parameter: "code") }
        let element = try await element(offer.factor, code: code, for: lookup)
        return Answered(
            try await ledger.submit(
                Records.AnswerLookup(
                    confirmation: lookup.confirmation, owner: owner, element: element, terms: signInTerms,
                    key: key)))
    }

    private func element(
        _ factor: Factor, code: String, for lookup: LookupRow
    ) async throws -> SecondElement {
        guard factor == .codeToken else {
            let card = lookup.keyCard ?? newID()
            return .keyCard(mac: keyCardMAC(card: card, number: lookup.keyNumber, code: code))
        }
        let token = try await lookup.customer.asyncMap { try await ledger.codeToken(of: $0) } ?? nil
        return .codeToken(step: try tokenStep(code, of: lookup.customer, token))
    }

    /// What the page shows of a look-up's question: who asks, the number and the time.
    func page(of lookup: LookupRow, at time: ServerTime) -> ConfirmationPageView {
        let status = lookup.status(at: time)
        return ConfirmationPageView(
            id: lookup.confirmation, status: status, kind: .prescriptionLookup, payee: lookup.payee,
            money: nil, matchCode: status == .pending ? presenter.matchCode(lookup.confirmation) : nil,
            expiresAt: lookup.expiresAt, version: lookup.pageVersion(at: time))
    }
}
