extension ErrorCode {
    var paymentEntry: ErrorEntry? {
        switch self {
        case .cardTokenUnknown:
            .card(422, "The card token is unknown", "Make a token with POST /v1/card_tokens and use it once.")
        case .cardTokenUsed:
            .card(
                422, "The card token was used before", "Make a new token for each payment, or a reusable one."
            )
        case .cardTokenExpired:
            .card(422, "The card token has expired", "Make a new token; it is good for 15 minutes.")
        case .captureAboveAuthorized:
            .state("The capture is above the authorized sum", "Capture at most what is authorized and left.")
        case .refundAboveCaptured:
            .state(
                "The refund is above the captured sum", "Refund at most what is captured and not refunded.")
        case .authorizationNotCapturable:
            .state("The authorization cannot be captured", "Only an approved authorization can be captured.")
        case .authorizationNotCancelable:
            .state(
                "The authorization cannot be canceled",
                "Only one that waits for its confirmation or is approved can be canceled.")
        case .authorizationNotRefundable:
            .state("The authorization cannot be refunded", "Only what was captured can be refunded.")
        case .captureOpen:
            .state("A capture is under way", "Ask again when it has ended.", by: .nobody)
        case .captureRefused:
            .state(
                "The acquirer refused the capture", "Nothing was captured; the authorization is as before.")
        case .refundRefused:
            .state("The acquirer refused the refund", "Nothing was refunded.")
        case .receiptNotReady:
            .state("There is no receipt yet", "Ask again when the authorization is decided.", by: .nobody)
        case .notYetCheckpointed:
            ErrorEntry(
                status: 409, type: .invalidRequest, isRetryable: true, whoCanFix: .nobody,
                title: "No checkpoint covers the decision yet",
                detail: "Ask again after a second; checkpoints of the decision log are signed every second.")
        default: nil
        }
    }

    var partyEntry: ErrorEntry? {
        switch self {
        case .useDeviceNonce:
            .credential(
                401, "The proof needs a fresh nonce",
                "Make a new proof with the Device-Nonce of this answer.",
                by: .developer, again: true)
        case .deviceProofInvalid:
            .credential(
                401, "The device proof is not valid", "Sign method, address, a new jti and the nonce.",
                by: .developer)
        case .deviceUnknown:
            .credential(401, "The device is unknown", "Enrol the app again.", by: .customer)
        case .deviceBlocked:
            .credential(403, "The device is blocked", "Enrol the app again.", by: .customer)
        case .deviceOnHold:
            .state(
                "The device may not confirm yet", "A new app waits out its hold first; see may_confirm_from.",
                by: .customer)
        case .enrolmentRefused:
            .credential(
                403, "The app was not enrolled", "Check user ID and activation code, or order a new code.",
                by: .customer)
        case .answerMalformed:
            .request(
                400, "The answer cannot be taken", "Sign exactly the statement with verdict and verified_by.")
        case .confirmationOver:
            .state("The confirmation is over", "Nothing can be answered any more.", by: .nobody)
        case .signInFailed:
            .credential(401, "The sign-in failed", "Check what was typed and try again.", by: .customer)
        case .sessionMissing:
            .credential(401, "There is no session", "Sign in first.", by: .customer)
        case .sessionInvalid:
            .credential(401, "The session is over", "Sign in again.", by: .customer)
        case .proofOfFactorFailed:
            .credential(
                403, "What was shown is not enough", "Check what was typed and try again.", by: .customer)
        case .factorNotAvailable:
            .state("This factor cannot be used for that", "Choose another factor.", by: .customer)
        default: nil
        }
    }

    /// The rest: what the gateway itself cannot do now. Total, so that `entry` is.
    var loadEntry: ErrorEntry {
        switch self {
        case .slowDown:
            .later(429, .rateLimit, "The requests come too fast", "Wait as Retry-After says, or use wait.")
        case .overloaded:
            .later(503, .api, "The gateway is at its limit", "Ask again with the same key after Retry-After.")
        case .storageUnavailable:
            .later(
                503, .api, "The gateway cannot store anything now",
                "Ask again with the same key; what was asked may or may not have been stored.")
        case .outcomeOpen:
            .later(503, .api, "The acquirer has not answered yet", "Ask again with the same key.")
        case .notReady:
            .later(503, .api, "The gateway is not ready", "Ask again after Retry-After.")
        default:
            ErrorEntry(
                status: 500, type: .api, isRetryable: true, whoCanFix: .gatewayOperator,
                title: "The gateway made a mistake",
                detail: "Ask again with the same key; tell the operator the request id if it stays so.")
        }
    }
}
