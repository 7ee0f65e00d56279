package import Operations
package import Proofs
package import Vocabulary

/// A stage with what pharmacies need: a trust that believes the specimens, a price list, patients whose CPR
/// numbers are known.
package struct PharmacyStage: Sendable {
    package let stage: Stage
    package let trust: StageTrust

    package var gateway: Gateway { stage.gateway }
    package var clock: any Clock { stage.clock }
    package var pharmacy: Caller { stage.pharmacy }
    /// The day in Copenhagen.
    package var today: LocalDate { LocalDate(clock.now()) }

    package init(_ change: (inout Stage.Options) -> Void = { _ in }) async throws {
        var options = Stage.Options()
        change(&options)
        let trust = try StageTrust(clock: options.clock)
        options.trust = trust
        self.trust = trust
        let made = options
        stage = try Stage { $0 = made }
        try await Self.importPrices(
            into: stage.gateway, from: LocalDate(options.clock.now()).adding(days: -30))
    }

    // MARK: Prices

    /// Rows of `Fixtures/prices`, and nothing else.
    package static let prices = """
        number,drug_id,atc,name,package_size,substitution_group,dispensing_group,price
        900101,28990000101,C10AA01,Simvastatin Prøvefarma 40 mg filmovertrukne tabletter,100,S0101,B,4295
        900102,28990000101,C10AA01,Simvastatin Prøvefarma 40 mg filmovertrukne tabletter,50,S0101,B,2650
        900103,28990000103,C10AA01,Simvastatin Testgen 40 mg filmovertrukne tabletter,100,S0101,B,3760
        900104,28990000104,C10AA01,Simvastatin Prøvefarma 20 mg filmovertrukne tabletter,100,S0104,B,3495
        900301,28990000301,J01CE02,Phenoxymethylpenicillin Prøvefarma 1 mill. IE tabletter,20,S0301,A,6240
        900401,28990000401,N02AA05,"Oxycodon Prøvefarma 5 mg kapsler, hårde",20,S0401,AP4,7185
        900501,28990000501,D10BA01,"Isotretinoin Prøvefarma 20 mg kapsler, bløde",30,S0501,NBS,18900
        900601,28990000601,J01DC02,Cefuroxim Nordprøve 750 mg pulver til injektionsvæske,10,,BEGR,
        900702,28990000702,N02BA01,Acetylsalicylsyre Testgen 500 mg tabletter,20,,HA18,3450
        900705,28990000705,N07BA01,Nicotin Testgen 2 mg medicinsk tyggegummi,204,,HF,32995
        900801,28990000801,H03AA01,Levothyroxin Prøvefarma 50 mikrogram tabletter,100,S0801,B,5725
        900803,28990000803,R03DC03,Montelukast Testgen 5 mg tyggetabletter,98,S0803,B,12450

        """

    /// Takes a price list in that counts from a day on.
    package static func importPrices(
        _ table: String = prices, into gateway: Gateway, from day: LocalDate
    ) async throws {
        let file = PriceFile(name: "prices.csv", bytes: Array(table.utf8))
        _ = try await gateway.issuer.importPriceList(try PriceListReader.read([file]), validFrom: day)
    }

    // MARK: People

    /// A customer whose CPR number is the person's, with a card and a code app.
    ///
    /// - Parameter card: one of a test's own for each further person.
    package func patient(
        _ person: SpecimenPatient = .kaja, card: String = "4242424242424242"
    ) async throws -> Actor {
        try await patient(cpr: person.number, name: person.name, userID: person.rawValue, card: card)
    }

    package func patient(
        cpr: String, name: String = "Kim Test", userID: String? = nil, card: String = "4242424242424242"
    ) async throws -> Actor {
        let customer = try await gateway.issuer.addCustomer(
            NewCustomer(
                userID: try UserID(userID ?? "patient-\(card.suffix(4))"), name: try DisplayName(name),
                personNumber: try PersonNumber(cpr), password: nil))
        let number = try CardNumber(card)
        guard let expiry = CardExpiry(month: 12, year: 2030) else { throw StageError.badName("expiry") }
        _ = try await gateway.issuer.enrolCard(customer: customer, number: number, expiry: expiry)
        return Actor(
            id: customer, card: number, expiry: expiry, app: try await stage.enrolDevice(of: customer))
    }

    // MARK: Records

    /// Files what a specimen signs, as of the moment of its content.
    @discardableResult
    package func file(
        _ content: PrescriptionContent, by signer: SpecimenSigner = .doctor, stapled: [[UInt8]] = [],
        at caller: Caller? = nil
    ) async throws -> PrescriptionID {
        let compact = try trust.pki.sign(content, by: signer, at: content.attestedAt ?? content.issuedAt)
        return try await file(compact: compact, stapled: stapled, at: caller)
    }

    /// Files a specimen of the PKI's own moment.
    @discardableResult
    package func file(_ name: SpecimenCase, at caller: Caller? = nil) async throws -> PrescriptionID {
        let specimen = try trust.pki.prescription(name)
        return try await file(compact: specimen.compact, stapled: specimen.stapled, at: caller)
    }

    @discardableResult
    package func file(
        compact: String, stapled: [[UInt8]] = [], at caller: Caller? = nil
    ) async throws -> PrescriptionID {
        try Stage.id(
            in: try await gateway.filePrescription(
                FilingRequest(compact: compact, stapled: stapled), caller: caller ?? stage.clinic,
                identity: stage.identity("prescriptions")))
    }

    /// A record of one line for kaja, issued just now; a test changes what it is about.
    package func content(
        _ lines: [PrescribedLine]? = nil, of person: SpecimenPatient = .kaja, record: String = "rx-1",
        version: Int64 = 1, by signer: SpecimenSigner = .doctor
    ) throws -> PrescriptionContent {
        try RecordDraft.content(
            lines ?? [try RecordDraft.line()], of: person, record: record, version: version, by: signer,
            at: clock.now())
    }
}
