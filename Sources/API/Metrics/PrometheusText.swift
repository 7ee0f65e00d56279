import Metrics
import Synchronization

/// A backend of swift-metrics that keeps everything in memory and writes it in the Prometheus text format
/// 0.0.4.
///
/// Counters become counters, meters and aggregate-free recorders gauges, timers and recorders histograms.
package final class PrometheusText: Sendable {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The one that `/metrics` shows and that the executable gives to `MetricsSystem.bootstrap`.
    package static let shared = PrometheusText()

    private let series = Mutex<[String: [Labels: any PrometheusSeries]]>([:])

    package init() {}

    /// All series, sorted by name and labels.
    package func exposition() -> String {
        let snapshot = series.withLock { $0 }
        var text = ""
        for (name, byLabels) in snapshot.sorted(by: { $0.key < $1.key }) {
            guard let kind = byLabels.values.first?.kind else { continue }
            text += "# TYPE \(name) \(kind)\n"
            for (labels, one) in byLabels.sorted(by: { $0.key.text < $1.key.text }) {
                text += one.lines(name: name, labels: labels)
            }
        }
        return text
    }

    /// The series of this name and these labels; made when there is none. A name keeps the kind that it got
    /// first.
    func find<Series: PrometheusSeries>(
        _ label: String, _ dimensions: [(String, String)], make: () -> Series
    ) -> Series {
        let name = PrometheusName.metric(label)
        let labels = Labels(dimensions)
        return series.withLock { all in
            if let known = all[name]?[labels] as? Series { return known }
            let fresh = make()
            if all[name]?.values.first.map({ $0.kind == fresh.kind }) ?? true {
                all[name, default: [:]][labels] = fresh
            }
            return fresh
        }
    }
}

/// One line or histogram of the exposition.
protocol PrometheusSeries: AnyObject, Sendable {
    /// `counter`, `gauge` or `histogram`.
    var kind: String { get }
    func lines(name: String, labels: Labels) -> String
}

/// Label pairs, sorted by name and escaped.
struct Labels: Hashable, Sendable {
    /// `method="GET",route="/healthz"`, without braces.
    let text: String

    init(_ dimensions: [(String, String)]) {
        text =
            dimensions.sorted { $0.0 < $1.0 }
            .map { "\(PrometheusName.label($0.0))=\"\(PrometheusName.escaped($0.1))\"" }
            .joined(separator: ",")
    }

    /// In braces, with one more pair; nothing when there is none.
    func braced(adding more: String = "") -> String {
        let all = [text, more].filter { !$0.isEmpty }.joined(separator: ",")
        return all.isEmpty ? "" : "{\(all)}"
    }
}

/// Names and values as the text format wants them.
enum PrometheusName {
    /// Letters, digits, `_` and `:`; everything else becomes `_`.
    static func metric(_ label: String) -> String { cleaned(label, allowing: ":") }

    static func label(_ name: String) -> String { cleaned(name, allowing: "") }

    static func escaped(_ value: String) -> String {
        var text = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }

    private static func cleaned(_ name: String, allowing more: String) -> String {
        let text = name.unicodeScalars.map { scalar -> Character in
            let isGood = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isGood || scalar == "_" || more.unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        let isLeadingDigit = text.first.map { ("0"..."9").contains($0) } ?? true
        return (isLeadingDigit ? "_" : "") + String(text)
    }
}
