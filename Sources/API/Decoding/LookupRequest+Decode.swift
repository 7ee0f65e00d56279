import Notation
import Operations

extension Schemas {
    static let lookupRequest = ObjectSchema(
        "PrescriptionLookupRequest", "Whose records.",
        [Property("user_id", Shape.text(1...128, "User ID or CPR number."), required: true)])
}

/// `POST /v1/prescription_lookups`.
struct LookupRequest {
    let userID: String

    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.lookupRequest)
        userID = try fields.rawText("user_id", maximum: 128)
    }
}
