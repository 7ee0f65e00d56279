import Operations
import Proofs
import Records
import Vocabulary

/// A shop of the history: a merchant that sells, and who it is when it calls.
struct HistoryShop: Sendable {
    let caller: Caller
    /// What its order numbers begin with.
    let mark: String

    var merchant: Merchant { caller.merchant }
    var isPharmacy: Bool { merchant.gln != nil }
    var owner: Owner { Owner(merchant: merchant.id, isLive: false) }

    /// Nil for a merchant that sells nothing.
    init?(_ merchant: Merchant) {
        guard merchant.kind != .filer, let key = merchant.keys.first(where: { $0.kind == .secret }) else {
            return nil
        }
        self.init(Self.opened(merchant), key: key)
    }

    /// A suspended shop was not always so: the history ends with its suspension.
    static func opened(_ merchant: Merchant) -> Merchant {
        Merchant(
            id: merchant.id, kind: merchant.kind, name: merchant.name, gln: merchant.gln, isSuspended: false,
            currencies: merchant.currencies, limits: merchant.limits, origins: merchant.origins,
            keys: merchant.keys)
    }

    private init(_ merchant: Merchant, key: MerchantKey) {
        caller = Caller(merchant: merchant, key: key.id, kind: .secret, isLive: false)
        mark = merchant.id.text.prefix(2).uppercased()
    }

    /// The same shop as its file says it is today.
    func closed(as merchant: Merchant) -> HistoryShop {
        guard let key = merchant.keys.first(where: { $0.kind == .secret }) else { return self }
        return HistoryShop(merchant, key: key)
    }
}

/// Whom the history believes: its own pharmacies are on the list, and nobody signs prescriptions.
struct HistoryTrust: TrustSource {
    private let snapshot: TrustSnapshot

    init(_ merchants: [Merchant]) throws {
        let entries = merchants.compactMap { merchant -> PharmacyEntry? in
            guard let gln = merchant.gln, let from = LocalDate(year: 2_015, month: 7, day: 1) else {
                return nil
            }
            return PharmacyEntry(
                gln: gln, name: merchant.name.text, from: from, to: nil,
                logo: "https://laegemiddelstyrelsen.example/apoteker/\(merchant.id.text)")
        }
        let nobody = try EmptyTrust().current()
        snapshot = TrustSnapshot(
            anchors: nobody.anchors, pharmacies: PharmacyRegister(entries), evidence: nobody.evidence)
    }

    func current() -> TrustSnapshot { snapshot }
}
