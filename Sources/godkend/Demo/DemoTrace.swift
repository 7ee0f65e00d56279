import Operations

/// The rules that a payment's decisions went through.
enum DemoTrace {
    static func lines(of payment: DemoPayment, in gateway: Gateway) async throws -> [String] {
        payment.decisions
    }
}
