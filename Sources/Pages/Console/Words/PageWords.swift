/// The texts of a page that says why something was not done.
struct ProblemWords: Sendable {
    let back: String
    let refused: String
    let missing: String
    let failed: String
    let formRefused: String
    let formMalformed: String

    init(_ language: Language) {
        back = language.pick("Til listen over betalinger", "To the list of payments")
        refused = language.pick("Det må du ikke", "You may not do this")
        missing = language.pick("Det findes ikke", "There is no such thing")
        failed = language.pick("Det lykkedes ikke", "This did not succeed")
        formRefused = language.pick(
            "Formularen kom ikke fra denne side. Åbn siden igen, og prøv en gang til.",
            "The form did not come from this page. Open the page again and try once more.")
        formMalformed = language.pick(
            "Formularen kan ikke læses. Der er ikke ændret noget.",
            "The form cannot be read. Nothing was changed.")
    }
}

/// The texts of the charts.
struct ChartWords: Sendable {
    let title: String
    let from: String
    let to: String
    let merchant: String
    let allMerchants: String
    let show: String
    let asTable: String
    let badRange: String
    let perDay: String
    let byReason: String
    let byMerchant: String
    let byFactor: String
    let byCode: String
    let approvalRate: String
    let answerTime: String
    let total: String
    let tried: String
    let approved: String
    let rate: String
    let nothing: String
    let upTo: String
    let longer: String
    let seconds: String

    init(_ language: Language) {
        title = language.pick("Diagrammer", "Charts")
        from = language.pick("Fra", "From")
        to = language.pick("Til", "To")
        merchant = language.pick("Forretning", "Merchant")
        allMerchants = language.pick("Alle forretninger", "All merchants")
        show = language.pick("Vis", "Show")
        asTable = language.pick("Tallene som tabel", "The figures as a table")
        badRange = language.pick(
            "Vælg en periode på højst 400 dage, der ikke slutter, før den begynder.",
            "Choose at most 400 days, which do not end before they begin.")
        perDay = language.pick("Afvisninger pr. dag", "Declines per day")
        byReason = language.pick("Afvisninger efter grund", "Declines by reason")
        byMerchant = language.pick("Afvisninger efter forretning", "Declines by merchant")
        byFactor = language.pick("Afvisninger efter tilbudt bevis", "Declines by factor offered")
        byCode = language.pick("Afvisninger efter indløserens svarkode", "Declines by the acquirer's code")
        approvalRate = language.pick(
            "Godkendte ordrer, hvert forsøg på samme ordre talt én gang",
            "Approved orders, retries of one order counted once")
        answerTime = language.pick(
            "Tid fra spørgsmål til svar i kode-appen", "Time from question to answer of the app")
        total = language.pick("I alt", "In all")
        tried = language.pick("Forsøgt", "Tried")
        approved = language.pick("Godkendt", "Approved")
        rate = language.pick("Andel", "Share")
        nothing = language.pick("Intet i perioden.", "Nothing in these days.")
        upTo = language.pick("Højst", "Up to")
        longer = language.pick("Længere", "Longer")
        seconds = language.pick("sekunder", "seconds")
    }
}

/// The texts of changes that need two operators.
struct ChangeWords: Sendable {
    let title: String
    let intro: String
    let waiting: String
    let nothing: String
    let exact: String
    let digest: String
    let approve: String
    let reject: String
    let own: String
    let subject: String
    let requestedBy: String
    let requestedAt: String
    let expiresAt: String
    let asked: String
    let done: String
    let turnedDown: String
    let activation: String
    let activationCode: String

    init(_ language: Language) {
        title = language.pick("Ændringer, der kræver to", "Changes that need two people")
        intro = language.pick(
            "Den, der beder om en ændring, kan ikke selv godkende den. Det, der godkendes, er teksten med netop dette fingeraftryk.",
            "Whoever asks for a change cannot approve it. What is approved is the text with exactly this digest."
        )
        waiting = language.pick("Venter på en anden operatør", "Waiting for another operator")
        nothing = language.pick("Der venter ingenting.", "Nothing waits.")
        exact = language.pick("Den nøjagtige ændring", "The exact change")
        digest = language.pick("SHA-256 af ændringen", "SHA-256 of the change")
        approve = language.pick("Godkend og udfør", "Approve and carry out")
        reject = language.pick("Afslå", "Reject")
        own = language.pick("Du har selv bedt om dette.", "You asked for this yourself.")
        subject = language.pick("Hvem", "Whom")
        requestedBy = language.pick("Bedt om af", "Asked for by")
        requestedAt = language.pick("Bedt om", "Asked for at")
        expiresAt = language.pick("Udløber", "Expires")
        asked = language.pick(
            "Der er bedt om ændringen. En anden operatør skal godkende den.",
            "The change was asked for. Another operator must approve it.")
        done = language.pick("Ændringen er godkendt og udført.", "The change was approved and carried out.")
        turnedDown = language.pick("Ændringen er afslået.", "The change was rejected.")
        activation = language.pick(
            "Giv den nye operatør denne kode til kode-appen. Den vises kun nu.",
            "Give the new operator this code for the code app. It is shown now and never again.")
        activationCode = language.pick("Aktiveringskode", "Activation code")
    }
}

/// The texts of one customer's standing.
struct CustomerWords: Sendable {
    let title: String
    let erased: String
    let requests: String
    let twoPeople: String
    let standing: String
    let name: String
    let customer: String
    let certificate: String
    let reportedUntil: String
    let since: String
    let blocked: String
    let good: String
    let factors: String
    let factor: String
    let confirmsFrom: String
    let active: String
    let cards: String
    let alerts: String
    let alertsCaption: String
    let alert: String

    init(_ language: Language) {
        title = language.pick("Kunde", "Customer")
        erased = language.pick(
            "Kunden er slettet. Det, der stod om personen, findes ikke mere.",
            "The customer was erased. What was known of the person is gone.")
        requests = language.pick("Bed om en ændring", "Ask for a change")
        twoPeople = language.pick(
            "En anden operatør skal godkende den, før den sker.",
            "Another operator must approve it before it happens.")
        standing = language.pick("Hvad der er spærret", "What is blocked")
        name = language.pick("Navn", "Name")
        customer = language.pick("Kunden", "The customer")
        certificate = language.pick("Certifikatet", "The certificate")
        reportedUntil = language.pick("Meldt misbrug; spærret til", "Misuse reported; blocked until")
        since = language.pick("Siden", "Since")
        blocked = language.pick("spærret", "blocked")
        good = language.pick("ikke spærret", "not blocked")
        factors = language.pick("Kundens beviser", "The customer's factors")
        factor = language.pick("Bevis", "Factor")
        active = language.pick("i brug", "in use")
        confirmsFrom = language.pick("Må godkende fra", "May confirm from")
        cards = language.pick("Kort", "Cards")
        alerts = language.pick("Besked til kunden", "What the customer was told")
        alertsCaption = language.pick("Beskeder", "Alerts")
        alert = language.pick("Besked", "Alert")
    }
}

/// The texts of the list of operators.
struct OperatorWords: Sendable {
    let title: String
    let intro: String
    let caption: String
    let name: String
    let role: String
    let since: String
    let ended: String
    let id: String
    let active: String
    let over: String
    let end: String
    let endHint: String

    init(_ language: Language) {
        title = language.pick("Operatører", "Operators")
        intro = language.pick(
            "En ny operatør tilføjes på serveren med godkend operator add.",
            "A new operator is added on the server with godkend operator add.")
        caption = language.pick("Alle, der er eller har været operatør", "All who are or were operators")
        name = language.pick("Navn", "Name")
        role = language.pick("Rolle", "Role")
        since = language.pick("Siden", "Since")
        ended = language.pick("Afsluttet", "Ended")
        id = language.pick("Id", "Id")
        active = language.pick("aktiv", "active")
        over = language.pick("afsluttet", "ended")
        end = language.pick("Bed om at afslutte", "Ask to end")
        endHint = language.pick(
            "En anden administrator skal godkende det.", "Another administrator must approve it.")
    }
}
