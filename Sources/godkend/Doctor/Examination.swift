import Foundation
import Operations
import Records
import Vocabulary

/// One thing that was looked at.
struct Finding: Sendable, Hashable {
    enum Verdict: String { case good, warning, bad }

    let what: String
    let verdict: Verdict
    let detail: String

    init(_ what: String, _ verdict: Verdict, _ detail: String) {
        self.what = what
        self.verdict = verdict
        self.detail = detail
    }
}

/// What the doctor looks at.
enum Examination {
    /// Every configuration key with its value and origin, and whether the server would start with them.
    static func configuration(_ sources: ConfigurationSources) -> [Finding] {
        var findings = SettingKey.allCases.map { key in
            let (value, origin) = sources.value(key)
            return Finding(key.rawValue, .good, "\(value ?? standard(key)) (\(origin.rawValue))")
        }
        do {
            let isLive = sources.value(.mode).value == "live"
            _ = try sources.settings(listening: isLive ? "https://localhost" : "http://localhost")
            findings.append(Finding("configuration", .good, "all values are within their bounds"))
        } catch {
            findings.append(Finding("configuration", .bad, Explanation.sentence(for: error)))
        }
        return findings
    }

    static func standard(_ key: SettingKey) -> String {
        switch key.shape {
        case .number(let standard, _, _): String(standard)
        case .word(let words): words.first ?? ""
        case .line: "not set"
        case .text:
            switch key {
            case .publicURL, .logOrigin: "from host and port"
            case .acquirerBooks: "in the state folder"
            case .acquirerEntryMode: "810"
            default: "not set"
            }
        }
    }

    static func merchants(_ folder: MerchantFolder) -> [Finding] {
        do {
            let (merchants, problems) = try folder.read()
            guard problems.isEmpty else {
                return problems.map { Finding("merchants", .bad, $0.description) }
            }
            return [Finding("merchants", .good, "\(merchants.count) files in \(folder.path)")]
        } catch {
            return [Finding("merchants", .bad, Explanation.sentence(for: error))]
        }
    }

    /// The clock of the machine decides what is expired. One that runs behind what it has written was set
    /// back.
    static func clock(_ now: Instant, lastWrite: Instant?) -> Finding {
        guard now >= Instant(milliseconds: 1_767_225_600_000) else {
            return Finding("clock", .bad, "\(now.rfc3339) is in the past: set the clock")
        }
        if let lastWrite, lastWrite > now.adding(seconds: 1) {
            return Finding(
                "clock", .bad, "\(now.rfc3339) is before the database's last change, \(lastWrite.rfc3339)")
        }
        return Finding("clock", .good, now.rfc3339)
    }

    /// What the log says last of the clock. A jump that was never confirmed, or a server that waits for its
    /// clock, needs a person.
    static func clockLog(_ folder: StateFolder) -> Finding? {
        guard FileManager.default.fileExists(atPath: folder.database),
            let note = try? ClockNote.last(inDatabase: folder.database)
        else { return nil }
        let story = "\(note.writtenAt): \(note.expected) was expected, the clock showed \(note.wall)"
        return switch ClockEvent.Kind(rawValue: note.outcome) {
        case .agrees: Finding("clock's log", .good, "at \(note.writtenAt) clock and server time agreed again")
        case .taken: Finding("clock's log", .good, "a jump was taken over at \(story)")
        case .waits:
            Finding(
                "clock's log", .warning,
                "the server's time waits for a clock that was set back at \(story)")
        case .jumped, nil:
            Finding("clock's log", .warning, "the clock jumped at \(story): check the time service")
        }
    }

    static func disk(_ folder: StateFolder) -> Finding {
        let files = FileManager.default
        let path = files.fileExists(atPath: folder.path) ? folder.path : files.currentDirectoryPath
        let attributes = try? files.attributesOfFileSystem(forPath: path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding("disk", .warning, "the free space of \(path) cannot be read")
        }
        let megabytes = free / 1_048_576
        let verdict: Finding.Verdict = megabytes < 100 ? .bad : megabytes < 1_024 ? .warning : .good
        let advice = verdict == .good ? "" : ": make room, a full disk stops all payments"
        return Finding("disk", verdict, "\(megabytes) MiB free\(advice)")
    }
}
