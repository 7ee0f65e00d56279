import Lifecycles
import Operations
import Vocabulary

extension PageRequest {
    static let names: Set<String> = ["limit", "starting_after", "ending_before"]

    /// `Kind` is that of the listed objects' ids.
    init<Kind: IdentifierKind>(_ query: Query, of kind: Identifier<Kind>.Type) throws(Refusal) {
        for name in ["starting_after", "ending_before"] {
            if let text = query[name], kind.init(text) == nil {
                throw Refusal(
                    .parameterInvalid, parameter: name, detail: "Send the id of an object of the page before."
                )
            }
        }
        if query["starting_after"] != nil, query["ending_before"] != nil {
            throw Refusal(
                .parameterInvalid, parameter: "ending_before",
                detail: "Send starting_after or ending_before, not both.")
        }
        self.init(
            limit: Int(try query.integer("limit", in: 1...100) ?? Int64(Self.defaultLimit)),
            startingAfter: query["starting_after"], endingBefore: query["ending_before"])
    }
}

extension AuthorizationQuery {
    static let names: Set<String> = PageRequest.names.union(["status", "reason", "order"])
        .union(["gte", "gt", "lte", "lt"].flatMap { ["created[\($0)]", "amount[\($0)]"] })

    /// The words that a merchant may see as reasons, sorted.
    static let publicReasons = Set(DeclineReason.allCases.map(\.publicReason)).sorted()

    init(_ query: Query) throws(Refusal) {
        let amounts = 0...Money.maximumMinor
        self.init(
            status: try query.choice("status", of: AuthorizationStatus.self), reason: try Self.reason(query),
            order: try Self.order(query),
            created: Bounds(
                gte: try query.instant("created[gte]"), gt: try query.instant("created[gt]"),
                lte: try query.instant("created[lte]"), lt: try query.instant("created[lt]")),
            amount: Bounds(
                gte: try query.integer("amount[gte]", in: amounts),
                gt: try query.integer("amount[gt]", in: amounts),
                lte: try query.integer("amount[lte]", in: amounts),
                lt: try query.integer("amount[lt]", in: amounts)),
            page: try PageRequest(query, of: AuthorizationID.self))
    }

    private static func reason(_ query: Query) throws(Refusal) -> String? {
        guard let reason = query["reason"] else { return nil }
        guard publicReasons.contains(reason) else {
            throw Refusal(
                .parameterInvalid, parameter: "reason", detail: "Send a decline reason as /docs lists them.")
        }
        return reason
    }

    private static func order(_ query: Query) throws(Refusal) -> OrderReference? {
        guard let text = query["order"] else { return nil }
        do {
            return try OrderReference(text)
        } catch {
            throw Refusal(.parameterInvalid, parameter: "order", detail: error.explanation)
        }
    }
}

extension WaitRequest {
    static let parameterName = "wait"

    /// Nil when the query asks for no waiting.
    static func optional(_ query: Query, known: EntityTags) throws(Refusal) -> WaitRequest? {
        guard let seconds = try query.integer(parameterName, in: 1...30) else { return nil }
        return WaitRequest(seconds: Int(seconds), knownVersion: known.onlyVersion)
    }
}

/// The value of `If-None-Match` (RFC 9110 section 13.1.2).
struct EntityTags: Equatable {
    private let tags: [String]
    private let isAny: Bool

    init(_ header: String?) {
        let parts = (header ?? "").split(separator: ",").map { String($0.filter { $0 != " " && $0 != "\t" }) }
        isAny = parts == ["*"]
        // The comparison is weak: `W/"7"` matches `"7"`.
        tags = parts.map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 }
    }

    func matches(_ tag: String) -> Bool { isAny || tags.contains(tag) }

    /// The version when exactly one is named.
    var onlyVersion: Int? {
        guard tags.count == 1, let tag = tags.first, tag.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\"")
        else { return nil }
        return Int(tag.dropFirst().dropLast())
    }

    /// The tag of a version.
    static func tag(_ version: Int) -> String { "\"\(version)\"" }
}
