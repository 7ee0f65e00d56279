extension NetworkCode {
    /// Our reason for a code of the network; nil for `00` alone, the one code that approves.
    ///
    /// A code that is not in the table is the issuer's refusal without a reason, never an approval.
    package var declineReason: DeclineReason? {
        switch text {
        case "00": nil
        case "10": .partialApproval
        case "41": .lostCard
        case "43": .stolenCard
        case "51": .insufficientFunds
        // 33 also asks to keep the card, which a shop on the net cannot.
        case "33", "54": .expiredCard
        // 82 is the older code for a verification value that is wrong.
        case "82", "N7": .incorrectCvc
        // Malformed message, unknown original, cut-off, issuer or switch down, duplicate, malfunction.
        case "06", "09", "12", "13", "21", "25", "30", "68", "90", "91", "92", "94", "96": .processingError
        default: .doNotHonor
        }
    }
}
