package import Operations
package import Proofs
import Synchronization
package import Vocabulary

/// Trusts the specimens and lists the stage's pharmacies. Its revocation lists are made anew with each hour
/// of the stage's clock, unless a test lets them grow old.
package final class StageTrust: TrustSource {
    /// The pharmacies of the stage, by their places in it.
    package static let pharmacies = ["5790001234560", "5790000000029"]

    package let pki: SpecimenPKI
    private let clock: any Clock
    private let state = Mutex(State())

    private struct State {
        var listsAt: Instant?
        var isListing = true
        var made: (moment: Instant, isListing: Bool, snapshot: TrustSnapshot)?
    }

    package init(clock: any Clock) throws {
        self.clock = clock
        pki = try SpecimenPKI(at: clock.now())
    }

    /// From now on the lists are those of this moment; nil: fresh ones again.
    package func keepLists(of moment: Instant?) {
        state.withLock { $0.listsAt = moment }
    }

    /// Takes all pharmacies off the list, or puts them on it again.
    package func listPharmacies(_ isListing: Bool) {
        state.withLock { $0.isListing = isListing }
    }

    package func current() throws -> TrustSnapshot {
        let now = clock.now().milliseconds
        let hour = Instant(milliseconds: now - now % 3_600_000)
        return try state.withLock { state in
            let moment = state.listsAt ?? hour
            if let made = state.made, made.moment == moment, made.isListing == state.isListing {
                return made.snapshot
            }
            let snapshot = try TrustSnapshot(
                evidence: SpecimenTrust.evidence(of: pki, listsAt: moment).map {
                    $0.kind == .pharmacies ? register($0.name, isListing: state.isListing) : $0
                })
            state.made = (moment, state.isListing, snapshot)
            return snapshot
        }
    }

    private func register(_ name: String, isListing: Bool) -> TrustEvidence {
        let from = LocalDate(pki.moment).adding(years: -1)
        let rows = isListing ? Self.pharmacies : []
        let lines =
            ["gln,name,listed_from,listed_to,eu_logo"]
            + rows.map { "\($0),Apotek,\(from),,https://apoteker.example/\($0)" }
        let text = lines.joined(separator: "\n") + "\n"
        return TrustEvidence(kind: .pharmacies, name: name, bytes: Array(text.utf8))
    }
}

/// Trusts no signer, and lists the stage's pharmacies: for stages that sell nothing on prescription.
package struct ListedPharmacies: TrustSource {
    package init() {}

    package func current() throws -> TrustSnapshot {
        let first = LocalDate(Instant(milliseconds: 0))
        let entries = StageTrust.pharmacies.compactMap { GLN($0) }.map {
            PharmacyEntry(gln: $0, name: "Apotek", from: first, to: nil, logo: "https://apoteker.example/")
        }
        let nobody = try EmptyTrust().current()
        return TrustSnapshot(
            anchors: nobody.anchors, pharmacies: PharmacyRegister(entries), evidence: [])
    }
}
