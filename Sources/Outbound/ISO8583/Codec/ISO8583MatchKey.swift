import Lifecycles
import Vocabulary

/// What an answer has in common with its request (ACQ-LATE): the answer's type and elements 7, 11, 37 and 41.
///
/// The type is among them because an inquiry carries the reference of the call it asks about.
struct ISO8583MatchKey: Sendable, Hashable {
    let answer: ISO8583MessageType
    let transmittedAt: ISO8583Moment
    let traceNumber: String
    let retrievalReference: String
    let terminal: String

    /// Of a request the key its answer will have; of an answer its own.
    init?(_ message: ISO8583Message) {
        guard let transmittedAt = message.transmittedAt, let traceNumber = message.traceNumber,
            let retrievalReference = message.retrievalReference, let terminal = message.terminal
        else { return nil }
        answer = message.type.answer ?? message.type
        self.transmittedAt = transmittedAt
        self.traceNumber = traceNumber
        self.retrievalReference = retrievalReference
        self.terminal = terminal
    }
}

extension ISO8583Message {
    /// Sets elements 7, 11, 37 and 41.
    mutating func set(_ reference: CallReference) {
        transmittedAt = ISO8583Moment(reference.transmittedAt)
        traceNumber = reference.traceNumber
        retrievalReference = reference.retrievalReference
        terminal = reference.terminal
    }

    /// Elements 7, 11, 37 and 41. The year is the one that brings the moment nearest to `now`; the moment has
    /// whole seconds.
    func reference(at now: Instant) throws(ISO8583Error) -> CallReference {
        try CallReference(
            transmittedAt: instant(present(transmittedAt, .transmittedAt), .transmittedAt, at: now),
            traceNumber: present(traceNumber, .traceNumber),
            retrievalReference: present(retrievalReference, .retrievalReference),
            terminal: present(terminal, .terminal))
    }

    func instant(
        _ moment: ISO8583Moment, _ element: ISO8583Element, at now: Instant
    ) throws(ISO8583Error) -> Instant {
        guard let instant = moment.instant(nearestTo: now) else {
            throw .badValue(element: element.rawValue)
        }
        return instant
    }

    func present<Value>(_ value: Value?, _ element: ISO8583Element) throws(ISO8583Error) -> Value {
        guard let value else { throw .missingElement(element.rawValue) }
        return value
    }

    func present<Value>(_ value: Value?, _ tag: ISO8583Additional.Tag) throws(ISO8583Error) -> Value {
        guard let value else { throw .missingSubfield(tag.rawValue) }
        return value
    }
}
