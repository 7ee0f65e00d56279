import Testing

/// Two pharmacies, one last handover, over HTTP: 40 records, or as many as `GODKEND_RACES` says.
@Suite(.timeLimit(.minutes(20))) struct RaceTests {
    @Test func `REL-04: of two pharmacies at the last handover one holds it, and it is made once`()
        async throws
    {
        let races = try await Races.perform()
        let wanted = Races.Outcome(
            told: ["requires_confirmation", "rx_held_elsewhere"], approved: "approved",
            afterwards: "rx_exhausted")
        #expect(races.outcomes.filter { $0 != wanted } == [])
        #expect(!races.outcomes.isEmpty)
        #expect(races.handovers == Array(repeating: 1, count: races.outcomes.count))
        #expect(races.invariants == [])
        #expect(races.complaints == [])
        print("\(races.outcomes.count) races for a last handover, \(races.handovers.count) handovers")
    }
}
