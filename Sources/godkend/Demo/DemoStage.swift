import Notation
import Proofs
import Vocabulary

/// Who plays in the demo, each with fresh keys.
struct DemoStage: Sendable {
    let shop: DemoShop
    let pharmacy: DemoShop
    let clinic: DemoClinic
    /// Buys, confirms, and is the patient of the prescriptions.
    let customer: DemoCustomer
    /// Pays with a card of his own; the prescriptions are not his.
    let other: DemoCustomer
    /// One code of the customer's printed key card.
    let keyCardCode: String

    static let userID = "kaja.hansen"
    static let password = "hemmelig1"

    /// Sets the stage: the issuer's part through the control socket, the rest over HTTP.
    init(server: String, keys: DemoKeys, pki: SpecimenPKI, socket: String) async throws {
        let issuer = ControlClient(socket: socket)
        shop = DemoShop("shop", .shop, server: server, keys: keys)
        pharmacy = DemoShop("pharmacy", .pharmacy, server: server, keys: keys)
        clinic = DemoClinic(server: server, key: keys.secret(of: .clinic), pki: pki)
        let prices = DemoEvidence.priceImport(on: LocalDate(pki.moment))
        _ = try await issuer.perform(prices.call)
        customer = try await DemoCustomer(
            .kaja, userID: Self.userID, password: Self.password, cards: [.approved, .insufficientFunds],
            issuer: issuer, server: server)
        other = try await DemoCustomer(
            .niels, userID: "niels.vendelboe", cards: [.other], issuer: issuer, server: server)
        let keyCard = try await issuer.perform(
            IssuerCall(.issueKeyCard, [("customer", .text(customer.id))]))
        keyCardCode = keyCard.object?["codes"]?.object?.members.first?.value.text ?? "000000"
        Terminal.say("Players: \(DemoMerchant.allCases.map(\.title).joined(separator: "; "));")
        Terminal.say(
            "  \(SpecimenPatient.kaja.name) and \(SpecimenPatient.niels.name), with cards and code apps.")
        Terminal.say("People, signatures and products are made up, the prices from \(prices.source).")
    }
}
