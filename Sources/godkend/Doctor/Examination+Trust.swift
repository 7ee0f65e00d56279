import Operations
import Proofs
import Vocabulary

extension Examination {
    /// How many anchors there are, and how old the revocation lists: old ones decide nothing.
    static func trust(_ files: TrustFiles, now: Instant) -> Finding {
        let snapshot: TrustSnapshot
        do {
            snapshot = try files.snapshot()
        } catch {
            return Finding("trust", .bad, Explanation.sentence(for: error))
        }
        let anchors = snapshot.evidence.filter { $0.kind == .prescriberRoot || $0.kind == .register }
        guard !anchors.isEmpty else {
            return Finding("trust", .warning, "no anchors in \(files.path): no prescription is believed")
        }
        let lists = TrustListing.lists(snapshot)
        let what = "\(anchors.count) anchor files, \(lists.count) revocation lists"
        let stale = lists.filter { !$0.list.isFresh(at: now) }.map(\.file)
        guard let oldest = lists.map(\.list.thisUpdate).min(), stale.isEmpty else {
            let old = stale.isEmpty ? "none" : stale.joined(separator: ", ")
            return Finding(
                "trust", .warning, "\(what); stale: \(old): fetch new ones, run `godkend trust update`")
        }
        return Finding("trust", .good, "\(what), the oldest of \(oldest)")
    }
}
