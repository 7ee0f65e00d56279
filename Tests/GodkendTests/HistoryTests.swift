import Foundation
import Lifecycles
import Notation
import Testing
import Vocabulary

@testable import godkend

/// Histories that are made up for auditors to look at.
@Suite struct HistoryTests {
    private static let merchants =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Merchants"

    private func history(
        _ authorizations: Int, in folder: StateFolder, flags: [String] = []
    ) throws -> History {
        try folder.make()
        try ServerKeys.make(folder: folder, environment: [:], random: SystemEntropy().bytes)
        return History(
            plan: HistoryRun.Plan(
                authorizations: authorizations, days: 5, customers: 60, approved: 70, seed: 7),
            folder: folder, merchants: try MerchantFolder(path: Self.merchants).load(),
            sources: try ConfigurationSources(flags: flags, environment: [:], file: nil), environment: [:])
    }

    /// A folder of its own, gone afterwards.
    private func withFolder(_ body: (StateFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/history-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(StateFolder(path))
    }

    private func make(_ authorizations: Int, in folder: StateFolder) async throws -> [String] {
        try await history(authorizations, in: folder)
            .make(showing: ProgressLine("authorizations", total: authorizations))
    }

    @Test func `OPS-FIND: a history has as many payments as were asked for, once, and the log agrees`()
        async throws
    {
        try await withFolder { folder in
            let lines = try await make(120, in: folder)
            #expect(lines.contains { $0.hasPrefix("120 authorizations in ") })
            for status in [AuthorizationStatus.captured, .declined, .canceled] {
                #expect(lines.contains { $0.hasPrefix(status.rawValue + " ") }, "\(status)")
            }
            // Nothing is left under way: no question waits, no bank is being asked.
            #expect(!lines.contains { $0.hasPrefix("requires_confirmation ") || $0.hasPrefix("processing ") })
            let second = await #expect(throws: CommandFailure.self) { try await make(1, in: folder) }
            #expect(second?.message.contains("has a decision log already") == true)
        }
    }

    @Test func `a history is refused in live mode`() async throws {
        try await withFolder { folder in
            let live = try history(1, in: folder, flags: ["mode=live"])
            await #expect(
                throws: CommandFailure("A history is for test mode only: this configuration is live.")
            ) {
                try await live.make(showing: ProgressLine("authorizations", total: 1))
            }
        }
    }

    @Test(arguments: [(1, 1), (63, 1), (1_000, 90), (20_000, 90), (1_000_000, 90), (10_000_000, 365)])
    func `the waves of a calendar add up, in order and without overlap`(
        authorizations: Int, days: Int
    ) throws {
        var chance = HistoryChance(seed: 3)
        let end = Instant(milliseconds: 1_790_000_000_000)
        let waves = HistoryCalendar(
            authorizations: authorizations, days: days, end: end, chance: &chance
        ).waves
        #expect(waves.reduce(0) { $0 + $1.payments } == authorizations)
        let first = try #require(waves.first), last = try #require(waves.last)
        #expect(first.at >= end.adding(days: -days))
        #expect(last.at.adding(seconds: HistoryCalendar.waveSeconds) <= end)
        #expect(
            zip(waves, waves.dropFirst()).allSatisfy {
                $0.at.adding(seconds: HistoryCalendar.waveSeconds) <= $1.at
            })
    }

    @Test func `the same seed tells the same story`() {
        func story(_ seed: UInt64) -> [HistoryFate] {
            var chance = HistoryChance(seed: seed)
            let mix = HistoryMix(approved: 70)
            return (0..<200).map { _ in mix.fate(&chance) }
        }
        #expect(story(1) == story(1))
        #expect(story(1) != story(2))
    }

    @Test(arguments: [10, 70, 100]) func `so many of a hundred payments are approved, about`(approved: Int) {
        var chance = HistoryChance(seed: 5)
        let mix = HistoryMix(approved: approved)
        let good = Set(mix.good.map(\.0))
        let count = (0..<10_000).count { _ in good.contains(mix.fate(&chance)) }
        #expect(abs(count - approved * 100) < 200)
    }
}
