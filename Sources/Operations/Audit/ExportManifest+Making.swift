import Proofs
import Records
import Vocabulary

extension ExportManifest {
    /// Reads the proof of a range from the log.
    init(
        _ request: ExportRequest, _ filter: ExportFilter, at now: Instant, key: LogVerificationKey,
        checkpoint: SignedCheckpoint, earlier: SignedCheckpoint?, in log: ExportReading.Log
    ) throws {
        let size = checkpoint.size
        let (since, until) = (filter.filter.since?.beginning(at: now), filter.filter.until?.end(at: now))
        let positions = try log.range(request.positions, since: since, until: until, size: size)
        let consistency = try earlier.map { earlier in
            try MerkleProof.consistency(from: earlier.size, to: size) { try log.nodes([$0])[0] }
        }
        self.init(
            verificationKey: key.description, filter: filter.filter.canonicalText,
            merchants: filter.filter.merchants.map(\.text).sorted(), since: since, until: until, madeAt: now,
            positions: positions, checkpoint: checkpoint.text,
            left: try log.nodes(RangeProof.nodes(of: 0..<positions.lowerBound)),
            right: try log.nodes(RangeProof.nodes(of: positions.upperBound..<size)), earlier: earlier?.text,
            consistency: consistency ?? [], provedForAll: ExportFilter.provedForAll,
            provedForShown: filter.provedForShown)
    }
}
