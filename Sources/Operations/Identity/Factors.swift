import Vocabulary
import Lifecycles
import Records

extension Gateway {
    /// The customer's authenticators as they stand.
    package func factors(of session: CustomerSession) async throws(Refusal) -> [FactorView] {
        try await refusing { try await factorViews(of: session.customer) }
    }

    /// Blocks password, key card, token, all apps or one app, at once. What is blocked already stays so.
    package func block(
        _ request: BlockRequest, session: CustomerSession
    ) async throws(Refusal) -> [FactorView] {
        try await refusing {
            let device = try await device(namedBy: request, of: session.customer)
            let isDone = try await ledger.submit(
                BlockFactor(
                    customer: session.customer, kind: AuthenticatorKind(request.factor), device: device,
                    by: .customer))
            guard isDone else { throw Refusal(.notFound) }
            if request.factor == .app {
                deviceDoor.forget(try await ledger.devices(of: session.customer).map(\.id))
            }
            return try await factorViews(of: session.customer)
        }
    }

    /// The one app that is meant, or nil for all of the kind.
    private func device(namedBy request: BlockRequest, of customer: CustomerID) async throws -> DeviceID? {
        guard let id = request.id else { return nil }
        if request.factor == .app {
            guard let device = DeviceID(id) else { throw Refusal(.notFound) }
            return device
        }
        let views = try await factorViews(of: customer)
        guard views.contains(where: { $0.factor == request.factor && $0.id == id }) else {
            throw Refusal(.notFound)
        }
        return nil
    }

    func factorViews(of customer: CustomerID) async throws -> [FactorView] {
        let stored = try await ledger.factors(of: customer)
        var views: [FactorView] = []
        for factor in stored where factor.kind == .password || factor.kind == .codeToken {
            views.append(
                FactorView(
                    factor: factor.kind.factor, id: factor.kind.rawValue, name: nil,
                    status: factor.blockedBy == nil ? "active" : "blocked", since: factor.since,
                    codesLeft: nil, mayConfirmFrom: nil))
        }
        if let card = try await ledger.keyCard(of: customer) {
            views.append(
                FactorView(
                    factor: .keyCard, id: card.id.text, name: nil, status: card.status,
                    since: card.createdAt, codesLeft: card.codesLeft, mayConfirmFrom: nil))
        }
        let time = clock.time()
        for device in try await ledger.devices(of: customer) where !device.isTestRobot {
            views.append(
                FactorView(
                    factor: .app, id: device.id.text, name: device.name, status: device.shownStatus(at: time),
                    since: device.createdAt, codesLeft: nil, mayConfirmFrom: device.mayConfirmFrom))
        }
        return views
    }
}
