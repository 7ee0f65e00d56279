package import Records
import Vocabulary

extension Gateway {
    /// The views that an operator keeps; nobody else sees them.
    package func savedViews(by actor: Actor) async throws(Refusal) -> [SavedView] {
        guard let owner = actor.operatorID else { return [] }
        return try await refusing { try await ledger.savedViews(of: owner) }
    }

    /// Keeps a filter under a name of 1 to 60 characters. The filter must be one that can be read.
    package func saveView(_ name: String, filter: String, by actor: Actor) async throws(Refusal) {
        guard let owner = actor.operatorID else { throw Refusal(.twoPeopleNeeded) }
        guard let name = try? PlainText(name, maximum: 60) else {
            throw Refusal(.parameterInvalid, parameter: "name", detail: "Give 1 to 60 characters.")
        }
        guard case .success = try await auditFilter(filter) else {
            throw Refusal(.parameterInvalid, parameter: "q", detail: "The filter cannot be read.")
        }
        let isKept = try await refusing {
            try await ledger.submit(SaveView(name.text, filter: filter, of: owner))
        }
        guard isKept else {
            throw Refusal(
                .parameterInvalid, parameter: "name", detail: "There are \(SaveView.most) views already.")
        }
    }

    /// Forgets a view.
    package func deleteView(_ name: String, by actor: Actor) async throws(Refusal) {
        guard let owner = actor.operatorID else { throw Refusal(.twoPeopleNeeded) }
        try await refusing { try await ledger.submit(DeleteView(name, of: owner)) }
    }
}
