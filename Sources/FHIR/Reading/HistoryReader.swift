import Notation
import Vocabulary

extension BundleEntries {
    /// What a register says of earlier handovers.
    ///
    /// A register must say how many there were, also when there were none: silence is no zero. With a count
    /// goes the day of the last one, because the interval is counted from it.
    func readHistory(_ request: Element, kind: SignerKind) throws(FHIRError) -> AttestedHistory? {
        let count = try request.extensionOfOurs(.handedOver)
        let last = try request.extensionOfOurs(.lastHandover)
        let residual = try request.extensionOfOurs(.residual)
        guard kind == .registry else {
            if let first = count ?? last ?? residual {
                throw first.error(.registryOnly, "Only a register knows of earlier handovers.")
            }
            return nil
        }
        guard let count else {
            throw request.error(.missing, "extension", "Say how often the line was handed over.")
        }
        let handedOver = try count.require(
            count.integer(OurExtension.handedOver.member, 0...9_999), OurExtension.handedOver.member)
        let lastHandover = try last?.date(OurExtension.lastHandover.member)
        guard (handedOver > 0) == (lastHandover != nil) else {
            throw (last ?? count).error(
                .disagreement, "Give the day of the last handover when there was one, and only then.")
        }
        return AttestedHistory(
            handedOver: handedOver, lastHandover: lastHandover,
            residual: try residual?.decimal(OurExtension.residual.member))
    }
}
