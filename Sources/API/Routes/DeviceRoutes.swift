import HTTPTypes
import Hummingbird
import Notation
import Operations
import Vocabulary

extension RouteTable {
    static let deviceRoutes = [
        Route(
            method: .post, path: "/app/v1/devices", operation: "enrolDevice",
            summary: "Enrol a code app with the key that it has made. No device proof is needed.",
            credential: .none, body: .json(Schemas.enrol, isRequired: true), admission: .priority,
            success: .json(201, Schemas.enrolledDevice), errors: [.enrolmentRefused, .deviceProofInvalid],
            handle: enrol),
        Route(
            method: .get, path: "/app/v1/devices", operation: "listDevices",
            summary: "The customer's devices: a newcomer on hold shows here.", credential: .device,
            success: .json(200, Schemas.devices), handle: devices),
        Route(
            method: .post, path: "/app/v1/devices/{id}/refuse", operation: "refuseDevice",
            summary: "Refuse a newcomer during its hold.", credential: .device,
            body: .json(Schemas.empty, isRequired: false), admission: .priority, identifier: "dev",
            success: .json(200, Schemas.refusedDevice), errors: [.deviceOnHold, .factorNotAvailable],
            handle: refuse),
        Route(
            method: .get, path: "/app/v1/confirmations", operation: "listPendingConfirmations",
            summary: "What waits for this device, with the exact text that it will sign.",
            credential: .device,
            success: .json(200, Schemas.pending), errors: [.deviceOnHold], handle: pending),
        Route(
            method: .post, path: "/app/v1/confirmations/{id}/answer", operation: "answerConfirmation",
            summary: "The signed answer. The first valid one of any device decides.", credential: .device,
            body: .jose, admission: .priority, identifier: "cnf", success: .json(200, Schemas.answered),
            errors: [.confirmationOver, .deviceOnHold], handle: answer),
    ]

    private static func enrol(_ exchange: Exchange) async throws -> Response {
        try await exchange.withDeviceNonce {
            _ = try exchange.query()
            let request = try EnrolRequest(json: try await exchange.json())
            return .json(201, PartyAnswers.json(try await exchange.gateway.enrolDevice(request)))
        }
    }

    private static func devices(_ exchange: Exchange) async throws -> Response {
        try await exchange.withDeviceNonce {
            let device = try await exchange.device()
            _ = try exchange.query()
            return .json(200, PartyAnswers.json(try await exchange.gateway.devices(seenBy: device)))
        }
    }

    private static func refuse(_ exchange: Exchange) async throws -> Response {
        try await exchange.withDeviceNonce {
            let device = try await exchange.device()
            _ = try exchange.query()
            let newcomer: DeviceID = try exchange.id()
            _ = try Fields(try await exchange.json(), schema: Schemas.empty)
            try await exchange.gateway.refuseDevice(newcomer, by: device)
            return .json(200, ["id": .text(newcomer.text), "status": "refused"])
        }
    }

    private static func pending(_ exchange: Exchange) async throws -> Response {
        try await exchange.withDeviceNonce {
            let device = try await exchange.device()
            _ = try exchange.query()
            return .json(200, PartyAnswers.json(try await exchange.gateway.pendingConfirmations(for: device)))
        }
    }

    private static func answer(_ exchange: Exchange) async throws -> Response {
        try await exchange.withDeviceNonce {
            let device = try await exchange.device()
            _ = try exchange.query()
            let id: ConfirmationID = try exchange.id()
            let compact = try await exchange.jose()
            let attempt = try await exchange.gateway.answer(id, compact: compact, from: device)
            return .json(200, PartyAnswers.answered(attempt))
        }
    }
}
