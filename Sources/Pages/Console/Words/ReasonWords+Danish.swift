import Vocabulary

extension DeclineReason {
    /// What the word of the closed list means, for an operator who reads Danish.
    var danish: String { danishOfRules ?? danishOfRecord ?? danishOfMoney ?? rawValue }

    private var danishOfRules: String? {
        switch self {
        case .merchantSuspended: "Forretningen er sat i bero"
        case .currencyNotAllowed: "Valutaen er ikke aftalt med forretningen"
        case .amountOverLimit: "Beløbet er over forretningens grænse"
        case .merchantNotPharmacy: "Medicin fra en forretning, der ikke er et apotek"
        case .productUnknown: "Varen findes ikke i prislisten"
        case .ageRestricted: "Køberen er ikke gammel nok til varen"
        case .codeAppRequired: "Et andet bevis end kode-appen blev tilbudt"
        case .noCodeApp: "Kunden har ingen kode-app, der må godkende"
        case .confirmationDenied: "Kunden sagde nej i kode-appen"
        case .confirmationReported: "Kunden meldte, at betalingen ikke er deres"
        case .confirmationExpired: "Kunden svarede ikke i tide"
        case .confirmationMismatch: "Betalingen blev ændret, efter at kunden var spurgt"
        case .matchCodeWrong: "Kunden indtastede et forkert tal"
        case .appBlocked: "Kode-appen er spærret"
        case .customerBlocked: "Kunden er spærret"
        case .certificateBlocked: "Kundens certifikat er spærret"
        case .tooManyAttempts: "For mange forkerte svar"
        case .pushBudgetSpent: "Kunden er spurgt for ofte uden at godkende"
        case .confirmationPendingElsewhere: "En anden betaling venter på kundens svar"
        case .cardNotEnrolled: "Kortet er ikke knyttet til en kunde"
        case .cardExpired: "Kortet er udløbet"
        case .cardBlocked: "Kortet er spærret hos os"
        default: nil
        }
    }

    private var danishOfRecord: String? {
        switch self {
        case .rxMissing: "Varen kræver recept, og der er ingen"
        case .rxSignatureInvalid: "Receptens underskrift er ikke ægte"
        case .rxAlgorithmRefused: "Recepten er underskrevet på en måde, vi ikke godtager"
        case .rxCertificateMalformed: "Underskriverens certifikat er ikke i orden"
        case .rxChainUntrusted: "Underskriverens certifikat fører ikke til en udsteder, vi stoler på"
        case .rxSigningTimeImplausible: "Receptens tidspunkt kan ikke passe"
        case .rxDateMismatch: "Receptens datoer passer ikke sammen"
        case .rxRevoked: "Underskriverens certifikat var trukket tilbage"
        case .rxRevocationUnknown: "Det vides ikke, om certifikatet er trukket tilbage"
        case .rxPrescriberNotEntitled: "Underskriveren må ikke udskrive dette"
        case .rxPrescriberInactive: "Underskriverens autorisation gælder ikke"
        case .rxConflict: "Der er to forskellige recepter med samme nummer"
        case .rxPatientMismatch: "Recepten er til en anden person"
        case .rxNotCovered: "Recepten dækker ikke varen"
        case .rxSubstitutionRefused: "Recepten tillader ikke, at varen byttes"
        case .rxQuantityExceeded: "Der er bestilt mere, end recepten giver"
        case .rxExhausted: "Recepten er brugt op"
        case .rxTooEarly: "Der er ikke gået lang tid nok siden sidste udlevering"
        case .rxNotYetValid: "Recepten gælder ikke endnu"
        case .rxExpired: "Recepten er udløbet"
        case .rxCanceled: "Recepten er annulleret"
        case .rxGroupSingle: "Lægemidlet må kun udleveres én gang på recepten"
        case .rxAge: "Patientens alder passer ikke til lægemidlet"
        case .rxProxyMissing: "Køberen må ikke handle for patienten"
        case .rxHeldElsewhere: "En anden ordre holder recepten"
        case .rxAttestationStale: "Registerets bekræftelse af recepten er for gammel"
        default: nil
        }
    }

    private var danishOfMoney: String? {
        switch self {
        case .acquirerUnavailable: "Indløseren svarede ikke i tide"
        case .partialApproval: "Indløseren ville kun godkende en del af beløbet"
        case .processingError: "Indløseren kunne ikke behandle betalingen"
        case .doNotHonor: "Kortets bank afviste uden at sige hvorfor"
        case .insufficientFunds: "Der er ikke penge nok på kontoen"
        case .lostCard: "Kortet er meldt tabt"
        case .stolenCard: "Kortet er meldt stjålet"
        case .incorrectCvc: "Kontrolcifrene er forkerte"
        case .expiredCard: "Kortets bank siger, at kortet er udløbet"
        case .authenticationRequired: "Kortets bank vil have kunden til at godkende endnu en gang"
        default: nil
        }
    }
}
