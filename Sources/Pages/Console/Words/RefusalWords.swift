import Operations

extension Refusal {
    /// Why something was not done, for the operator who tried.
    func words(_ language: Language) -> String {
        switch code {
        case .roleMissing:
            language.pick(
                "Din rolle giver ikke adgang hertil. Spørg en operatør med en højere rolle.",
                "Your role does not let you do this. Ask an operator with a higher role.")
        case .notFound, .changeUnknown:
            language.pick(
                "Her er ikke noget. Sammenlign adressen med den, du fik.",
                "There is nothing here. Compare the address with the one you were given.")
        case .ownRequest:
            language.pick(
                "Du har selv bedt om ændringen. En anden operatør skal godkende den.",
                "You asked for this change yourself. Another operator must approve it.")
        case .changeDiffers:
            language.pick(
                "Det, du har set, er ikke det, der venter. Læs ændringen igen.",
                "What you saw is not what waits. Read the change again.")
        case .changeOver:
            language.pick(
                "Ændringen er afgjort eller udløbet. Bed om den igen, hvis den stadig ønskes.",
                "The change was decided or has expired. Ask for it anew if it is still wanted.")
        case .changeNotPossible:
            language.pick(
                "Det kan ikke ændres nu. Der er ikke ændret noget.", "\(detail) Nothing was changed.")
        case .notYetCheckpointed:
            language.pick(
                "Loggen har intet kontrolpunkt endnu. Prøv igen om lidt.",
                "The log has no checkpoint yet. Try again in a moment.")
        default: language.pick("Forespørgslen kan ikke udføres.", detail)
        }
    }
}
