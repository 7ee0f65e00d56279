extension ErrorCode {
    var protocolEntry: ErrorEntry? {
        switch self {
        case .requestMalformed:
            .request(400, "The request is not valid HTTP", "Send a request as RFC 9112 describes it.")
        case .routeUnknown:
            .request(404, "There is no such route", "Compare the path with /openapi.json.")
        case .methodNotAllowed:
            .request(
                405, "The route does not take this method", "Use one of the methods in the Allow header.")
        case .requestTimeout:
            ErrorEntry(
                status: 408, type: .invalidRequest, isRetryable: true, whoCanFix: .developer,
                title: "The request came too slowly", detail: "Send headers and body without long pauses.")
        case .bodyTooLarge:
            .request(413, "The body is too large", "Send at most 256 KiB.")
        case .addressTooLong:
            .request(414, "The address is too long", "Send a path and query of at most 8 KiB.")
        case .contentTypeUnsupported:
            .request(
                415, "The content type is not supported", "Send the content type that the route documents.")
        case .headersTooLarge:
            .request(431, "The header fields are too large", "Send at most 64 fields and 16 KiB of them.")
        case .bodyMalformed:
            .request(400, "The body cannot be read", "Send one valid JSON object.")
        case .parameterUnknown:
            .request(
                400, "A parameter is unknown", "Leave it out, or compare its spelling with /openapi.json.")
        case .parameterRepeated:
            .request(400, "A parameter appears more than once", "Send it once.")
        case .parameterMissing:
            .request(400, "A parameter is missing", "Send the parameter that is named.")
        case .parameterInvalid:
            .request(400, "A parameter has a bad value", "Send a value as /openapi.json describes it.")
        case .cardNumberInvalid:
            .card(400, "The card number is not valid", "Ask the customer to type the card number again.")
        case .orderSumMismatch:
            .request(
                400, "The lines do not add up to the amount",
                "The sum of quantity × unit_amount must equal amount.")
        case .captureModeNotAllowed:
            .request(
                422, "The capture mode is not allowed here",
                "An order with a prescription line takes capture: manual; a pharmacist looks first.")
        case .replacesUnknown:
            .request(
                422, "The authorization to replace is unknown",
                "Name one of your own authorizations, or none.")
        case .featureNotAvailable:
            .request(422, "This is not available yet", "Leave out the parameter that is named.")
        default: nil
        }
    }

    var credentialEntry: ErrorEntry? {
        switch self {
        case .apiKeyMissing:
            .credential(401, "There is no API key", "Send Authorization: Bearer and your key.")
        case .apiKeyInvalid:
            .credential(401, "The API key is not valid", "Use a key that has not been revoked.")
        case .apiKeyExpired:
            .credential(401, "The API key has expired", "Use the key that the last rotation printed.")
        case .secretKeyRequired:
            .credential(403, "A secret key is required", "Send this from your server with its secret key.")
        case .merchantKindNotAllowed:
            .credential(
                403, "This kind of party may not do this", "Use the key of a party that may.",
                by: .gatewayOperator)
        case .originNotAllowed:
            .credential(
                403, "The page's origin is not allowed",
                "Let the operator add the origin to your merchant file.")
        case .pageTokenMissing:
            .credential(
                401, "There is no page token",
                "Send Authorization: Bearer and the token in the page's fragment.",
                by: .developer)
        case .pageTokenInvalid:
            .credential(
                401, "The page token opens nothing here",
                "Use the token in the fragment of this very confirmation's page_url.", by: .developer)
        case .notFound:
            .request(404, "There is no such object", "Compare the id with the one that you were given.")
        case .idempotencyKeyMissing:
            .idempotency(
                400, "There is no idempotency key",
                "Send Idempotency-Key with a new random value per operation.")
        case .idempotencyKeyInvalid:
            .idempotency(400, "The idempotency key is not valid", "Send 1 to 255 visible ASCII characters.")
        case .idempotencyKeyReused:
            .idempotency(
                422, "The idempotency key was used for another request",
                "Use a new key for a new request, or send the first request unchanged.")
        case .idempotencyKeyInFlight:
            .idempotency(
                409, "The first request with this key is still under way", "Ask again with the same key.",
                again: true)
        default: nil
        }
    }
}
