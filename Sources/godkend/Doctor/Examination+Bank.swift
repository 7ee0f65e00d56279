import Foundation
import Lifecycles
import Operations
import Outbound
import Records
import Vocabulary

extension Examination {
    /// Whether the way to the bank can be opened, and what waits for the bank or for an operator.
    static func bank(_ folder: StateFolder, sources: ConfigurationSources, now: Instant) -> [Finding] {
        let isLive = sources.value(.mode).value == "live"
        guard
            let settings = try? sources.settings(
                listening: isLive ? "https://localhost" : "http://localhost")
        else { return [] }
        return [line(settings), intents(folder, settings.acquirerLine, now: now)]
    }

    private static func line(_ settings: Settings) -> Finding {
        let name = "acquirer"
        guard settings.acquirerKind == .iso8583 else {
            return Finding(name, .good, "the sandbox, which moves no money")
        }
        do {
            let link = try OpenAcquirer.link(settings)
            let way = link.security == nil ? "plain TCP" : "TLS"
            return Finding(name, .good, "\(link.address.host):\(link.address.port), \(way)")
        } catch {
            return Finding(name, .bad, Explanation.sentence(for: error))
        }
    }

    static func intents(_ folder: StateFolder, _ line: AcquirerLine, now: Instant) -> Finding {
        let name = "acquirer calls"
        guard FileManager.default.fileExists(atPath: folder.database) else {
            return Finding(name, .good, "none: there is no database yet")
        }
        do {
            return finding(try OpenIntents.read(path: folder.database), line, now: now)
        } catch {
            return Finding(name, .warning, "the database cannot be read (\(type(of: error)))")
        }
    }

    static func finding(_ found: OpenIntents, _ line: AcquirerLine, now: Instant) -> Finding {
        let before = now.adding(seconds: -60 * line.warningMinutes)
        let open = found.kinds.sorted { $0.key.rawValue < $1.key.rawValue }
        let old = open.filter { $0.value.oldest < before }
        let abandoned = found.abandoned.sorted { $0.key.rawValue < $1.key.rawValue }
        var words = open.map {
            "\($0.value.count) open: \($0.key.rawValue), since \($0.value.oldest.rfc3339)"
        }
        words += abandoned.map { "\($0.value) to be settled by hand: \($0.key.rawValue)" }
        let text = words.isEmpty ? "none is open" : words.joined(separator: "; ")
        return old.isEmpty && abandoned.isEmpty
            ? Finding("acquirer calls", .good, text)
            : Finding("acquirer calls", .warning, text + ": see the lists of the console, ask the acquirer")
    }
}
