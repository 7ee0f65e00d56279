package import Vocabulary

/// Which acquirer is asked.
package enum AcquirerKind: String, Sendable, Hashable, CaseIterable {
    /// The embedded one, which moves no money.
    case sandbox
    /// ISO 8583 over TCP.
    case iso8583
}

/// The server's configuration after all sources were read and all bounds checked.
///
/// Seconds and days are whole numbers; addresses have no trailing slash.
package struct Settings: Sendable, Hashable {
    package let isLive: Bool
    /// `http://127.0.0.1:8080`: what `htu` of a device proof and links to pages start with.
    package let publicURL: String
    /// First line of the decision log's checkpoints.
    package let logOrigin: String
    package let confirmationSeconds: Int
    package let wrongAnswers: Int
    package let pushBudget: Int
    package let pushWindowSeconds: Int
    package let reportBlockSeconds: Int
    package let enrolmentHoldSeconds: Int
    /// How long an approval stands uncaptured; has every brand.
    package let authorizationDays: [CardBrand: Int]
    package let acquirerKind: AcquirerKind
    /// The sandbox acquirer's file of books; nil: in the state folder.
    package let acquirerBooks: String?
    /// `host:port` of the ISO 8583 acquirer.
    package let acquirerAddress: String?
    package let acquirerTimeoutSeconds: Int
    package let acquirerLine: AcquirerLine
    package let keyCardReorderAt: Int
    package let idempotencyDays: Int
    package let attestationSeconds: Int
    package let guardianUntilAge: Int
    /// When the machine's clock is doubted, and when it is believed again.
    package let clockTerms: ClockTerms

    /// Checks every value given and fills in the defaults.
    ///
    /// `publicURL` is the address listened on; it stands where `values` has no `public_url`. `isLive` goes
    /// before a `mode` among the values.
    package init(values: [SettingKey: String], isLive: Bool, publicURL: String) throws(SettingError) {
        let reader = SettingReader(values: values, isLive: isLive)
        for key in SettingKey.allCases { try reader.check(key) }
        self.isLive = isLive
        self.publicURL = try reader.address(.publicURL, standard: publicURL)
        logOrigin = values[.logOrigin] ?? Self.origin(of: self.publicURL)
        confirmationSeconds = try reader.number(.confirmationSeconds)
        wrongAnswers = try reader.number(.wrongAnswers)
        pushBudget = try reader.number(.pushBudget)
        pushWindowSeconds = try reader.number(.pushWindowSeconds)
        reportBlockSeconds = try reader.number(.reportBlockSeconds)
        enrolmentHoldSeconds = try reader.number(.enrolmentHoldSeconds)
        var days: [CardBrand: Int] = [:]
        for brand in CardBrand.allCases {
            let own = SettingKey.authorizationDays(of: brand)
            days[brand] = try reader.number(values[own] == nil ? .authorizationDays : own)
        }
        authorizationDays = days
        acquirerKind = AcquirerKind(rawValue: values[.acquirerKind] ?? "") ?? .sandbox
        acquirerBooks = values[.acquirerBooks]
        acquirerAddress = values[.acquirerAddress]
        acquirerTimeoutSeconds = try reader.number(.acquirerTimeoutSeconds)
        acquirerLine = try AcquirerLine(reader)
        keyCardReorderAt = try reader.number(.keyCardReorderAt)
        idempotencyDays = try reader.number(.idempotencyDays)
        attestationSeconds = try reader.number(.attestationSeconds)
        guardianUntilAge = try reader.number(.guardianUntilAge)
        clockTerms = ClockTerms(
            jumpSeconds: try reader.number(.clockJumpSeconds),
            confirmSeconds: try reader.number(.clockConfirmSeconds))
        if isLive && acquirerKind == .sandbox {
            throw .missing(
                .acquirerKind, because: "live mode takes a real acquirer; the sandbox moves no money")
        }
        if acquirerKind == .iso8583 && acquirerAddress == nil {
            throw .missing(.acquirerAddress, because: "acquirer.kind is iso8583")
        }
    }

    /// How long an approval of a card of this brand stands uncaptured, in days.
    package func authorizationDays(for brand: CardBrand) -> Int {
        authorizationDays[brand] ?? 7
    }

    /// A public address without its scheme.
    private static func origin(of address: String) -> String {
        guard let scheme = address.firstIndex(of: "/") else { return address }
        return String(address[scheme...].drop { $0 == "/" })
    }
}
