extension ErrorCode {
    var operatorEntry: ErrorEntry? {
        switch self {
        case .roleMissing:
            .credential(
                403, "The operator's role is too low", "Ask an operator with a higher role.",
                by: .gatewayOperator)
        case .twoPeopleNeeded:
            .state(
                "This needs two operators",
                "Sign in as an operator and ask for it; another operator approves.", by: .gatewayOperator)
        case .ownRequest:
            .state(
                "Nobody approves what they asked for", "Another operator must approve it.",
                by: .gatewayOperator)
        case .changeUnknown:
            .request(404, "There is no such request", "Compare the id with the list of open requests.")
        case .changeDiffers:
            .state(
                "The digest is not the one of this request",
                "Read the request again, and approve it with the digest that is shown there.",
                by: .gatewayOperator)
        case .changeOver:
            .state("The request is over", "Ask for it anew if it is still wanted.", by: .gatewayOperator)
        case .changeNotPossible:
            .state("This cannot be changed now", "Nothing was changed.", by: .gatewayOperator)
        default: nil
        }
    }
}
