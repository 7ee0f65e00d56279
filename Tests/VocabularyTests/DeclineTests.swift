import Testing
import Vocabulary

@Suite struct DeclineTests {
    @Test func `PAY-DECLINE: the list of reasons is closed`() {
        #expect(DeclineReason.allCases.count == 58)
        #expect(Set(DeclineReason.allCases.map(\.rawValue)).count == 58)
    }

    @Test(
        arguments: [
            (.merchantRules, 6), (.authentication, 13), (.card, 3), (.prescription, 26), (.acquirer, 3),
            (.issuer, 7),
        ] as [(DeclineParty, Int)])
    func `PAY-DECLINE: every reason has one party that refused`(party: DeclineParty, count: Int) {
        #expect(DeclineReason.allCases.filter { $0.by == party }.count == count)
    }

    @Test(arguments: DeclineReason.allCases)
    func `PAY-DECLINE: a reason belongs to the prescription when its word says so`(reason: DeclineReason) {
        let isPrescription = reason.rawValue.hasPrefix("rx_")
        #expect((reason.by == .prescription) == isPrescription)
        #expect((reason.publicReason == "prescription_not_accepted") == isPrescription)
        #expect((reason.publicClass != nil) == isPrescription)
    }

    @Test(arguments: DeclineReason.allCases)
    func `PAY-DECLINE: every row of the table is filled in`(reason: DeclineReason) {
        #expect(reason.message.hasSuffix("."))
        #expect(reason.detail.hasSuffix("."))
        #expect(reason.advice != nil)
        #expect(reason.isRetryable == (reason.advice == .retryLater))
        #expect(reason.requirement.contains("-"))
        #expect(!reason.whoCanFix.isEmpty)
    }

    @Test func `SCA-08: the hidden causes of authentication are these six`() {
        let hidden = DeclineReason.allCases.filter { $0.publicReason == "authentication_unavailable" }
        #expect(
            hidden == [
                .appBlocked, .customerBlocked, .certificateBlocked, .tooManyAttempts, .pushBudgetSpent,
                .confirmationPendingElsewhere,
            ])
    }

    @Test func `SCA-09: what the public sees cannot tell hidden causes apart`() {
        var seen: [String: Set<String>] = [:]
        for reason in DeclineReason.allCases where reason.publicReason != reason.rawValue {
            let shown = "\(String(describing: reason.advice)) \(reason.isRetryable) \(reason.message)"
            seen[reason.publicReason + (reason.publicClass ?? ""), default: []].insert(shown)
        }
        #expect(seen.count == 5)
        #expect(seen.values.allSatisfy { $0.count == 1 })
    }

    @Test(
        arguments: [
            (.rxSignatureInvalid, "record"), (.rxExhausted, "coverage"), (.rxProxyMissing, "person"),
            (.rxRevocationUnknown, "try_later"), (.rxHeldElsewhere, "try_later"), (.rxExpired, "record"),
            (.doNotHonor, nil),
        ] as [(DeclineReason, String?)])
    func `RX-PRIVACY: outsiders see a class of a prescription's decline`(reason: DeclineReason, text: String?)
    {
        #expect(reason.publicClass == text)
    }

    @Test func `RX-REV-DOWN: unknown revocation may be tried again, a revoked certificate not`() {
        #expect(DeclineReason.rxRevocationUnknown.isRetryable)
        #expect(!DeclineReason.rxRevoked.isRetryable)
    }

    @Test(
        arguments: [
            (.acquirerUnavailable, .retryLater), (.insufficientFunds, .useAnotherCard),
            (.doNotHonor, .contactIssuer),
            (.stolenCard, .doNotRetry), (.lostCard, .doNotRetry), (.expiredCard, .useAnotherCard),
            (.amountOverLimit, .doNotRetry), (.confirmationReported, .doNotRetry), (.appBlocked, .retryLater),
        ] as [(DeclineReason, DeclineAdvice)])
    func `PAY-DECLINE: the advice fits the reason`(reason: DeclineReason, advice: DeclineAdvice) {
        #expect(reason.advice == advice)
    }

    @Test(
        arguments: [
            (.approved, "00", nil), (.doNotHonor, "05", .doNotHonor), (.partial, "10", .partialApproval),
            (.lostCard, "41", .lostCard), (.stolenCard, "43", .stolenCard),
            (.insufficientFunds, "51", .insufficientFunds), (.expiredCard, "54", .expiredCard),
            (.incorrectCVC, "N7", .incorrectCvc), (.systemError, "96", .processingError),
            (.issuerUnavailable, "91", .processingError), (.duplicate, "94", .processingError),
        ] as [(NetworkCode, String, DeclineReason?)])
    func `PAY-DECLINE: a network's code has our reason`(
        code: NetworkCode, text: String, reason: DeclineReason?
    ) {
        #expect(NetworkCode(text) == code)
        #expect(code.declineReason == reason)
    }

    @Test func `PAY-DECLINE: of all codes of two characters only 00 approves`() {
        let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let approving = characters.flatMap { first in characters.map { "\(first)\($0)" } }
            .filter { NetworkCode($0)?.declineReason == nil }
        #expect(approving == ["00"])
    }

    @Test(arguments: ["", "0", "000", "n7", "0 ", "ø", "0\n"])
    func `PAY-DECLINE: what is no network code is refused`(text: String) {
        #expect(NetworkCode(text) == nil)
    }
}
