import Foundation
import Notation
import Operations
import Proofs
import Vocabulary

/// What a pharmacy's orders rest on: whom the gateway trusts, and which products there are.
enum DemoEvidence {
    /// The product of the demo: the specimen records prescribe it.
    static let product = SpecimenProduct.ordinary.rawValue
    /// Beside the folder of merchants in a checkout; a binary that was moved has it not.
    private static let priceLists = "Fixtures/prices"

    /// Writes the trust folder of the specimens, with revocation lists of this moment.
    static func writeTrust(of pki: SpecimenPKI, to state: StateFolder) throws {
        try state.make()
        let files = TrustFiles(path: state.trust)
        for file in try SpecimenTrust.evidence(of: pki, listsAt: pki.moment) {
            try files.write(file.bytes, to: file.name)
        }
    }

    /// The order to take in a price list that counts from today on.
    static func priceImport(on day: LocalDate) -> (call: IssuerCall, source: String) {
        let (source, bytes) = newestPriceList() ?? ("a list of one product", [UInt8](builtIn.utf8))
        let file: JSON = ["name": "prices.csv", "content": .text(Base64.encode(bytes))]
        return (
            IssuerCall(
                .importPriceList, [("valid_from", .text(day.description)), ("files", .array([file]))]),
            source
        )
    }

    private static func newestPriceList() -> (source: String, bytes: [UInt8])? {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: priceLists)) ?? []
        guard let name = names.filter({ $0.hasSuffix(".csv") }).max(),
            let data = files.contents(atPath: "\(priceLists)/\(name)"),
            String(decoding: data, as: UTF8.self).contains("\n\(product),")
        else { return nil }
        return ("\(priceLists)/\(name)", [UInt8](data))
    }

    private static let builtIn = """
        number,drug_id,atc,name,package_size,substitution_group,dispensing_group,price
        \(product),28990000801,H03AA01,Levothyroxin Prøvefarma 50 mikrogram tabletter,100,S0801,B,5725

        """
}
