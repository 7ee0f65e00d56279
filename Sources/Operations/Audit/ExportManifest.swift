package import Notation
import Proofs
import Records
package import Vocabulary

/// The first line of an export: what it holds, and what proves that nothing is missing.
package struct ExportManifest: Sendable, Hashable {
    package static let format = "godkend-export@v1"

    /// `name+key ID+base64`; the receiver compares it with the one it has.
    package let verificationKey: String
    /// In its short form, with moments instead of relative times.
    package let filter: String
    /// The merchants that its words mean.
    package let merchants: [String]
    package let since: Instant?
    package let until: Instant?
    package let madeAt: Instant
    /// The leaves that follow, the end not included. One leaf each side lies outside the asked time, where
    /// there is one.
    package let positions: Range<Int64>
    /// The signed note that covers them.
    package let checkpoint: String
    /// The complete subtrees before and behind the range.
    package let left: [[UInt8]]
    package let right: [[UInt8]]
    /// The receiver's own checkpoint and the proof that the log still begins so.
    package let earlier: String?
    package let consistency: [[UInt8]]
    /// Terms that hold for every leaf of the range, and those that only shown leaves tell.
    package let provedForAll: [String]
    package let provedForShown: [String]

    package var json: JSON {
        func hashes(_ list: [[UInt8]]) -> JSON { .array(list.map { .text(Base64.encode($0)) }) }
        func texts(_ list: [String]) -> JSON { .array(list.map { .text($0) }) }
        return [
            "format": .text(Self.format), "verification_key": .text(verificationKey),
            "filter": .text(filter), "merchants": texts(merchants), "since": JSON(since?.rfc3339),
            "until": JSON(until?.rfc3339), "made_at": .text(madeAt.rfc3339),
            "from": .integer(positions.lowerBound), "to": .integer(positions.upperBound),
            "checkpoint": .text(checkpoint), "left": hashes(left), "right": hashes(right),
            "earlier_checkpoint": JSON(earlier), "consistency": hashes(consistency),
            "proved_for_all": texts(provedForAll), "proved_for_shown": texts(provedForShown),
        ]
    }
}

extension ExportManifest {
    /// Reads a manifest; nil for anything that `json` did not write.
    package init?(_ json: JSON) {
        guard let object = json.object, object["format"]?.text == Self.format,
            let key = object["verification_key"]?.text, let filter = object["filter"]?.text,
            let merchants = Self.texts(object["merchants"]),
            let madeAt = object["made_at"]?.text.flatMap({ Instant(rfc3339: $0) }),
            let from = object["from"]?.integer, let to = object["to"]?.integer, 0 <= from, from <= to,
            let checkpoint = object["checkpoint"]?.text, let left = Self.hashes(object["left"]),
            let right = Self.hashes(object["right"]), let consistency = Self.hashes(object["consistency"]),
            let all = Self.texts(object["proved_for_all"]),
            let shown = Self.texts(object["proved_for_shown"])
        else { return nil }
        self.init(
            verificationKey: key, filter: filter, merchants: merchants, since: Self.time(object["since"]),
            until: Self.time(object["until"]), madeAt: madeAt, positions: from..<to, checkpoint: checkpoint,
            left: left, right: right, earlier: object["earlier_checkpoint"]?.text, consistency: consistency,
            provedForAll: all, provedForShown: shown)
    }

    private static func time(_ json: JSON?) -> Instant? { json?.text.flatMap { Instant(rfc3339: $0) } }

    private static func texts(_ json: JSON?) -> [String]? {
        guard let array = json?.array else { return nil }
        let found = array.compactMap(\.text)
        return found.count == array.count ? found : nil
    }

    private static func hashes(_ json: JSON?) -> [[UInt8]]? {
        guard let texts = texts(json) else { return nil }
        let found = texts.compactMap { Base64.decode($0) }.filter { $0.count == 32 }
        return found.count == texts.count ? found : nil
    }
}
