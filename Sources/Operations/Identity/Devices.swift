package import Vocabulary
import Lifecycles
import Records

extension Gateway {
    /// The devices of a device's customer, oldest first: this is how existing apps hear of a newcomer
    /// (SCA-32).
    package func devices(seenBy id: DeviceID) async throws(Refusal) -> [DeviceView] {
        try await refusing {
            guard let seer = try await ledger.device(id) else { throw Refusal(.deviceUnknown) }
            guard seer.isActive else { throw Refusal(.deviceBlocked) }
            let time = clock.time()
            return try await ledger.devices(of: seer.customer).filter { !$0.isTestRobot }.map { device in
                DeviceView(
                    id: device.id, name: device.name, status: device.shownStatus(at: time),
                    mayConfirmFrom: device.mayConfirmFrom)
            }
        }
    }

    /// One app turns away another during its hold. Done twice, it is done once.
    package func refuseDevice(_ newcomer: DeviceID, by device: DeviceID) async throws(Refusal) {
        let outcome = try await refusing { try await ledger.submit(RefuseDevice(newcomer, by: device)) }
        deviceDoor.forget([newcomer])
        switch outcome {
        case .refused, .rejected(.over): return
        case .unknown: throw Refusal(.notFound)
        case .rejected(.newcomer): throw Refusal(.deviceOnHold)
        case .rejected(.holdOver):
            throw Refusal(.factorNotAvailable, detail: "The device's hold is over; block the app instead.")
        case .rejected(.itself):
            throw Refusal(
                .factorNotAvailable, detail: "A device cannot refuse itself; block the app instead.")
        }
    }
}

extension DeviceRecord {
    /// As customers see it: `on_hold` until it may confirm.
    func shownStatus(at time: ServerTime) -> String {
        isActive && time.now(for: createdAt) < mayConfirmFrom ? "on_hold" : status
    }
}
