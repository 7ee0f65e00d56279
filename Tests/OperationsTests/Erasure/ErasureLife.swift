import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// A customer who lives through everything that the product has commands for, and leaves a word of their own,
/// or of somebody about them, wherever one can be left.
struct ErasureLife {
    static let words = [
        "kanarie-kaja", "Kanarie Kajasen", SpecimenPatient.kaja.number, "KANARIE-telefon", "KANARIE-metadata",
        "KANARIE-adresse", "KANARIE-fortrudt", "KANARIE-retur", "KANARIE-forkert", "KANARIE-batch",
    ]

    let rx: PharmacyStage
    let people: Registrars
    /// Somebody who acts for the customer and is not erased.
    let helper: TestKit.Actor

    private var stage: Stage { rx.stage }
    private var gateway: Gateway { rx.gateway }
    private var issuer: Issuer { rx.gateway.issuer }

    init() async throws {
        rx = try await PharmacyStage()
        people = try await Registrars(on: rx.gateway)
        helper = try await rx.patient(.niels, card: "5555555555554444")
    }

    func live() async throws -> CustomerID {
        let person = try await enrol()
        try await signIn(person)
        try await issuer.block(customer: person.id)
        try await issuer.unblock(customer: person.id)
        try await shop(person)
        try await forgedRecord()
        let records = try await [rx.file(rx.content()), rx.file(rx.content(record: "rx-2"))]
        try await pharmacy(person, records[0])
        try await help(person, records[1])
        try await lookUp(person)
        _ = try await issuer.activationCode(customer: person.id)
        let last = try await stage.authorize(person)
        try await stage.answer(last, by: person.app, .report)
        try await stage.quiet()
        return person.id
    }

    /// As the API names it.
    private func at(_ route: String) -> RequestIdentity { stage.identity("POST /v1/\(route)") }

    private func text(_ text: String) throws -> PlainText { try PlainText(text, maximum: 200) }

    // MARK: The person

    private func enrol() async throws -> TestKit.Actor {
        let person = try await rx.patient(
            cpr: SpecimenPatient.kaja.number, name: "Kanarie Kajasen", userID: "kanarie-kaja")
        let key = try SigningKey()
        _ = try await gateway.ledger.submit(
            EnrolTestDevice(
                customer: person.id, name: try PlainText("KANARIE-telefon", maximum: 100),
                publicKey: key.publicKey.raw64, thumbprint: key.publicKey.thumbprint))
        return person
    }

    private func signIn(_ person: TestKit.Actor) async throws {
        try await issuer.setPassword(Password("Hemmeligt-42", personNumber: nil), of: person.id)
        let card = try await issuer.issueKeyCard(customer: person.id)
        _ = try await issuer.issueCodeToken(customer: person.id)
        let started = try await gateway.startSignIn(
            userID: "kanarie-kaja", password: Redacted("Hemmeligt-42"))
        let code = card.codes.first { $0.number == started.keyNumber }?.code
        let progress = try await gateway.completeSignIn(
            started.id, factor: .keyCard, code: Redacted(try #require(code)))
        guard case .session = progress else { throw StageError.notAsked }
        _ = try await gateway.startSignIn(userID: "kanarie-kaja", password: Redacted("forkert-42"))
    }

    // MARK: The shop

    private func shop(_ person: TestKit.Actor) async throws {
        try await saveCard(person)
        // Never used, by a shop that the customer bought nothing from.
        _ = try await stage.token(of: person, at: stage.otherShop)

        let given = try await asked(person)
        try await stage.answer(given, by: person.app, .approve)
        _ = try await stage.settled(given.id)
        _ = try await gateway.cancel(
            given.id, CancelRequest(reason: text("KANARIE-fortrudt")), caller: stage.shop,
            identity: at("authorizations/\(given.id)/cancel"))

        // A key card confirms no payment: this one ends there.
        let carded = try await asked(person)
        let question = try #require(carded.confirmation).id
        _ = try await gateway.offerFactor(
            question, FactorOffer(factor: .keyCard, code: Redacted("123456")),
            by: .page(token: gateway.keys.pageToken(for: question)), identity: nil)

        let bought = try await asked(person)
        try await stage.answer(bought, by: person.app, .approve)
        _ = try await stage.settled(bought.id)
        _ = try await gateway.capture(
            bought.id, CaptureRequest(), caller: stage.shop,
            identity: at("authorizations/\(bought.id)/capture"))
        _ = try await stage.settled(bought.id)
        _ = try await gateway.refund(
            bought.id, RefundRequest(amountMinor: 100, reason: text("KANARIE-retur")), caller: stage.shop,
            identity: at("authorizations/\(bought.id)/refunds"))
        try await stage.quiet()
    }

    private func saveCard(_ person: TestKit.Actor) async throws {
        _ = try await gateway.tokenizeCard(
            TokenizeRequest(
                card: person.card, expiry: person.expiry, verificationCode: nil, isReusable: true),
            caller: stage.shop, identity: at("card_tokens"))
    }

    private func asked(_ person: TestKit.Actor) async throws -> Authorization {
        let plain = try await stage.request(person)
        let request = AuthorizeRequest(
            money: plain.money, card: plain.card, capture: .manual, order: plain.order,
            returnURL: "https://bogbixen.example/KANARIE-adresse",
            metadata: [Metadata(name: "note", value: "KANARIE-metadata")])
        let answered = try await gateway.authorize(
            request, caller: stage.shop, identity: at("authorizations"))
        return try await stage.load(try Stage.id(in: answered))
    }

    // MARK: The pharmacy

    /// A text about the customer that nobody vouches for: the signature is another record's.
    private func forgedRecord() async throws {
        let (one, other) = try (rx.content(record: "rx-8"), rx.content(record: "rx-9"))
        let pieces = try [one, other].map {
            try rx.trust.pki.sign($0, by: .doctor, at: $0.issuedAt).split(separator: ".")
        }
        let forged = (pieces[0].prefix(2) + pieces[1].suffix(1)).joined(separator: ".")
        try await rx.file(compact: forged)
        // And one whose signer was revoked, which the text proves.
        let revoked = try rx.content(record: "rx-7", by: .revokedDoctor)
        try await rx.file(revoked, by: .revokedDoctor)
    }

    private func pharmacy(_ person: TestKit.Actor, _ record: PrescriptionID) async throws {
        let paid = try await rx.paidOrder(person, [Draw(record)])
        let handover = try await handOver(paid.id)
        _ = try await gateway.undoHandover(
            handover, of: paid.id, UndoRequest(reason: text("KANARIE-forkert"), reopen: false),
            caller: rx.pharmacy, identity: at("authorizations/\(paid.id)/handovers/\(handover)/undo"))
    }

    /// Somebody else pays, and hands over to the customer.
    private func help(_ person: TestKit.Actor, _ record: PrescriptionID) async throws {
        _ = try await issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: try PersonNumber(SpecimenPatient.kaja.number),
                holder: helper.id, from: nil, to: nil, isApproved: true))
        let paid = try await rx.paidOrder(helper, [Draw(record)])
        try await handOver(paid.id)
    }

    @discardableResult
    private func handOver(_ id: AuthorizationID) async throws -> HandoverID {
        let line = try PharmacyStage.given(batch: "KANARIE-batch")
        return try Stage.id(
            in: try await gateway.handOver(
                id, HandoverRequest(lines: [line], isFinal: true), caller: rx.pharmacy,
                identity: at("authorizations/\(id)/handovers")))
    }

    private func lookUp(_ person: TestKit.Actor) async throws {
        let answered = try await gateway.startLookup(
            userID: "kanarie-kaja", caller: rx.pharmacy, identity: at("prescription_lookups"))
        let lookup: LookupID = try Stage.id(in: answered)
        let question = try await gateway.lookup(
            lookup, caller: rx.pharmacy, wait: WaitRequest(seconds: 1, knownVersion: nil)
        ).confirmation.id
        let compact = try await stage.signed(question, by: person.app, .approve)
        _ = try await gateway.answer(question, compact: compact, from: person.app.id)
    }
}
