import Lifecycles
import Logging
import Records
import Vocabulary

extension Gateway {
    /// Runs an operation's body and turns whatever it throws into a word of the catalogue: the one mapping
    /// table.
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
        case .full, .unavailable, .outcomeUnknown, .foreignFiles: self.init(ErrorCode.storageUnavailable)
        case .closed: self.init(ErrorCode.notReady)
        case .overloaded: self.init(ErrorCode.overloaded)
        }
    }

    init(_ rejection: Rejection) {
        switch rejection {
        case .notFound, .statementUnknown: self.init(ErrorCode.notFound)
        case .cardTokenUnknown: self.init(ErrorCode.cardTokenUnknown, parameter: "card")
        case .cardTokenUsed: self.init(ErrorCode.cardTokenUsed, parameter: "card")
        case .cardTokenExpired: self.init(ErrorCode.cardTokenExpired, parameter: "card")
        case .replacesUnknown: self.init(ErrorCode.replacesUnknown, parameter: "replaces")
        case .authorization(let inner): self.init(inner)
        case .confirmationOver(let status):
            self.init(ErrorCode.confirmationOver, detail: "The confirmation is over: \(status.rawValue).")
        case .deviceUnknown: self.init(ErrorCode.deviceUnknown)
        case .deviceBlocked: self.init(ErrorCode.deviceBlocked)
        case .deviceOnHold(let until):
            self.init(ErrorCode.deviceOnHold, detail: "This device may confirm from \(until.rfc3339).")
        case .recordChanged: self.init(ErrorCode.notReady)
        case .holdEnded, .hold: self.init(ErrorCode.holdEnded)
        case .prescription(.over(let status)):
            self.init(ErrorCode.prescriptionOver, detail: "The record is \(status.rawValue).")
        case .cancellationNotByTheSigner: self.init(ErrorCode.cancellationRefused)
        case .handover(let inner): self.init(inner)
        case .idempotencyKeyReused(let differing):
            let names = differing.joined(separator: ", ")
            self.init(
                ErrorCode.idempotencyKeyReused, parameter: differing.first,
                detail: "The key was used with other values of: \(names). Use a new key for a new request.")
        }
    }

    private init(_ rejection: HandoverRejection) {
        switch rejection {
        case .lineUnknown(let index):
            self.init(ErrorCode.handoverLineUnknown, parameter: "lines[\(index)].line")
        case .lineAmbiguous(let index):
            self.init(
                ErrorCode.parameterMissing, parameter: "lines[\(index)].record",
                detail: "Two records of this order have a line of this name: name the record too.")
        case .lineRepeated(let index):
            self.init(
                ErrorCode.parameterInvalid, parameter: "lines[\(index)].line", detail: "Name each line once.")
        case .productRefused(let index):
            self.init(ErrorCode.handoverProductRefused, parameter: "lines[\(index)].product_number")
        case .tooMuch(let index):
            self.init(ErrorCode.handoverAboveOwed, parameter: "lines[\(index)].quantity")
        case .notOwed(let index, let status):
            self.init(
                ErrorCode.handoverNotOwed, parameter: "lines[\(index)].line",
                detail: "The hold is \(status.rawValue): hand over after the first capture.")
        case .undoneAlready: self.init(ErrorCode.handoverUndone)
        }
    }

    private init(_ rejection: AuthorizationRejection) {
        switch rejection {
        case .notCapturable: self.init(ErrorCode.authorizationNotCapturable)
        case .notRefundable: self.init(ErrorCode.authorizationNotRefundable)
        case .notCancelable: self.init(ErrorCode.authorizationNotCancelable)
        case .captureOpen: self.init(ErrorCode.captureOpen)
        case .amountNotPositive: self.init(ErrorCode.parameterInvalid, parameter: "amount")
        case .captureAboveAuthorized(let capturable):
            self.init(
                ErrorCode.captureAboveAuthorized, parameter: "amount",
                detail: "At most \(capturable) can still be captured, in minor units.")
        case .refundAboveCaptured(let refundable):
            self.init(
                ErrorCode.refundAboveCaptured, parameter: "amount",
                detail: "At most \(refundable) can still be refunded, in minor units.")
        case .notAwaitingConfirmation, .notProcessing, .notDeclinable, .notDue:
            self.init(ErrorCode.confirmationOver)
        }
    }
}
