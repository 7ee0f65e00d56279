// Rows of the table of decline reasons: what the prescription does not allow.

extension DeclineEntry {
    static let rxMissing = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-COVER", fixedBy: .customer,
        "A product of the order needs a prescription and none is named.")
    static let rxSignatureInvalid = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-SIG", fixedBy: .prescriber,
        "The signature of the prescription is wrong.")
    static let rxAlgorithmRefused = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-ALG", fixedBy: .prescriber,
        "The prescription is signed by an algorithm that is not allowed.")
    static let rxCertificateMalformed = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-CERT-ONE", fixedBy: .prescriber,
        "The certificates of the prescription are not in order.")
    static let rxChainUntrusted = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-CHAIN", fixedBy: .prescriber,
        "The certificate of the prescription leads to no trusted root.")
    static let rxSigningTimeImplausible = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-TIME", fixedBy: .prescriber,
        "The stated signing time does not fit the certificate or the filing.")
    static let rxDateMismatch = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-DAY", fixedBy: .prescriber,
        "The issue date is not the local date of the signature.")
    static let rxRevoked = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-REV", fixedBy: .prescriber,
        "The certificate of the prescription was revoked.")
    static let rxRevocationUnknown = DeclineEntry(
        by: .prescription, .classOnly(.tryLater), requirement: "RX-REV-DOWN", fixedBy: .later,
        "Nothing fresh says whether the certificate is revoked.")
    static let rxPrescriberNotEntitled = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-ROLE", fixedBy: .prescriber,
        "The signer may not prescribe this.")
    static let rxPrescriberInactive = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-AUTH-ACTIVE", fixedBy: .prescriber,
        "The authorisation of the prescriber was not active on the signing date.")
    static let rxConflict = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-ID", fixedBy: .prescriber,
        "The same prescription was filed with other contents.")
    static let rxPatientMismatch = DeclineEntry(
        by: .prescription, .classOnly(.person), requirement: "RX-PATIENT", fixedBy: .customer,
        "The prescription belongs to somebody else.")
    static let rxNotCovered = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-COVER", fixedBy: .pharmacy,
        "No line of the prescription covers this product.")
    static let rxSubstitutionRefused = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-SUBST", fixedBy: .pharmacy,
        "The prescription does not allow this product in place of the prescribed one.")
    static let rxQuantityExceeded = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-QTY", fixedBy: .pharmacy,
        "The quantity is more than the prescription leaves.")
    static let rxExhausted = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-COUNT", fixedBy: .prescriber,
        "All handovers of the prescription are used.")
    static let rxTooEarly = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-INTERVAL", fixedBy: .later,
        "The interval since the last handover is not over.")
    static let rxNotYetValid = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-VALID", fixedBy: .later,
        "The prescription is not valid yet.")
    static let rxExpired = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-VALID", fixedBy: .prescriber,
        "The prescription has expired.")
    static let rxCanceled = DeclineEntry(
        by: .prescription, .classOnly(.record), requirement: "RX-CANCEL", fixedBy: .prescriber,
        "The prescriber canceled the prescription.")
    static let rxGroupSingle = DeclineEntry(
        by: .prescription, .classOnly(.coverage), requirement: "RX-GROUP", fixedBy: .prescriber,
        "A product of this dispensing group is handed over once only.")
    static let rxAge = DeclineEntry(
        by: .prescription, .classOnly(.person), requirement: "RX-MINOR", fixedBy: .customer,
        "The patient or the buyer is too young for this.")
    static let rxProxyMissing = DeclineEntry(
        by: .prescription, .classOnly(.person), requirement: "RX-PROXY", fixedBy: .customer,
        "No guardianship or power of attorney covers this.")
    static let rxHeldElsewhere = DeclineEntry(
        by: .prescription, .classOnly(.tryLater), requirement: "RX-LAST", fixedBy: .later,
        "Another order holds this line of the prescription.")
    static let rxAttestationStale = DeclineEntry(
        by: .prescription, .classOnly(.tryLater), requirement: "RX-ID", fixedBy: .pharmacy,
        "What the register attested is too old.")
}
