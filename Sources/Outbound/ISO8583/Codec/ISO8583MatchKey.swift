import Lifecycles
import Vocabulary

/// What an answer has in common with its request (ACQ-LATE): the answer's type and elements 7, 11, 37 and 41.
///
/// The type is among them because an inquiry carries the reference of the call it asks about. An answer may
/// lack elements; of a request all are there.
struct ISO8583MatchKey: Sendable, Hashable {
    let answer: ISO8583MessageType
    let transmittedAt: ISO8583Moment?
    let traceNumber: String?
    let retrievalReference: String?
    let terminal: String?

    /// Of a request the key its answer will have; of an answer its own.
    init(_ message: ISO8583Message) {
        answer = message.type.answer ?? message.type
        transmittedAt = message.transmittedAt
        traceNumber = message.traceNumber
        retrievalReference = message.retrievalReference
        terminal = message.terminal
    }

    /// How well an answer's key fits a request's.
    enum Fit: Sendable, Hashable {
        /// Nothing differs that both have, and the trace number or the retrieval reference is among it.
        case exact
        /// Something differs, but the retrieval reference, which is one call's alone, is the same; or the
        /// trace number and with it the moment or the terminal. A host that writes its own time, reference or
        /// terminal into its answers looks like this.
        case near
        case none
    }

    /// Compares this key of an answer with a request's.
    func fit(_ request: ISO8583MatchKey) -> Fit {
        guard answer == request.answer else { return .none }
        let moment = agree(transmittedAt, request.transmittedAt)
        let trace = agree(traceNumber, request.traceNumber)
        let reference = agree(retrievalReference, request.retrievalReference)
        let terminal = agree(terminal, request.terminal)
        let names = trace == true || reference == true
        if names, ![moment, trace, reference, terminal].contains(false) { return .exact }
        let isNear = reference == true || trace == true && (moment == true || terminal == true)
        return isNear ? .near : .none
    }

    private func agree<Value: Equatable>(_ one: Value?, _ other: Value?) -> Bool? {
        guard let one, let other else { return nil }
        return one == other
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
