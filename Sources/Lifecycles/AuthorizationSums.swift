/// The sums of one authorization in minor units. What is under way counts as used (ACQ-ONCE), so
/// captured + capturing <= authorized and refunded + refunding <= captured always hold.
package struct AuthorizationSums: Sendable, Hashable {
    package let authorized: Int64
    package private(set) var captured: Int64
    package private(set) var capturing: Int64
    package private(set) var refunded: Int64
    package private(set) var refunding: Int64

    package init(
        authorized: Int64, captured: Int64 = 0, capturing: Int64 = 0, refunded: Int64 = 0,
        refunding: Int64 = 0
    ) {
        self.authorized = authorized
        self.captured = captured
        self.capturing = capturing
        self.refunded = refunded
        self.refunding = refunding
    }

    package var capturable: Int64 { authorized - captured - capturing }
    package var refundable: Int64 { captured - refunded - refunding }

    mutating func beginCapture(_ amount: Int64) { capturing += amount }

    mutating func endCapture(_ amount: Int64, accepted: Bool) {
        capturing -= amount
        if accepted { captured += amount }
    }

    mutating func beginRefund(_ amount: Int64) { refunding += amount }

    mutating func endRefund(_ amount: Int64, accepted: Bool) {
        refunding -= amount
        if accepted { refunded += amount }
    }
}
