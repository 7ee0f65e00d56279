import Foundation
import Lifecycles
import Vocabulary

/// A line of the books as JSON.
struct SandboxLine: Codable {
    let v: Int
    let kind: String
    let intent: String
    let original: String
    let outcome: String
    let at: String
    let transmitted_at: String
    let trace: String
    let retrieval: String
    let terminal: String
    let merchant: String
    let currency: String
    let asked: Int64
    let booked: Int64
    let code: String
    let approval_code: String?
    let first6: String?
    let last4: String?

    init(_ entry: SandboxEntry) {
        v = 1
        kind = entry.kind.rawValue
        intent = entry.intent.text
        original = entry.original.text
        outcome = entry.outcome.rawValue
        at = entry.at.rfc3339
        transmitted_at = entry.reference.transmittedAt.rfc3339
        trace = entry.reference.traceNumber
        retrieval = entry.reference.retrievalReference
        terminal = entry.reference.terminal
        merchant = entry.merchant.text
        currency = entry.currency.code
        asked = entry.askedMinor
        booked = entry.bookedMinor
        code = entry.code.text
        approval_code = entry.approvalCode
        first6 = entry.card?.first6
        last4 = entry.card?.last4
    }

    /// The entry, nil when a member does not mean what it should.
    var entry: SandboxEntry? {
        guard v == 1, let kind = AcquirerCallKind(rawValue: kind), let intent = IntentID(intent),
            let original = IntentID(original), let outcome = SandboxEntry.Outcome(rawValue: outcome),
            let at = Instant(rfc3339: at), let transmittedAt = Instant(rfc3339: transmitted_at),
            let merchant = MerchantID(merchant), let currency = Currency(code: currency),
            let code = NetworkCode(code)
        else { return nil }
        var card: SandboxCard?
        if let first6, let last4 { card = SandboxCard(first6: first6, last4: last4) }
        return SandboxEntry(
            kind: kind, intent: intent, original: original, outcome: outcome, at: at,
            reference: CallReference(
                transmittedAt: transmittedAt, traceNumber: trace, retrievalReference: retrieval,
                terminal: terminal),
            merchant: merchant, currency: currency, askedMinor: asked, bookedMinor: booked, code: code,
            approvalCode: approval_code, card: card)
    }

    /// The line's bytes with the newline that ends it.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Reads one line without its newline; nil when it is not one of ours.
    static func decode(_ bytes: some Collection<UInt8>) -> SandboxEntry? {
        try? JSONDecoder().decode(SandboxLine.self, from: Data(bytes)).entry
    }
}
