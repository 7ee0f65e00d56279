import Hummingbird
import Notation
import Operations
import Vocabulary

extension RouteTable {
    static let receiptRoutes = [
        Route(
            method: .get, path: "/me/v1/receipts/{id}", operation: "getMyReceipt",
            summary: "The receipt of a payment of yours, with the salt that shows whom a medicine was for.",
            credential: .session, identifier: "auth", success: .json(200, Schemas.patientReceipt),
            errors: [.receiptNotReady], handle: show)
    ]

    private static func show(_ exchange: Exchange) async throws -> Response {
        let session = try await exchange.session()
        _ = try exchange.query()
        let receipt = try await exchange.gateway.receipt(of: try exchange.id(), session: session)
        return .json(
            200,
            [
                "receipt": .text(receipt.compact),
                "patient_salt": receipt.salt.map { .text(Base64URL.encode($0)) } ?? .null,
            ])
    }
}

extension Schemas {
    static let patientReceipt = ObjectSchema(
        "PatientReceipt", "A receipt for who paid.",
        [
            Property("receipt", ["type": "string", "description": "Compact JWS."], required: true),
            Property(
                "patient_salt",
                Shape.orNull(
                    Shape.pattern(
                        "^[\\w-]{43}$",
                        """
                        The receipt's patient is HMAC-SHA256 of the ten digits of the CPR number under these \
                        32 bytes; null when the receipt names none.
                        """)), required: true),
        ])
}
