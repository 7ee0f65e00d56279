import Notation
import Proofs
import Vocabulary

/// Which file of the trust folder is broken, and how.
package struct TrustProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its path inside the folder.
    package let name: String
    /// What is wrong and what to do. Never a value from the file.
    package let explanation: String

    package init(name: String, explanation: String) {
        self.name = name
        self.explanation = explanation
    }

    package var description: String { "\(name): \(explanation)" }
}

extension TrustSnapshot {
    /// Makes the snapshot that these files stand for: the same files give the same snapshot, however old
    /// they are.
    package init(evidence: [TrustEvidence]) throws(TrustProblem) {
        var roots: [Certificate] = []
        var registers: [Certificate] = []
        var lists: [TrustEvidence] = []
        var authorisations = AuthorisationRegister([])
        var pharmacies = PharmacyRegister([])
        for file in evidence {
            switch file.kind {
            case .prescriberRoot: roots += try Self.certificates(file)
            case .register: registers += try Self.certificates(file)
            case .issuer: _ = try Self.certificates(file)
            case .revocationList: lists.append(file)
            case .authorisations: authorisations = try Self.authorisations(file)
            case .pharmacies: pharmacies = try Self.pharmacies(file)
            }
        }
        do {
            let anchors = try TrustAnchors(
                prescriberRoots: roots.map(\.bytes), registers: registers.map(\.bytes),
                crls: lists.map(\.bytes), authorisations: authorisations)
            self.init(anchors: anchors, pharmacies: pharmacies, evidence: evidence)
        } catch {
            let name =
                switch error {
                case .badPrescriberRoot(let position), .noAuthority(let position): roots[position].file
                case .badRegister(let position): registers[position].file
                case .badRevocationList(let position): lists[position].name
                case .badAuthorisation: TrustFileKind.authorisations.rawValue
                }
            throw TrustProblem(name: name, explanation: error.explanation)
        }
    }

    /// One certificate of a file in DER.
    private struct Certificate {
        let file: String
        let bytes: [UInt8]
    }

    private static func certificates(_ file: TrustEvidence) throws(TrustProblem) -> [Certificate] {
        guard let blocks = PEM.read(try text(file)), !blocks.isEmpty,
            blocks.allSatisfy({ $0.label == "CERTIFICATE" })
        else {
            throw TrustProblem(name: file.name, explanation: "It takes certificates in PEM and nothing else.")
        }
        return blocks.map { Certificate(file: file.name, bytes: $0.bytes) }
    }

    private static func authorisations(_ file: TrustEvidence) throws(TrustProblem) -> AuthorisationRegister {
        let text = try text(file)
        do {
            return try AuthorisationRegister(csv: text)
        } catch {
            throw TrustProblem(name: file.name, explanation: error.explanation)
        }
    }

    private static func pharmacies(_ file: TrustEvidence) throws(TrustProblem) -> PharmacyRegister {
        let text = try text(file)
        do {
            return try PharmacyRegister(csv: text)
        } catch {
            throw TrustProblem(name: file.name, explanation: "Line \(error.line): \(error.explanation)")
        }
    }

    private static func text(_ file: TrustEvidence) throws(TrustProblem) -> String {
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw TrustProblem(name: file.name, explanation: "It is no text in UTF-8.")
        }
        return text
    }
}
