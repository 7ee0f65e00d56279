import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Runs an operation's body and turns whatever it throws into a word of the catalogue: the one mapping table.
    func refusing<Value>(_ body: () async throws -> Value) async throws(Refusal) -> Value {
        do {
            return try await body()
        } catch let refusal as Refusal {
            throw refusal
        } catch let rejection as Rejection {
            throw Refusal(rejection)
        } catch let failure as StorageFailure {
            throw Refusal(failure)
        } catch is CancellationError {
            throw Refusal(.notReady)
        } catch {
            logger.error("an operation failed", metadata: ["fault": "\(type(of: error))"])
            throw Refusal(.internalError)
        }
    }
}

extension Refusal {
    init(_ failure: StorageFailure) {
        switch failure {
        case .full, .unavailable, .outcomeUnknown: self.init(.storageUnavailable)
        case .closed: self.init(.notReady)
        case .overloaded: self.init(.overloaded)
        }
    }

    init(_ rejection: Rejection) {
        switch rejection {
        case .notFound, .statementUnknown: self.init(.notFound)
        case .cardTokenUnknown: self.init(.cardTokenUnknown, parameter: "card")
        case .cardTokenUsed: self.init(.cardTokenUsed, parameter: "card")
        case .cardTokenExpired: self.init(.cardTokenExpired, parameter: "card")
        case .replacesUnknown: self.init(.replacesUnknown, parameter: "replaces")
        case .authorization(let inner): self.init(inner)
        case .confirmationOver(let status):
            self.init(.confirmationOver, detail: "The confirmation is over: \(status.rawValue).")
        case .deviceUnknown: self.init(.deviceUnknown)
        case .deviceBlocked: self.init(.deviceBlocked)
        case .deviceOnHold(let until):
            self.init(.deviceOnHold, detail: "This device may confirm from \(until.rfc3339).")
        case .idempotencyKeyReused(let differing):
            let names = differing.joined(separator: ", ")
            self.init(
                .idempotencyKeyReused, parameter: differing.first,
                detail: "The key was used with other values of: \(names). Use a new key for a new request.")
        }
    }

    private init(_ rejection: AuthorizationRejection) {
        switch rejection {
        case .notCapturable: self.init(.authorizationNotCapturable)
        case .notRefundable: self.init(.authorizationNotRefundable)
        case .notCancelable: self.init(.authorizationNotCancelable)
        case .captureOpen: self.init(.captureOpen)
        case .amountNotPositive: self.init(.parameterInvalid, parameter: "amount")
        case .captureAboveAuthorized(let capturable):
            self.init(
                .captureAboveAuthorized, parameter: "amount",
                detail: "At most \(capturable) can still be captured, in minor units.")
        case .refundAboveCaptured(let refundable):
            self.init(
                .refundAboveCaptured, parameter: "amount",
                detail: "At most \(refundable) can still be refunded, in minor units.")
        case .notAwaitingConfirmation, .notProcessing, .notDeclinable, .notDue: self.init(.confirmationOver)
        }
    }
}
