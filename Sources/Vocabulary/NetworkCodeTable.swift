/// What a response code says, and what we make of it: one row of the table of response codes.
///
/// Sources: ISO 8583:1987, data element 39, for the digits; what Visa, Mastercard and their acquirers publish
/// for the codes with a letter and for those that ISO leaves to private use (myPOS "Response codes", Lyra
/// "GICC", Cross River "P2C response codes"). The table is printed into the OpenAPI document.
package struct ResponseCode: Sendable, Hashable {
    /// Whether a code says that the issuer gave money.
    package enum Answer: String, Sendable, Hashable, CaseIterable {
        /// `00`: the whole amount, if data elements 4, 38 and 49 agree.
        case approves
        /// Something was approved, under a condition that we cannot keep, or in part: it is reversed.
        case approvesOtherwise = "approves_otherwise"
        case refuses
    }

    /// What a code means for a capture, refund or reversal.
    package enum Ending: String, Sendable, Hashable, CaseIterable {
        /// Done.
        case accepted
        /// Done, but perhaps not in full: an operator must look.
        case acceptedInPart = "accepted_in_part"
        /// A reversal is sent again later; a capture or refund is refused, and the shop may ask again.
        case passing
        /// The first copy may be at work: everything is sent again later, under its id.
        case unsettled
        /// Over, and nothing was done.
        case refused
    }

    package let code: NetworkCode
    /// The network's words.
    package let meaning: String
    package let answer: Answer
    package let ending: Ending
    /// Why a payment is declined with it; nil for `00` alone.
    package let reason: DeclineReason?
}

extension NetworkCode {
    /// Our reason for a code of the network; nil for `00` alone, the one code that approves.
    ///
    /// A code that is not in the table is the issuer's refusal without a reason, never an approval.
    package var declineReason: DeclineReason? {
        guard let row = ResponseCode.byText[text] else { return .doNotHonor }
        return row.reason
    }

    /// What the code says of money; a code that is not in the table refuses.
    package var answer: ResponseCode.Answer { ResponseCode.byText[text]?.answer ?? .refuses }

    /// What the code means for a capture, refund or reversal. A code that is not in the table ends nothing
    /// for good: a reversal is sent again.
    package var ending: ResponseCode.Ending { ResponseCode.byText[text]?.ending ?? .passing }
}

extension ResponseCode {
    /// Every code that has a meaning of its own, in the order of the codes.
    package static let table: [ResponseCode] =
        approving + issuerRefusals + systemRefusals + networkRefusals

    static let byText: [String: ResponseCode] = Dictionary(
        table.map { ($0.code.text, $0) }, uniquingKeysWith: { first, _ in first })

    private static func row(
        _ code: String, _ meaning: String, _ reason: DeclineReason?, _ answer: Answer = .refuses,
        _ ending: Ending = .refused
    ) -> ResponseCode {
        ResponseCode(
            code: NetworkCode(code) ?? .systemError, meaning: meaning, answer: answer, ending: ending,
            reason: reason)
    }

    /// Codes that say that something was approved.
    ///
    /// Only `00` is taken as a yes to a payment. The others ask for what a shop on the net cannot give (08:
    /// look at the customer's papers; 16: write the card's third track), say less than the whole (10, 32,
    /// 87), or answer another question (85: an account exists; 11: who the customer is, from networks that
    /// use it otherwise). A yes that we may have misread is worth less than one that we give back. To a
    /// capture, a refund or a reversal all of them are a yes: nothing there depends on the condition.
    private static let approving: [ResponseCode] = [
        row("00", "Approved or completed successfully", nil, .approves, .accepted),
        row("08", "Honour with identification", .processingError, .approvesOtherwise, .accepted),
        row("10", "Approved for a partial amount", .partialApproval, .approvesOtherwise, .acceptedInPart),
        row("11", "Approved (VIP)", .processingError, .approvesOtherwise, .accepted),
        row("16", "Approved, update track 3", .processingError, .approvesOtherwise, .accepted),
        row("32", "Completed partially", .partialApproval, .approvesOtherwise, .acceptedInPart),
        row("85", "No reason to decline", .processingError, .approvesOtherwise, .accepted),
        row(
            "87", "Purchase amount only, no cash back", .partialApproval, .approvesOtherwise, .accepted),
    ]

    /// What the issuer or the scheme refuses for the customer's sake.
    private static let issuerRefusals: [ResponseCode] = [
        row("01", "Refer to card issuer", .doNotHonor),
        row("02", "Refer to card issuer's special conditions", .doNotHonor),
        row("03", "Invalid merchant", .doNotHonor),
        row("04", "Pick up card", .doNotHonor),
        row("05", "Do not honour", .doNotHonor),
        row("07", "Pick up card, special condition", .doNotHonor),
        row("14", "Invalid card number", .doNotHonor),
        row("15", "No such issuer", .doNotHonor),
        row("17", "Customer cancellation", .doNotHonor),
        row("18", "Customer dispute", .doNotHonor),
        row("33", "Expired card, pick up", .expiredCard),
        row("34", "Suspected fraud, pick up", .doNotHonor),
        row("35", "Card acceptor contact acquirer, pick up", .doNotHonor),
        row("36", "Restricted card, pick up", .doNotHonor),
        row("37", "Card acceptor call acquirer security, pick up", .doNotHonor),
        row("38", "Allowable PIN tries exceeded, pick up", .doNotHonor),
        row("39", "No credit account", .doNotHonor),
        row("41", "Lost card", .lostCard),
        row("42", "No universal account", .doNotHonor),
        row("43", "Stolen card", .stolenCard),
        row("44", "No investment account", .doNotHonor),
        row("51", "Not sufficient funds", .insufficientFunds),
        row("52", "No chequing account", .doNotHonor),
        row("53", "No savings account", .doNotHonor),
        row("54", "Expired card", .expiredCard),
        row("55", "Incorrect PIN", .doNotHonor),
        row("56", "No card record", .doNotHonor),
        row("57", "Transaction not permitted to cardholder", .doNotHonor),
        row("58", "Transaction not permitted to terminal", .doNotHonor),
        row("59", "Suspected fraud", .doNotHonor),
        row("61", "Exceeds amount limit", .doNotHonor),
        row("62", "Restricted card", .doNotHonor),
        row("63", "Security violation", .doNotHonor),
        // ISO: exceeds withdrawal frequency. On the net Mastercard's issuers ask by it for a strong
        // authentication, as Visa's do by 1A.
        row("65", "Strong customer authentication wanted (Mastercard)", .authenticationRequired),
        row("67", "Hard capture", .doNotHonor),
        row("75", "Allowable PIN tries exceeded", .doNotHonor),
        row("78", "No account", .doNotHonor),
        row("82", "Incorrect CVV", .incorrectCvc),
        row("93", "Violation of law", .doNotHonor),
    ]

    /// What goes wrong between the systems.
    private static let systemRefusals: [ResponseCode] = [
        row("06", "Error", .processingError, .refuses, .passing),
        row("09", "Request in progress", .processingError, .refuses, .unsettled),
        row("12", "Invalid transaction", .processingError),
        row("13", "Invalid amount", .processingError),
        row("19", "Re-enter transaction", .doNotHonor, .refuses, .passing),
        row("20", "Invalid response", .doNotHonor, .refuses, .passing),
        row("21", "No action taken", .processingError),
        row("22", "Suspected malfunction", .doNotHonor, .refuses, .passing),
        row("23", "Unacceptable transaction fee", .doNotHonor),
        row("24", "File update not supported by receiver", .doNotHonor),
        row("25", "Unable to locate record on file", .processingError),
        row("26", "Duplicate file update record", .doNotHonor),
        row("27", "File update field edit error", .doNotHonor),
        row("28", "File temporarily unavailable", .doNotHonor, .refuses, .passing),
        row("29", "File update not successful, contact acquirer", .doNotHonor),
        row("30", "Format error", .processingError),
        row("31", "Bank not supported by switch", .doNotHonor),
        row("40", "Requested function not supported", .doNotHonor),
        row("64", "Original amount incorrect", .doNotHonor),
        row("66", "Card acceptor call acquirer's security department", .doNotHonor),
        row("68", "Response received too late", .processingError, .refuses, .unsettled),
        row("76", "Unable to locate previous message", .doNotHonor),
        row("77", "Message inconsistent with the original", .doNotHonor),
        row("80", "Invalid date", .doNotHonor),
        row("81", "Cryptographic error", .doNotHonor, .refuses, .passing),
        row("90", "Cut-off is in process", .processingError, .refuses, .passing),
        row("91", "Issuer or switch is inoperative", .processingError, .refuses, .passing),
        row("92", "No facility to route the message", .processingError, .refuses, .passing),
        row("94", "Duplicate transmission", .processingError),
        row("95", "Reconcile error", .doNotHonor, .refuses, .passing),
        row("96", "System malfunction", .processingError, .refuses, .passing),
    ]

    /// Codes with a letter.
    private static let networkRefusals: [ResponseCode] = [
        row("1A", "Strong customer authentication wanted (Visa)", .authenticationRequired),
        row("N7", "CVV2 mismatch (Visa)", .incorrectCvc),
        row("R0", "Stop payment order (Visa)", .doNotHonor),
        row("R1", "Revocation of authorization order (Visa)", .doNotHonor),
        row("R3", "Revocation of all authorizations (Visa)", .doNotHonor),
    ]
}
