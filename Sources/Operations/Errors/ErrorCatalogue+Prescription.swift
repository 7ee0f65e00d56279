extension ErrorCode {
    var prescriptionEntry: ErrorEntry? {
        switch self {
        case .prescriptionMalformed:
            .request(
                400, "This is no signed record", "Send a compact JWS: three parts of base64url with dots.")
        case .prescriptionUnreadable:
            .request(
                422, "The record cannot be read",
                "The parameter names the place by its FHIRPath. Nothing was filed.")
        case .prescriptionConflict:
            .request(
                409, "The same record was filed with other contents",
                "The first one stands. File a higher version, or ask whoever signed it.")
        case .cancellationRefused:
            .request(
                422, "The cancellation does not count",
                "It must name this record and version, and be signed by who signed the record.")
        case .prescriptionOver:
            .state("The record has ended", "Canceled records stay canceled.", by: .nobody)
        case .holdEnded:
            .state(
                "The hold on the prescription is over",
                "Nothing is captured for it. Cancel, and ask for a new authorization.")
        case .handoverLineUnknown:
            .request(422, "This order holds no such line", "Name a line of a record as in the order.")
        case .handoverProductRefused:
            .request(
                422, "This product may not be handed over here",
                "Hand over the product ordered, or one of its substitution group where that is allowed.")
        case .handoverAboveOwed:
            .state("This is more than is owed", "Hand over at most what was ordered and is left.")
        case .handoverNotOwed:
            .state("Nothing is owed on this line", "Hand over after the first capture, and once.")
        case .handoverUndone:
            .state("The handover was undone before", "Each handover is undone once.", by: .nobody)
        default: nil
        }
    }
}
