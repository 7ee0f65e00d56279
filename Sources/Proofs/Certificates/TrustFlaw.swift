/// Why something cannot be made a ground of trust. Positions count from 0 in the list handed in.
package enum TrustFlaw: Error, Hashable, Sendable {
    /// Not exactly one certificate, DER.
    case badPrescriberRoot(position: Int)
    /// A certificate that may not issue others.
    case noAuthority(position: Int)
    case badRegister(position: Int)
    /// Not a revocation list that we read.
    case badRevocationList(position: Int)
    /// A row of the register of authorisations that is not of its form. Lines count from 1.
    case badAuthorisation(line: Int)

    /// One sentence that says what to mend.
    package var explanation: String {
        switch self {
        case .badPrescriberRoot(let position):
            "Prescriber root \(position + 1) is not one certificate of our rules."
        case .noAuthority(let position):
            "Prescriber root \(position + 1) is no certificate of an authority."
        case .badRegister(let position): "Register \(position + 1) is not one certificate of our rules."
        case .badRevocationList(let position):
            "Revocation list \(position + 1) is not a complete, direct X.509 CRL in DER."
        case .badAuthorisation(let line):
            "Line \(line) of the authorisations must be authorisation_id,role,from,to."
        }
    }
}
