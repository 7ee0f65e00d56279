import Vocabulary

/// What the bank holds on one authorization: sums in minor units.
struct SandboxAccount: Sendable, Hashable {
    let merchant: MerchantID
    let currency: Currency
    let trigger: SandboxTrigger
    let approvedMinor: Int64
    var capturedMinor: Int64 = 0
    var refundedMinor: Int64 = 0
    var reversedMinor: Int64 = 0
    var refusedReversals = 0

    init(_ entry: SandboxEntry) {
        merchant = entry.merchant
        currency = entry.currency
        trigger = entry.card?.trigger ?? .approves
        approvedMinor = entry.bookedMinor
    }

    /// What may still be captured or released.
    var openMinor: Int64 { approvedMinor - capturedMinor - reversedMinor }
    /// What may still be given back.
    var refundableMinor: Int64 { capturedMinor - refundedMinor }
}
