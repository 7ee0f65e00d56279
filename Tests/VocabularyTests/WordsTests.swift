import Testing
import Vocabulary

@Suite struct WordsTests {
    @Test func `the words stand on the wire as agreed`() {
        #expect(Factor.allCases.map(\.rawValue) == ["app", "key_card", "code_token", "password"])
        #expect(Verdict.allCases.map(\.rawValue) == ["approve", "deny", "report"])
        #expect(VerifiedBy.allCases.map(\.rawValue) == ["pin", "passkey"])
        #expect(
            ConfirmationKind.allCases.map(\.rawValue) == ["card_payment", "prescription_lookup", "sign_in"])
        #expect(CaptureMode.allCases.map(\.rawValue) == ["manual", "automatic"])
        #expect(LineKind.allCases.map(\.rawValue) == ["goods", "medicine", "fee", "discount", "subsidy"])
        #expect(CardBrand.allCases.map(\.rawValue) == ["visa", "mastercard", "amex", "dankort"])
        #expect(
            DeclineParty.allCases.map(\.rawValue) == [
                "merchant_rules", "authentication", "card", "prescription", "acquirer", "issuer",
            ])
        #expect(
            DeclineAdvice.allCases.map(\.rawValue) == [
                "retry_later", "use_another_card", "contact_issuer", "do_not_retry",
            ])
    }

    @Test(arguments: [
        (DeclineReason.codeAppRequired, "code_app_required"), (.rxHeldElsewhere, "rx_held_elsewhere"),
        (.incorrectCvc, "incorrect_cvc"), (.merchantNotPharmacy, "merchant_not_pharmacy"),
        (.doNotHonor, "do_not_honor"), (.rxCanceled, "rx_canceled"),
    ])
    func `PAY-DECLINE: a reason's word is its case in snake case`(reason: DeclineReason, word: String) {
        #expect(reason.rawValue == word)
    }
}
