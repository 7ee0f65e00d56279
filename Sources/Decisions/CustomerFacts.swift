package import Vocabulary

/// What is known of a customer's means to confirm, read in the same transaction that decides.
package struct CustomerFacts: Sendable, Hashable {
    package let isBlocked: Bool
    package let isPasswordBlocked: Bool
    package let isCertificateBlocked: Bool
    package let isAppBlocked: Bool
    /// Too many failures with the app: nothing before this time.
    package let appSuspendedUntil: Instant?
    /// "It was not me" was said: nothing before this time.
    package let reportedUntil: Instant?
    /// Devices that may confirm now.
    package let readyDevices: Int
    /// Enrolled devices that must still wait.
    package let devicesOnHold: Int

    package init(
        isBlocked: Bool, isPasswordBlocked: Bool, isCertificateBlocked: Bool, isAppBlocked: Bool,
        appSuspendedUntil: Instant?, reportedUntil: Instant?, readyDevices: Int, devicesOnHold: Int
    ) {
        self.isBlocked = isBlocked
        self.isPasswordBlocked = isPasswordBlocked
        self.isCertificateBlocked = isCertificateBlocked
        self.isAppBlocked = isAppBlocked
        self.appSuspendedUntil = appSuspendedUntil
        self.reportedUntil = reportedUntil
        self.readyDevices = readyDevices
        self.devicesOnHold = devicesOnHold
    }
}
