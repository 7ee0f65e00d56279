import Lifecycles
import Metrics
import Records
import Vocabulary

/// What an operator watches beside the requests: how payments end, how the bank answers, how the writer
/// keeps up. Labels come from closed lists only.
enum GatewayMeters {
    /// A new authorization, by status and by the reason the shop is told.
    static func created(_ authorization: Authorization) {
        count(
            "godkend_authorizations",
            [
                ("status", authorization.status.rawValue),
                ("reason", authorization.decline?.reason.publicReason ?? "none"),
            ])
    }

    /// A device's answer that decided.
    static func answered(_ attempt: FactorAttempt) {
        count("godkend_confirmations", [("status", attempt.status.rawValue)])
    }

    /// How the bank ended an intent.
    static func settled(_ kind: AcquirerCallKind, outcome: String) {
        count("godkend_acquirer_results", [("kind", kind.rawValue), ("outcome", outcome)])
    }

    /// What a late or second answer led to.
    static func settledLate(_ outcome: SettleAuthorize.Outcome) {
        count("godkend_acquirer_late_answers", [("outcome", "\(outcome)")])
    }

    /// Acquirer calls without an end, and the age of the oldest, by kind.
    static func open(_ intents: OpenIntents, at now: Instant) {
        for kind in AcquirerCallKind.allCases {
            let group = intents.kinds[kind]
            let dimensions = [("kind", kind.rawValue)]
            Gauge(label: "godkend_open_intents", dimensions: dimensions).record(group?.count ?? 0)
            let age = group.map { max(0, now.milliseconds - $0.oldest.milliseconds) / 1_000 } ?? 0
            Gauge(label: "godkend_open_intents_oldest_seconds", dimensions: dimensions).record(age)
            Gauge(label: "godkend_intents_for_operator", dimensions: dimensions)
                .record(intents.abandoned[kind] ?? 0)
        }
    }

    /// Whether the acquirer is asked: 0 yes, 1 to try, 2 not at all.
    static func circuit(_ state: Circuit.State) {
        let number =
            switch state {
            case .closed: 0
            case .halfOpen: 1
            case .open: 2
            }
        Gauge(label: "godkend_acquirer_circuit").record(number)
    }

    /// Milliseconds that the oldest waiting command has waited.
    static func queueAge(_ milliseconds: Int) {
        Gauge(label: "godkend_writer_queue_milliseconds").record(milliseconds)
    }

    /// What happened to the machine's clock.
    static func clockEvent(_ kind: ClockEvent.Kind) {
        count("godkend_clock_events", [("kind", kind.rawValue)])
    }

    /// Milliseconds by which the clock on the wall is ahead of the server's time.
    static func clockGap(_ milliseconds: Int64) {
        Gauge(label: "godkend_clock_gap_milliseconds").record(milliseconds)
    }

    private static func count(_ label: String, _ dimensions: [(String, String)]) {
        Counter(label: label, dimensions: dimensions).increment()
    }
}
