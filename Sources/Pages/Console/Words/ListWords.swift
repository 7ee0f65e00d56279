/// The texts of the lists.
struct ListWords: Sendable {
    let title: String
    let intro: String
    let more: String
    let nothing: String
    let all: String
    let notHandedOver: String
    let notCaptured: String
    let expiring: String
    let rising: String
    let undelivered: String
    let unknownOutcomes: String
    let abandoned: String
    let ended: String
    let authorization: String
    let since: String
    let handedOver: String
    let captured: String
    let refunded: String
    let captureBefore: String
    let weekBefore: String
    let thisWeek: String
    let waiting: String
    let oldest: String
    let call: String
    let ofAll: String

    init(_ language: Language) {
        title = language.pick("Lister", "Lists")
        intro = language.pick(
            "Det, der skal ses på, før nogen klager. Det mest presserende står øverst.",
            "What to look after before anybody complains. The most pressing stands first.")
        more = language.pick("Der er flere end de viste.", "There are more than are shown.")
        nothing = language.pick("Intet.", "Nothing.")
        all = language.pick("alle", "all")
        notHandedOver = language.pick("Hævet, men ikke udleveret", "Captured and not handed over")
        notCaptured = language.pick("Udleveret, men ikke hævet", "Handed over and not captured")
        expiring = language.pick("Godkendelser, der snart udløber", "Approvals about to expire")
        rising = language.pick("Forretninger med flere afvisninger", "Merchants with rising declines")
        undelivered = language.pick("Beskeder, der ikke kommer frem", "Notices that do not arrive")
        unknownOutcomes = language.pick("Ukendte udfald hos indløseren", "Unknown acquirer outcomes")
        abandoned = language.pick(
            "Afstem med indløseren: opgivet, afvist eller kun delvis udført",
            "Settle with the acquirer: given up, refused, or done in part only")
        ended = language.pick("Sluttede", "Ended")
        authorization = language.pick("Betaling", "Payment")
        since = language.pick("Siden", "Since")
        handedOver = language.pick("Udleveret", "Handed over")
        captured = language.pick("Hævet", "Captured")
        refunded = language.pick("Betalt tilbage", "Refunded")
        captureBefore = language.pick("Skal hæves inden", "To be captured before")
        weekBefore = language.pick("Ugen før", "The week before")
        thisWeek = language.pick("Seneste uge", "The last week")
        waiting = language.pick("Venter", "Waiting")
        oldest = language.pick("Ældste", "Oldest")
        call = language.pick("Kald", "Call")
        ofAll = language.pick("af", "of")
    }
}
