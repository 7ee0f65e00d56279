import Notation
import Operations
import Proofs
import Vocabulary

/// What lies in a trust folder, for a person.
struct TrustListing {
    let snapshot: TrustSnapshot
    let now: Instant

    /// One row a certificate, list or table.
    var table: Table {
        var table = Table(["kind", "file", "name", "from", "to", "count", "standing"])
        for file in snapshot.evidence {
            switch file.kind {
            case .prescriberRoot, .register, .issuer: table.rows += certificates(file)
            case .revocationList: table.rows += lists(file)
            case .authorisations:
                let count = String(snapshot.anchors.authorisations.count)
                table.rows.append([file.kind.word, file.name, "", "", "", count, ""])
            case .pharmacies: table.rows.append(pharmacies(file))
            }
        }
        return table
    }

    private func certificates(_ file: TrustEvidence) -> [[String]] {
        Self.certificates(file).map { found in
            let standing =
                now < found.notBefore ? "not yet valid" : now > found.notAfter ? "ended" : "valid"
            return [
                file.kind.word, file.name, found.subject, found.notBefore.rfc3339, found.notAfter.rfc3339,
                "", standing,
            ]
        }
    }

    private func lists(_ file: TrustEvidence) -> [[String]] {
        RevocationListSummary(file.bytes).map { list in
            [
                [
                    file.kind.word, file.name, list.issuer, list.thisUpdate.rfc3339, list.nextUpdate.rfc3339,
                    String(list.count), list.isFresh(at: now) ? "fresh" : "stale",
                ]
            ]
        } ?? []
    }

    private func pharmacies(_ file: TrustEvidence) -> [String] {
        let entries = snapshot.pharmacies.entries
        let listed = entries.filter { $0.isListed(on: LocalDate(now)) }.count
        return [file.kind.word, file.name, "", "", "", String(entries.count), "\(listed) listed today"]
    }

    /// The certificates of a file of the folder, in its order.
    static func certificates(_ file: TrustEvidence) -> [CertificateSummary] {
        let blocks = PEM.read(String(decoding: file.bytes, as: UTF8.self)) ?? []
        return blocks.compactMap { CertificateSummary($0.bytes) }
    }

    /// The revocation lists, each with its file.
    static func lists(_ snapshot: TrustSnapshot) -> [(file: String, list: RevocationListSummary)] {
        snapshot.evidence.filter { $0.kind == .revocationList }.compactMap { file in
            RevocationListSummary(file.bytes).map { (file.name, $0) }
        }
    }
}

extension TrustFileKind {
    /// The word of the table.
    var word: String {
        switch self {
        case .prescriberRoot: "prescriber root"
        case .register: "register"
        case .issuer: "issuer"
        case .revocationList: "revocation list"
        case .authorisations: "authorisations"
        case .pharmacies: "pharmacies"
        }
    }
}
