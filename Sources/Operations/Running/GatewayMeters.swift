import Lifecycles
import Metrics
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
