extension DeclineReason {
    /// The row of the table that this reason has. Exhaustive: a new reason does not compile without a row.
    package var entry: DeclineEntry {
        switch self {
        case .merchantSuspended: .merchantSuspended
        case .currencyNotAllowed: .currencyNotAllowed
        case .amountOverLimit: .amountOverLimit
        case .merchantNotPharmacy: .merchantNotPharmacy
        case .productUnknown: .productUnknown
        case .ageRestricted: .ageRestricted
        case .codeAppRequired: .codeAppRequired
        case .noCodeApp: .noCodeApp
        case .confirmationDenied: .confirmationDenied
        case .confirmationReported: .confirmationReported
        case .confirmationExpired: .confirmationExpired
        case .confirmationMismatch: .confirmationMismatch
        case .matchCodeWrong: .matchCodeWrong
        case .customerBlocked: .customerBlocked
        case .appBlocked, .certificateBlocked: .authenticatorBlocked
        case .tooManyAttempts: .tooManyAttempts
        case .pushBudgetSpent: .pushBudgetSpent
        case .confirmationPendingElsewhere: .confirmationPendingElsewhere
        case .cardNotEnrolled: .cardNotEnrolled
        case .cardExpired: .cardExpired
        case .cardBlocked: .cardBlocked
        case .rxMissing: .rxMissing
        case .rxSignatureInvalid: .rxSignatureInvalid
        case .rxAlgorithmRefused: .rxAlgorithmRefused
        case .rxCertificateMalformed: .rxCertificateMalformed
        case .rxChainUntrusted: .rxChainUntrusted
        case .rxSigningTimeImplausible: .rxSigningTimeImplausible
        case .rxDateMismatch: .rxDateMismatch
        case .rxRevoked: .rxRevoked
        case .rxRevocationUnknown: .rxRevocationUnknown
        case .rxPrescriberNotEntitled: .rxPrescriberNotEntitled
        case .rxPrescriberInactive: .rxPrescriberInactive
        case .rxConflict: .rxConflict
        case .rxPatientMismatch: .rxPatientMismatch
        case .rxNotCovered: .rxNotCovered
        case .rxSubstitutionRefused: .rxSubstitutionRefused
        case .rxQuantityExceeded: .rxQuantityExceeded
        case .rxExhausted: .rxExhausted
        case .rxTooEarly: .rxTooEarly
        case .rxNotYetValid: .rxNotYetValid
        case .rxExpired: .rxExpired
        case .rxCanceled: .rxCanceled
        case .rxGroupSingle: .rxGroupSingle
        case .rxAge: .rxAge
        case .rxProxyMissing: .rxProxyMissing
        case .rxHeldElsewhere: .rxHeldElsewhere
        case .rxAttestationStale: .rxAttestationStale
        case .acquirerUnavailable: .acquirerUnavailable
        case .partialApproval: .partialApproval
        case .processingError: .processingError
        case .doNotHonor: .doNotHonor
        case .insufficientFunds: .insufficientFunds
        case .lostCard, .stolenCard: .cardReportedMissing
        case .incorrectCvc: .incorrectCvc
        case .expiredCard: .expiredCard
        case .authenticationRequired: .authenticationRequired
        }
    }
}
