package import Vocabulary

/// The four things we ask an acquirer to do, each recorded as an intent before it is asked.
package enum AcquirerCallKind: String, Sendable, Hashable, CaseIterable {
    case authorize
    case capture
    case refund
    case reversal
}

/// The fields by which an acquirer's message is matched to the intent it answers.
/// Source: ISO 8583:1987, data elements 7, 11, 37 and 41.
package struct CallReference: Sendable, Hashable {
    /// DE 7: when the message was first formed; the network carries it to the second.
    package let transmittedAt: Instant
    /// DE 11: system trace audit number, six digits.
    package let traceNumber: String
    /// DE 37: retrieval reference number, twelve characters, one of its own for every intent.
    package let retrievalReference: String
    /// DE 41: terminal, eight characters.
    package let terminal: String

    package init(transmittedAt: Instant, traceNumber: String, retrievalReference: String, terminal: String) {
        self.transmittedAt = transmittedAt
        self.traceNumber = traceNumber
        self.retrievalReference = retrievalReference
        self.terminal = terminal
    }
}
