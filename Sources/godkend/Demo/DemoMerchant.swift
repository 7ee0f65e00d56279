import Proofs
import Vocabulary

/// The merchants that play in the demo, by the names of their files.
enum DemoMerchant: String, CaseIterable, Sendable {
    case shop = "bogbixen"
    case pharmacy = "nordlys-apotek"
    /// A clinic's system: files what its doctors sign.
    case clinic = "laegehuset"

    var title: String {
        switch self {
        case .shop: "Bogbixen, a webshop"
        case .pharmacy: "Nordlys Apotek, an online pharmacy"
        case .clinic: "Lægehuset, a clinic that files prescriptions"
        }
    }

    /// The file that the demo brings along for a folder that has none.
    var file: String {
        switch self {
        case .shop: "kind: webshop\nname: Bogbixen ApS\ncurrencies: [DKK]\n"
        case .pharmacy:
            "kind: pharmacy\nname: Nordlys Apotek\ngln: \"\(SpecimenContent.pharmacy)\"\ncurrencies: [DKK]\n"
        case .clinic: "kind: filer\nname: Lægehuset\n"
        }
    }
}

/// The fresh keys of the demo's merchants.
struct DemoKeys: Sendable {
    private let pairs: [DemoMerchant: MerchantKeyPair]

    init(in folder: MerchantFolder) throws {
        var pairs: [DemoMerchant: MerchantKeyPair] = [:]
        for merchant in DemoMerchant.allCases {
            pairs[merchant] = try MerchantWriting.rotate(
                merchant: merchant.rawValue, folder: folder, isLive: false, graceSeconds: 0)
        }
        self.pairs = pairs
    }

    func secret(of merchant: DemoMerchant) -> String { pairs[merchant]?.secret.exposed() ?? "" }

    func publishable(of merchant: DemoMerchant) -> String { pairs[merchant]?.publishable?.exposed() ?? "" }

    /// Each merchant with its keys in clear, for a person who goes on with the server.
    var lines: [String] {
        DemoMerchant.allCases.flatMap { merchant in
            let publishable = publishable(of: merchant)
            return ["\(merchant.title):", "  secret key       \(secret(of: merchant))"]
                + (publishable.isEmpty ? [] : ["  publishable key  \(publishable)"])
        }
    }
}
