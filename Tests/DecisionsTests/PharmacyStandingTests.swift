import Decisions
import Testing
import Vocabulary

/// What must still hold of a pharmacy order at the customer's answer and at the bank's.
@Suite struct PharmacyStandingTests {
    @Test(
        arguments: [
            (true, true, nil), (false, true, .rxProxyMissing), (true, false, .rxHeldElsewhere),
            (false, false, .rxProxyMissing),
        ] as [(Bool, Bool, DeclineReason?)])
    func `RX-PROXY: relation and holds still stand at the answer and at the result`(
        isRelationGood: Bool, areHoldsActive: Bool, reason: DeclineReason?
    ) {
        let standing = PharmacyStanding(isRelationGood: isRelationGood, areHoldsActive: areHoldsActive)
        #expect(GoodAnswer(pharmacy: standing).decision.decline == reason)
        #expect(GoodResult(pharmacy: standing).decision.decline == reason)
    }

    @Test func `RX-REV: a signer who was proved revoked ends the order before all else of it`() {
        let standing = PharmacyStanding(isRelationGood: false, areHoldsActive: false, areSignersGood: false)
        #expect(GoodAnswer(pharmacy: standing).decision.decline == .rxRevoked)
        #expect(GoodResult(pharmacy: standing).decision.decline == .rxRevoked)
    }

    @Test func `RX-PROXY: an order without a prescription is not concerned`() {
        let names = Set([
            "answered-relation-good", "answered-holds-active", "relation-still-stands", "holds-still-stand",
            "answered-signers-good", "signers-still-good",
        ])
        let entries = (GoodAnswer().decision.trace + GoodResult().decision.trace).filter {
            names.contains($0.rule)
        }
        #expect(entries.map(\.verdict) == Array(repeating: .notApplicable, count: 6))
    }

    @Test func `RX-PAYFAIL: the bank's no goes before a hold that is gone`() {
        let gone = PharmacyStanding(isRelationGood: true, areHoldsActive: false)
        let refused = GoodResult(result: .declined(.insufficientFunds), pharmacy: gone)
        #expect(refused.decision.decline == .insufficientFunds)
    }
}
