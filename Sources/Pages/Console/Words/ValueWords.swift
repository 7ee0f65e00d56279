import Lifecycles
import Records
import Vocabulary

// The closed lists of the trade, as an operator reads them. Danish stands before English.

extension AuthorizationStatus {
    func words(_ language: Language) -> String {
        switch self {
        case .requiresConfirmation: language.pick("Venter på kunden", "Waits for the customer")
        case .processing: language.pick("Hos indløseren", "With the acquirer")
        case .approved: language.pick("Godkendt", "Approved")
        case .captured: language.pick("Hævet", "Captured")
        case .declined: language.pick("Afvist", "Declined")
        case .canceled: language.pick("Annulleret", "Canceled")
        case .expired: language.pick("Udløbet", "Expired")
        }
    }

    var tone: Tone {
        switch self {
        case .requiresConfirmation, .processing: .waiting
        case .approved, .captured: .good
        case .declined: .bad
        case .canceled, .expired: .quiet
        }
    }
}

extension DeclineReason {
    func words(_ language: Language) -> String { language.pick(danish, english) }
}

extension DeclineParty {
    func words(_ language: Language) -> String {
        switch self {
        case .merchantRules: language.pick("Forretningens regler", "The merchant's rules")
        case .authentication: language.pick("Godkendelsen", "The confirmation")
        case .card: language.pick("Kortet", "The card")
        case .prescription: language.pick("Recepten", "The prescription")
        case .acquirer: language.pick("Indløseren", "The acquirer")
        case .issuer: language.pick("Kortets bank", "The card's bank")
        }
    }
}

extension OperatorRole {
    func words(_ language: Language) -> String {
        switch self {
        case .viewer: language.pick("Læser", "Viewer")
        case .auditor: language.pick("Revisor", "Auditor")
        case .operator: language.pick("Operatør", "Operator")
        case .administrator: language.pick("Administrator", "Administrator")
        }
    }
}

extension ChangeKind {
    func words(_ language: Language) -> String {
        switch self {
        case .unblockCustomer: language.pick("Ophæv spærring af kunde", "Unblock a customer")
        case .unblockCertificate: language.pick("Ophæv spærring af certifikat", "Unblock a certificate")
        case .eraseCustomer: language.pick("Slet kunde", "Erase a customer")
        case .addOperator: language.pick("Tilføj operatør", "Add an operator")
        case .endOperator: language.pick("Afslut operatør", "End an operator")
        case .changeRules: language.pick("Skift regler", "Change the rules")
        }
    }
}

extension ChangeStatus {
    func words(_ language: Language) -> String {
        switch self {
        case .pending: language.pick("Venter", "Waits")
        case .approved: language.pick("Godkendt", "Approved")
        case .rejected: language.pick("Afslået", "Rejected")
        case .expired: language.pick("Udløbet", "Expired")
        }
    }

    var tone: Tone {
        switch self {
        case .pending: .waiting
        case .approved: .good
        case .rejected: .bad
        case .expired: .quiet
        }
    }
}

extension Factor {
    func words(_ language: Language) -> String {
        AuditFactor(rawValue: rawValue)?.words(language) ?? rawValue
    }
}

extension AuditFactor {
    func words(_ language: Language) -> String {
        switch self {
        case .app: language.pick("Kode-app", "Code app")
        case .keyCard: language.pick("Nøglekort", "Key card")
        case .codeToken: language.pick("Kodeviser", "Code token")
        case .password: language.pick("Adgangskode", "Password")
        case .none: language.pick("Intet", "None")
        }
    }
}

extension DeclineFixer {
    func words(_ language: Language) -> String {
        switch self {
        case .shop: language.pick("forretningen", "the merchant")
        case .customer: language.pick("kunden", "the customer")
        case .prescriber: language.pick("den, der ordinerede", "the prescriber")
        case .pharmacy: language.pick("apoteket", "the pharmacy")
        case .issuer: language.pick("kortets bank", "the card's bank")
        case .later: language.pick("tiden", "time")
        case .gatewayOperator: language.pick("en operatør", "an operator")
        }
    }
}

extension LineKind {
    func words(_ language: Language) -> String {
        switch self {
        case .goods: language.pick("Vare", "Goods")
        case .medicine: language.pick("Lægemiddel", "Medicine")
        case .fee: language.pick("Gebyr", "Fee")
        case .discount: language.pick("Rabat", "Discount")
        case .subsidy: language.pick("Tilskud", "Subsidy")
        }
    }
}
