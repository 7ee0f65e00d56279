package import Vocabulary

/// The states of a code app's device. Only `active` is ever left.
package enum DeviceStatus: String, Sendable, Hashable, CaseIterable {
    case active
    /// Another app of the same customer turned it away during its hold (SCA-32).
    case refused
    case revoked

    package var isTerminal: Bool { self != .active }
}

/// Why a device does not change its state.
package enum DeviceRejection: Error, Sendable, Hashable {
    case over(DeviceStatus)
    /// The hold is over: it is no newcomer any more, and can only be revoked.
    case holdOver
    /// A device turns away others, never itself.
    case itself
    /// A newcomer itself has no say yet.
    case newcomer
}

/// The life of a device: enrolled, on hold for a while, then good until it is refused or revoked (SCA-23).
package struct DeviceLifecycle: Sendable, Hashable {
    package let id: DeviceID
    package private(set) var status: DeviceStatus
    /// The first moment at which it may confirm.
    package let mayConfirmFrom: Instant

    package init(id: DeviceID, status: DeviceStatus, mayConfirmFrom: Instant) {
        self.id = id
        self.status = status
        self.mayConfirmFrom = mayConfirmFrom
    }

    package func isOnHold(at now: Instant) -> Bool { status == .active && now < mayConfirmFrom }

    package func mayConfirm(at now: Instant) -> Bool { status == .active && now >= mayConfirmFrom }

    /// Another device of the same customer turns this one away. Only during the hold, and only by one that
    /// may confirm itself.
    package mutating func refuse(by other: DeviceLifecycle, at now: Instant) throws(DeviceRejection) {
        guard other.id != id else { throw .itself }
        guard other.mayConfirm(at: now) else { throw .newcomer }
        guard status == .active else { throw .over(status) }
        guard isOnHold(at: now) else { throw .holdOver }
        status = .refused
    }

    /// Takes it out of use for good.
    package mutating func revoke() throws(DeviceRejection) {
        guard status == .active else { throw .over(status) }
        status = .revoked
    }
}
