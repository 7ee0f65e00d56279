import Vocabulary

/// Every key of the server's configuration: the closed list (CONTRACT section 12).
///
/// No key turns off the confirmation of card payments, number matching, `synchronous=FULL` or the decision
/// log, because there is none here that could.
package enum SettingKey: String, CaseIterable, Sendable, Hashable {
    case mode = "mode"
    case publicURL = "public_url"
    case logOrigin = "log.origin"
    case confirmationSeconds = "confirmation.ttl_seconds"
    case wrongAnswers = "confirmation.wrong_answers"
    case pushBudget = "push.budget"
    case pushWindowSeconds = "push.window_seconds"
    case reportBlockSeconds = "report.block_seconds"
    case enrolmentHoldSeconds = "enrolment.hold_seconds"
    case authorizationDays = "authorization.ttl_days"
    case authorizationDaysVisa = "authorization.ttl_days.visa"
    case authorizationDaysMastercard = "authorization.ttl_days.mastercard"
    case authorizationDaysAmex = "authorization.ttl_days.amex"
    case authorizationDaysDankort = "authorization.ttl_days.dankort"
    case acquirerKind = "acquirer.kind"
    case acquirerBooks = "acquirer.books"
    case acquirerAddress = "acquirer.address"
    case acquirerTimeoutSeconds = "acquirer.timeout_seconds"
    case acquirerCurrencyForm = "acquirer.currency_form"
    case acquirerEncoding = "acquirer.encoding"
    case acquirerLengthHeader = "acquirer.length_header"
    case acquirerLengthIncludesItself = "acquirer.length_includes_itself"
    case acquirerTPDU = "acquirer.tpdu"
    case acquirerSignOn = "acquirer.sign_on"
    case acquirerEchoSeconds = "acquirer.echo_seconds"
    case acquirerKeepAliveSeconds = "acquirer.keepalive_seconds"
    case acquirerMerchantType = "acquirer.merchant_type"
    case acquirerEntryMode = "acquirer.entry_mode"
    case acquirerConditionCode = "acquirer.condition_code"
    case acquirerAcceptorLocation = "acquirer.acceptor_location"
    case acquirerTLS = "acquirer.tls"
    case acquirerTLSRoots = "acquirer.tls_ca"
    case acquirerTLSCertificate = "acquirer.tls_certificate"
    case acquirerTLSKey = "acquirer.tls_key"
    case acquirerTLSName = "acquirer.tls_name"
    case acquirerGiveUpDays = "acquirer.give_up_days"
    case acquirerWarningMinutes = "acquirer.warning_minutes"
    case keyCardReorderAt = "keycard.reorder_at"
    case idempotencyDays = "idempotency.keep_days"
    case attestationSeconds = "registry.attestation_seconds"
    case guardianUntilAge = "guardian.until_age"
    case clockJumpSeconds = "clock.jump_seconds"
    case clockConfirmSeconds = "clock.confirm_seconds"
}

/// What a key takes.
package enum SettingShape: Sendable, Hashable {
    /// A whole number: its default and its bounds in each mode, ends included.
    case number(standard: Int, test: ClosedRange<Int>, live: ClosedRange<Int>)
    /// One word of a closed list; the first one is the default.
    case word([String])
    /// A text whose default comes from elsewhere: the address listened on, or the state folder.
    case text
    /// A text that may have blanks in it.
    case line
}

extension SettingKey {
    /// Default and bounds.
    ///
    /// In live mode the default is the lower bound ("under the default in live mode the server does not
    /// start"), but for `push.budget`, for which the contract gives live bounds of its own.
    package var shape: SettingShape {
        switch self {
        case .mode: .word(["test", "live"])
        case .acquirerKind: .word(["sandbox", "iso8583"])
        case .publicURL, .logOrigin, .acquirerBooks, .acquirerAddress, .acquirerTPDU, .acquirerMerchantType,
            .acquirerEntryMode, .acquirerConditionCode, .acquirerTLSName:
            .text
        case .acquirerAcceptorLocation, .acquirerTLSRoots, .acquirerTLSCertificate, .acquirerTLSKey: .line
        case .acquirerCurrencyForm: .word(["numeric", "letters"])
        case .acquirerEncoding: .word(["ascii", "ascii_binary", "bcd"])
        case .acquirerLengthHeader: .word(["binary2", "binary4", "ascii4"])
        case .acquirerLengthIncludesItself, .acquirerSignOn: .word(["no", "yes"])
        case .acquirerTLS: .word(["off", "on"])
        case .acquirerEchoSeconds, .acquirerKeepAliveSeconds: number(0, 0...3_600)
        case .acquirerGiveUpDays: .number(standard: 7, test: 1...90, live: 1...90)
        case .acquirerWarningMinutes: .number(standard: 15, test: 1...1_440, live: 1...1_440)
        case .confirmationSeconds: number(300, 1...600)
        case .wrongAnswers: number(5, 1...5)
        case .pushBudget: .number(standard: 3, test: 1...1_000, live: 1...10)
        case .pushWindowSeconds: number(600, 1...86_400)
        case .reportBlockSeconds: number(86_400, 0...2_592_000)
        case .enrolmentHoldSeconds: number(3_600, 0...604_800)
        case .authorizationDays, .authorizationDaysVisa, .authorizationDaysMastercard,
            .authorizationDaysAmex, .authorizationDaysDankort:
            number(7, 1...30)
        case .acquirerTimeoutSeconds: number(20, 1...60)
        case .keyCardReorderAt: number(20, 1...100)
        case .idempotencyDays: number(31, 1...400)
        case .attestationSeconds: number(600, 60...86_400)
        case .guardianUntilAge: number(15, 0...18)
        case .clockJumpSeconds: .number(standard: 2, test: 1...60, live: 1...60)
        case .clockConfirmSeconds: number(60, 1...3_600)
        }
    }

    private func number(_ standard: Int, _ test: ClosedRange<Int>) -> SettingShape {
        .number(standard: standard, test: test, live: standard...test.upperBound)
    }

    /// The key's own limit for one brand of card; where it is not given, `authorization.ttl_days` stands.
    static func authorizationDays(of brand: CardBrand) -> SettingKey {
        switch brand {
        case .visa: .authorizationDaysVisa
        case .mastercard: .authorizationDaysMastercard
        case .amex: .authorizationDaysAmex
        case .dankort: .authorizationDaysDankort
        }
    }
}
