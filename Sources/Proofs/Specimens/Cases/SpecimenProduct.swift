import Vocabulary

/// Products of the made-up price list in `Fixtures/prices`.
package enum SpecimenProduct: String, CaseIterable, Sendable {
    /// Group B, nothing special.
    case ordinary = "900801"
    /// Group B, 50 tablets; 900101 has 100 of the same.
    case substitutable = "900102"
    /// Group B, for children.
    case chewable = "900803"
    /// Group A.
    case antibiotic = "900301"
    case paragraph4 = "900401"
    case specialist = "900501"
    case hospital = "900601"

    /// Units in a package.
    package var size: Int {
        switch self {
        case .ordinary: 100
        case .substitutable: 50
        case .chewable: 98
        case .antibiotic, .paragraph4: 20
        case .specialist: 30
        case .hospital: 10
        }
    }

    private var codes: (drug: String, atc: String, group: DispensingGroup, name: String) {
        switch self {
        case .ordinary: ("28990000801", "H03AA01", .b, "Levothyroxin Prøvefarma 50 mikrogram tabletter")
        case .substitutable:
            ("28990000101", "C10AA01", .b, "Simvastatin Prøvefarma 40 mg filmovertrukne tabletter")
        case .chewable: ("28990000803", "R03DC03", .b, "Montelukast Testgen 5 mg tyggetabletter")
        case .antibiotic:
            (
                "28990000301", "J01CE02", .a,
                "Phenoxymethylpenicillin Prøvefarma 1 mill. IE filmovertrukne tabletter"
            )
        case .paragraph4: ("28990000401", "N02AA05", .aParagraph4, "Oxycodon Prøvefarma 5 mg kapsler, hårde")
        case .specialist:
            ("28990000501", "D10BA01", .specialist, "Isotretinoin Prøvefarma 20 mg kapsler, bløde")
        case .hospital:
            (
                "28990000601", "J01DC02", .hospital,
                "Cefuroxim Nordprøve 750 mg pulver til injektionsvæske"
            )
        }
    }

    var dosage: String { self == .antibiotic ? "1 tablet 3 gange daglig i 7 dage" : "1 daglig" }

    var indication: String? {
        switch self {
        case .ordinary: "mod for lavt stofskifte"
        case .substitutable: "mod forhøjet kolesterol"
        case .antibiotic: "mod betændelse"
        default: nil
        }
    }

    func content() throws(SpecimenFlaw) -> PrescribedProduct {
        let codes = codes
        guard let number = ProductNumber(rawValue), let drug = DrugID(codes.drug),
            let atc = ATCCode(codes.atc), let size = Quantity(size)
        else { throw .badContent(rawValue) }
        return PrescribedProduct(
            number: number, drug: drug, atc: atc, name: codes.name, packageSize: size, group: codes.group)
    }
}
