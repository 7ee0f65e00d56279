package import Vocabulary

/// People of the published Danish test families (HL7 Denmark, DK Core, CC0). Their numbers are made for
/// tests; nobody alive has one of them.
package enum SpecimenPatient: String, CaseIterable, Sendable {
    case kaja = "kaja-hansen"
    case niels = "niels-vendelboe"
    case einer = "einer-lauridsen"
    case lonni = "lonni-lauridsen"
    case muhammed = "muhammed-abdul"
    /// 16 years old at the time of the fixtures.
    case juliane = "juliane-joergensen"
    /// 6 years old; Ruddi is her guardian (`RuddiGuardianOfRikke`).
    case rikke = "rikke-berggren"
    case ruddi = "ruddi-berggren"
    /// 104 years old; Nancy has a power of attorney.
    case aage = "aage-berggren"
    case nancy = "nancy-berggren"

    /// The published number, ten digits.
    package var number: String {
        switch self {
        case .kaja: "2103009996"
        case .niels: "3001749995"
        case .einer: "0201609995"
        case .lonni: "0201609996"
        case .muhammed: "1007059995"
        case .juliane: "1110109996"
        case .rikke: "0505209996"
        case .ruddi: "1502779995"
        case .aage: "0211223989"
        case .nancy: "2512489996"
        }
    }

    package var name: String {
        switch self {
        case .kaja: "Kaja Test Hansen"
        case .niels: "Niels Test Vendelboe"
        case .einer: "Einer Test Lauridsen"
        case .lonni: "Lonni Test Lauridsen"
        case .muhammed: "Muhammed Test Abdul"
        case .juliane: "Juliane Test Jørgensen"
        case .rikke: "Rikke Test Berggren"
        case .ruddi: "Ruddi Test Berggren"
        case .aage: "Åge Test Berggren"
        case .nancy: "Nancy Ann Test Berggren"
        }
    }

    /// As a record has this person.
    package func content() throws(PersonNumberError) -> PatientContent {
        let personNumber = try PersonNumber(number)
        return PatientContent(
            personNumber: personNumber, birthDate: personNumber.birthDate, name: Redacted(name))
    }
}

/// Who may act for whom in the specimens.
package struct SpecimenRelation: Hashable, Sendable {
    package let kind: RelationKind
    package let patient: SpecimenPatient
    package let representative: SpecimenPatient

    package static let all = [
        SpecimenRelation(kind: .guardian, patient: .rikke, representative: .ruddi),
        SpecimenRelation(kind: .powerOfAttorney, patient: .aage, representative: .nancy),
    ]
}
