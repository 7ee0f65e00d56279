/// The texts of the story of one payment.
struct StoryWords: Sendable {
    let back: String
    let title: String
    let erased: String
    let mayFix: String
    let shopSees: String
    let decidingRule: String
    let factor: String
    let customer: String
    let order: OrderWords
    let rules: RuleWords
    let app: AppWords
    let money: MoneyWords
    let record: RecordWords
    let proof: ProofWords

    init(_ language: Language) {
        back = language.pick("Til listen", "To the list")
        title = language.pick("Betaling", "Payment")
        erased = language.pick(
            "Kunden er slettet. Det, reglerne så om personen, findes ikke mere; beviserne gælder stadig.",
            "The customer was erased. What the rules saw of the person is gone; the proofs still hold.")
        mayFix = language.pick("Kan rettes af", "Can be mended by")
        shopSees = language.pick("Forretningen ser", "The merchant sees")
        decidingRule = language.pick("Reglen, der afgjorde det", "The rule that decided")
        factor = language.pick("Bevis", "Factor")
        customer = language.pick("Kunde", "Customer")
        order = OrderWords(language)
        rules = RuleWords(language)
        app = AppWords(language)
        money = MoneyWords(language)
        record = RecordWords(language)
        proof = ProofWords(language)
    }
}

/// What was asked for.
struct OrderWords: Sendable {
    let heading: String
    let caption: String
    let line: String
    let kind: String
    let what: String
    let quantity: String
    let price: String
    let prescribed: String
    let erased: String
    let captured: String
    let refunded: String
    let captureBefore: String

    init(_ language: Language) {
        heading = language.pick("Det, der blev bedt om", "What was asked for")
        caption = language.pick("Ordrens linjer", "Lines of the order")
        line = language.pick("Linje", "Line")
        kind = language.pick("Art", "Kind")
        what = language.pick("Vare", "What")
        quantity = language.pick("Antal", "Quantity")
        price = language.pick("Stykpris", "Price each")
        prescribed = language.pick("På recept", "On prescription")
        erased = language.pick(
            "Linjerne er slettet sammen med kunden.", "The lines are gone with the customer.")
        captured = language.pick("Hævet", "Captured")
        refunded = language.pick("Betalt tilbage", "Refunded")
        captureBefore = language.pick("Skal hæves inden", "To be captured before")
    }
}

/// The decisions, rule by rule.
struct RuleWords: Sendable {
    let heading: String
    let create: String
    let answer: String
    let result: String
    let goOn: String
    let approved: String
    let declined: String
    let passed: String
    let declines: String
    let notApplicable: String
    let every: String
    let rule: String
    let verdict: String
    let inputs: String
    let source: String
    let ruleSet: String
    let decision: String
    let onLine: String
    let inputsErased: String
    let personal: String
    let count: String

    init(_ language: Language) {
        heading = language.pick("Regel for regel", "Rule by rule")
        create = language.pick("Da betalingen blev oprettet", "When the payment was created")
        answer = language.pick("Da kunden svarede", "When the customer answered")
        result = language.pick("Da indløseren havde svaret", "When the acquirer had answered")
        goOn = language.pick("gik videre", "went on")
        approved = language.pick("godkendt", "approved")
        declined = language.pick("afvist", "declined")
        passed = language.pick("bestået", "passed")
        declines = language.pick("afviste", "declined")
        notApplicable = language.pick("ikke relevant", "does not apply")
        every = language.pick("Alle regler", "All rules")
        rule = language.pick("Regel", "Rule")
        verdict = language.pick("Udfald", "Verdict")
        inputs = language.pick("Det, reglen så på", "What the rule looked at")
        source = language.pick("Hjemmel", "Source")
        ruleSet = language.pick("Regelsættets SHA-256", "SHA-256 of the rule set")
        decision = language.pick("Beslutning", "Decision")
        onLine = language.pick("Ordrelinje", "Order line")
        inputsErased = language.pick("Slettet sammen med kunden.", "Erased with the customer.")
        personal = language.pick("om personen", "about the person")
        count = language.pick("regler spurgt", "rules asked")
    }
}

/// What the code app showed and what was signed.
struct AppWords: Sendable {
    let heading: String
    let notAsked: String
    let payee: String
    let asked: String
    let expires: String
    let ended: String
    let outcome: String
    let shown: String
    let shownAt: String
    let neverShown: String
    let answer: String
    let verdict: String
    let approve: String
    let deny: String
    let report: String
    let verifiedBy: String
    let device: String
    let certificate: String
    let answeredAt: String
    let digest: String
    let signed: String
    let offers: String
    let offered: String

    init(_ language: Language) {
        heading = language.pick("Det, kode-appen viste og underskrev", "What the code app showed and signed")
        notAsked = language.pick("Kunden blev ikke spurgt.", "The customer was not asked.")
        payee = language.pick("Vist som modtager", "Shown as payee")
        asked = language.pick("Spurgt", "Asked")
        expires = language.pick("Udløb", "Expiry")
        ended = language.pick("Slut", "Ended")
        outcome = language.pick("Udfald", "Outcome")
        shown = language.pick("Vist tekst", "Text shown")
        shownAt = language.pick("hentet", "fetched")
        neverShown = language.pick("Ingen app hentede spørgsmålet.", "No app fetched the question.")
        answer = language.pick("Kundens svar", "The customer's answer")
        verdict = language.pick("Svar", "Answer")
        approve = language.pick("Godkend", "Approve")
        deny = language.pick("Afvis", "Decline")
        report = language.pick("Det var ikke mig", "It was not me")
        verifiedBy = language.pick("Oplåst med", "Unlocked by")
        device = language.pick("Enhed", "Device")
        certificate = language.pick("Certifikat", "Certificate")
        answeredAt = language.pick("Svaret", "Answered")
        digest = language.pick("SHA-256 af svaret", "SHA-256 of the answer")
        signed = language.pick("Det underskrevne svar (JWS)", "The signed answer (JWS)")
        offers = language.pick(
            "Andre beviser, der blev tilbudt og afvist uset", "Other factors, refused unseen")
        offered = language.pick("Tilbudt", "Offered")
    }
}

/// The acquirer, and the notices to the merchant.
struct MoneyWords: Sendable {
    let heading: String
    let caption: String
    let none: String
    let kind: String
    let reference: String
    let ended: String
    let notices: String
    let noticesCaption: String
    let type: String
    let delivered: String
    let undelivered: String

    init(_ language: Language) {
        heading = language.pick("Indløseren", "The acquirer")
        caption = language.pick("Kald til indløseren", "Calls to the acquirer")
        none = language.pick("Indløseren blev ikke spurgt.", "The acquirer was not asked.")
        kind = language.pick("Kald", "Call")
        reference = language.pick("Reference", "Reference")
        ended = language.pick("Besvaret", "Answered")
        notices = language.pick("Besked til forretningen", "Notices to the merchant")
        noticesCaption = language.pick("Beskeder", "Notices")
        type = language.pick("Besked", "Notice")
        delivered = language.pick("Afleveret", "Delivered")
        undelivered = language.pick("ikke afleveret", "not delivered")
    }
}

/// The arithmetic of prescriptions.
struct RecordWords: Sendable {
    let heading: String
    let caption: String
    let line: String
    let record: String
    let moment: String
    let then: String
    let now: String
    let prescribed: String
    let handedOver: String
    let held: String
    let left: String
    let nextFrom: String
    let unknown: String
    let check: String
    let checks: String
    let detail: String
    let validTo: String
    let heldBy: String
    let holds: String
    let hold: String
    let handover: String
    let packages: String
    let handovers: String
    let undone: String
    let final: String
    let filed: String
    let attested: String
    let evidence: String

    init(_ language: Language) {
        heading = language.pick("Recepten", "The prescription")
        caption = language.pick("Regnestykket i udleveringer", "The arithmetic, in handovers")
        line = language.pick("Ordrelinje", "Order line")
        record = language.pick("Recept og linje", "Record and line")
        moment = language.pick("Hvornår", "When")
        then = language.pick("ved beslutningen", "at the decision")
        now = language.pick("nu", "now")
        prescribed = language.pick("Ordineret", "Prescribed")
        handedOver = language.pick("Udleveret", "Handed over")
        held = language.pick("Reserveret", "Held")
        left = language.pick("Tilbage", "Left")
        nextFrom = language.pick("Tidligst igen", "Next from")
        unknown = language.pick("vides ikke", "not known")
        check = language.pick("Kontrol", "Check")
        checks = language.pick("Kontrol af recepten", "Checks of the record")
        detail = language.pick("Nærmere", "Detail")
        validTo = language.pick("Gælder til", "Valid to")
        heldBy = language.pick("Reserveret af", "Held by")
        holds = language.pick("Reservationer", "Holds")
        hold = language.pick("Reservation", "Hold")
        handover = language.pick("Udlevering", "Handover")
        packages = language.pick("Pakninger", "Packages")
        handovers = language.pick("Udleveringer", "Handovers")
        undone = language.pick("Fortrudt", "Undone")
        final = language.pick("Sidste del", "Last part")
        filed = language.pick("Indsendt", "Filed")
        attested = language.pick("Bekræftet af registret", "Attested by the register")
        evidence = language.pick("Beviser", "Evidence")
    }
}

/// The leaves of the decision log.
struct ProofWords: Sendable {
    let heading: String
    let caption: String
    let position: String
    let event: String
    let actor: String
    let proof: String
    let provable: String
    let notYet: String
    let covered: String
    let uncovered: String
    let reads: String
    let readsCaption: String
    let nobody: String

    init(_ language: Language) {
        heading = language.pick("Beviset", "The proof")
        caption = language.pick("Blade i beslutningsloggen", "Leaves of the decision log")
        position = language.pick("Blad", "Leaf")
        event = language.pick("Hændelse", "Event")
        actor = language.pick("Af", "By")
        proof = language.pick("Bevis", "Proof")
        provable = language.pick("dækket", "covered")
        notYet = language.pick("endnu ikke", "not yet")
        covered = language.pick(
            "Det seneste kontrolpunkt dækker så mange blade:", "Leaves that the last checkpoint covers:")
        uncovered = language.pick("Der er intet kontrolpunkt endnu.", "There is no checkpoint yet.")
        reads = language.pick("Hvem har set betalingen", "Who looked at this payment")
        readsCaption = language.pick("Tidligere opslag, nyeste først", "Earlier looks, newest first")
        nobody = language.pick("Ingen før nu.", "Nobody before now.")
    }
}
