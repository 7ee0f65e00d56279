import Foundation
package import Logging
import Vocabulary

/// A log handler for tests. It writes nothing, and it reports every entry that holds what no log may hold: a
/// card number, a CPR number, a key or a signed object (SCA-28, PAN-3).
///
/// Every level is read, so that no entry is passed over because a server would not write it.
package struct WatchfulLog: LogHandler {
    /// What must not stand in a log.
    package enum Secret: String, Sendable, Hashable, CaseIterable {
        /// 12 to 19 digits with a good check digit, in one piece or in groups.
        case cardNumber
        /// DDMMYY of a day that exists and four digits, with or without hyphen.
        case personNumber
        /// `sk_`, `pk_`, `whsec_` and what follows them.
        case apiKey
        /// PEM, or 256 bits of base64url: keys, page tokens, sessions.
        case key
        /// A compact JWS: device proofs, answers, records.
        case signedObject
    }

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel = Logger.Level.trace
    private let report: @Sendable (Set<Secret>) -> Void

    /// A logger for a gateway or a server under test. A secret in it ends the test process: what was logged
    /// cannot be taken back, and no test may pass beside it.
    package static func logger(
        _ label: String = "test", report: @escaping @Sendable (Set<Secret>) -> Void = Self.stop
    ) -> Logger {
        Logger(label: label) { _ in WatchfulLog(report: report) }
    }

    package static let stop: @Sendable (Set<Secret>) -> Void = { found in
        print("A log entry holds what no log may hold: \(found.map(\.rawValue).sorted()).")
        exit(70)
    }

    package init(report: @escaping @Sendable (Set<Secret>) -> Void) { self.report = report }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        var texts = [event.message.description] + all.flatMap { [$0.key, $0.value.description] }
        if let error = event.error { texts.append(String(describing: error)) }
        let found = texts.reduce(into: Set()) { $0.formUnion(Self.secrets(in: $1)) }
        if !found.isEmpty { report(found) }
    }

    /// What of the list stands in a text.
    package static func secrets(in text: String) -> Set<Secret> {
        var found: Set<Secret> = []
        if text.contains("PRIVATE KEY") { found.insert(.key) }
        for word in text.split(whereSeparator: { !isOfWord($0) }) {
            if ["sk_", "pk_", "whsec_"].contains(where: { word.hasPrefix($0) && word != $0 }) {
                found.insert(.apiKey)
            }
            if looksRandom(word) { found.insert(.key) }
            if word.hasPrefix("eyJ") { found.insert(.signedObject) }
        }
        for run in digitRuns(in: text) {
            let groups = run.split { $0 == " " || $0 == "-" }
            for first in groups.indices {
                for last in first..<groups.count {
                    let part = groups[first...last]
                    if isCardNumber(part.joined()) { found.insert(.cardNumber) }
                    if isPersonNumber(part) { found.insert(.personNumber) }
                }
            }
        }
        return found
    }

    /// A letter, a digit or a sign of base64url.
    private static func isOfWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber) || character == "_"
            || character == "-"
    }

    /// Digits that stand for themselves, also in groups with a blank or a hyphen between. Digits inside an id
    /// are part of its word.
    private static func digitRuns(in text: String) -> [String] {
        var runs: [String] = []
        var run = ""
        var isInWord = false
        func isDigit(_ character: Character?) -> Bool {
            character.map { $0.isASCII && $0.isNumber } ?? false
        }
        func end() {
            while let last = run.last, !isDigit(last) { run.removeLast() }
            if !run.isEmpty { runs.append(run) }
            run = ""
        }
        for character in text {
            if isDigit(character), !isInWord {
                run.append(character)
            } else if character == " " || character == "-", isDigit(run.last) {
                run.append(character)
            } else {
                isInWord = character.isLetter || character == "_" || isInWord && isDigit(character)
                if isInWord, isDigit(run.last) { run = "" }
                end()
            }
        }
        end()
        return runs
    }

    /// 43 signs of base64url among which are digits and letters of both cases; the name of a type has none.
    private static func looksRandom(_ word: Substring) -> Bool {
        word.utf8.count == 43 && word.contains(where: \.isNumber) && word.contains(where: \.isUppercase)
            && word.contains(where: \.isLowercase)
    }

    private static func isPersonNumber(_ groups: ArraySlice<Substring>) -> Bool {
        let widths = groups.map(\.utf8.count)
        return (widths == [10] || widths == [6, 4]) && (try? PersonNumber(groups.joined())) != nil
    }

    /// ISO/IEC 7812-1, annex B; of any brand.
    private static func isCardNumber(_ digits: String) -> Bool {
        guard (12...19).contains(digits.utf8.count) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, next in
            let digit = next.element.wholeNumberValue ?? 0
            let doubled = next.offset.isMultiple(of: 2) ? digit : digit * 2
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum.isMultiple(of: 10)
    }
}
