import Vocabulary

extension DeclineReason {
    /// What the word of the closed list means, in a few words; the whole sentence is in its entry.
    var english: String { englishOfRules ?? englishOfRecord ?? englishOfMoney ?? rawValue }

    private var englishOfRules: String? {
        switch self {
        case .merchantSuspended: "The merchant is suspended"
        case .currencyNotAllowed: "The merchant has no agreement on this currency"
        case .amountOverLimit: "The amount is over the merchant's limit"
        case .merchantNotPharmacy: "Medicine from a merchant that is no pharmacy"
        case .productUnknown: "The product is not in the price list"
        case .ageRestricted: "The buyer is too young for the product"
        case .codeAppRequired: "Another factor than the code app was offered"
        case .noCodeApp: "The customer has no code app that may confirm"
        case .confirmationDenied: "The customer said no in the code app"
        case .confirmationReported: "The customer said that the payment is not theirs"
        case .confirmationExpired: "The customer did not answer in time"
        case .confirmationMismatch: "The payment changed after the customer was asked"
        case .matchCodeWrong: "The customer typed a wrong number"
        case .appBlocked: "The code app is blocked"
        case .customerBlocked: "The customer is blocked"
        case .certificateBlocked: "The customer's certificate is blocked"
        case .tooManyAttempts: "Too many wrong answers"
        case .pushBudgetSpent: "The customer was asked too often without a success"
        case .confirmationPendingElsewhere: "Another payment waits for the customer's answer"
        case .cardNotEnrolled: "The card belongs to no customer"
        case .cardExpired: "The card has expired"
        case .cardBlocked: "The card is blocked with us"
        default: nil
        }
    }

    private var englishOfRecord: String? {
        switch self {
        case .rxMissing: "The product needs a prescription, and there is none"
        case .rxSignatureInvalid: "The signature on the prescription is not genuine"
        case .rxAlgorithmRefused: "The prescription is signed in a way that is not accepted"
        case .rxCertificateMalformed: "The signer's certificate is malformed"
        case .rxChainUntrusted: "The signer's certificate leads to no trusted issuer"
        case .rxSigningTimeImplausible: "The time of signing is not plausible"
        case .rxDateMismatch: "The dates on the prescription do not agree"
        case .rxRevoked: "The signer's certificate was revoked"
        case .rxRevocationUnknown: "It is not known whether the certificate was revoked"
        case .rxPrescriberNotEntitled: "The signer may not prescribe this"
        case .rxPrescriberInactive: "The signer's authorization is not in force"
        case .rxConflict: "Two different prescriptions have the same number"
        case .rxPatientMismatch: "The prescription is for another person"
        case .rxNotCovered: "The prescription does not cover the product"
        case .rxSubstitutionRefused: "The prescription does not allow a substitute"
        case .rxQuantityExceeded: "More was ordered than is prescribed"
        case .rxExhausted: "The prescription is used up"
        case .rxTooEarly: "Too soon after the last handover"
        case .rxNotYetValid: "The prescription is not valid yet"
        case .rxExpired: "The prescription has expired"
        case .rxCanceled: "The prescription was canceled"
        case .rxGroupSingle: "The medicine may be handed over once only"
        case .rxAge: "The patient's age does not fit the medicine"
        case .rxProxyMissing: "The buyer may not act for the patient"
        case .rxHeldElsewhere: "Another order holds the prescription"
        case .rxAttestationStale: "The register's attestation is too old"
        default: nil
        }
    }

    private var englishOfMoney: String? {
        switch self {
        case .acquirerUnavailable: "The acquirer did not answer in time"
        case .partialApproval: "The acquirer approved a part of the amount only"
        case .processingError: "The acquirer could not process the payment"
        case .doNotHonor: "The card's bank declined without saying why"
        case .insufficientFunds: "There is not enough money on the account"
        case .lostCard: "The card was reported lost"
        case .stolenCard: "The card was reported stolen"
        case .incorrectCvc: "The verification code is wrong"
        case .expiredCard: "The card's bank says that the card has expired"
        case .authenticationRequired: "The card's bank wants the customer to confirm once more"
        default: nil
        }
    }
}
