import Hummingbird
import Lifecycles
import Operations
import Records
import Vocabulary

extension ConsoleRoute {
    /// Changes that need two operators: asked for by one, approved or rejected by another.
    static let changeRoutes: [ConsoleRoute] = [
        .get("/console/changes", .role(.operator)) { visit in
            let words = ChangeWords(visit.language)
            return try visit.page(
                try await ChangeView.page(visit), heading: words.title, at: .changes,
                notice: ChangeDone(visit.query["done"])?.words(words))
        },
        .post("/console/changes", .role(.operator), fields: ["kind", "subject"]) { visit in
            guard let change = proposal(visit.form) else {
                throw Refusal(.parameterInvalid, parameter: "kind")
            }
            _ = try await visit.gateway.requestChange(change, by: try visit.actor())
            return done(.asked, visit)
        },
        .post("/console/changes/{id}", .role(.operator), fields: ["decision", "digest"], decide),
    ]

    /// Approving names the whole digest that the form showed, so nobody approves what they did not read.
    private static func decide(_ visit: ConsoleVisit) async throws -> Response {
        guard let id = visit.id.flatMap({ ChangeRequestID($0) }) else { throw Refusal(.changeUnknown) }
        switch visit.form["decision"] {
        case "approve":
            guard let digest = visit.form["digest"], digest.utf8.count == 64 else {
                throw Refusal(.changeDiffers)
            }
            let made = try await visit.gateway.approveChange(id, digest: digest, by: try visit.actor())
            if case .operatorAdded(_, let activation) = made {
                return try activated(activation.userID, activation.code, activation.expiresAt, visit)
            }
            return done(.approved, visit)
        case "reject":
            _ = try await visit.gateway.rejectChange(id, by: try visit.actor())
            return done(.rejected, visit)
        default: throw Refusal(.parameterInvalid, parameter: "decision")
        }
    }

    /// The new operator's activation code, shown once: it is not in the address, and not kept.
    private static func activated(
        _ userID: String, _ code: String, _ expiresAt: Instant, _ visit: ConsoleVisit
    ) throws -> Response {
        let words = ChangeWords(visit.language)
        let sign = SignInWords(visit.language)
        return try visit.page(
            SectionsPage(
                words: ProblemWords(visit.language), intro: words.activation,
                sections: [
                    StorySection(
                        "activation", words.activationCode,
                        facts: [
                            Fact(sign.userID, userID), Fact(words.activationCode, "", word: code),
                            Fact(words.expiresAt, expiresAt.local),
                        ])
                ]), heading: words.done, at: .changes)
    }

    private static func done(_ what: ChangeDone, _ visit: ConsoleVisit) -> Response {
        visit.redirect(FormFields.address("/console/changes", [("done", what.rawValue)]))
    }

    private static func proposal(_ form: FormFields) -> ProposedChange? {
        guard let kind = form["kind"].flatMap({ ChangeKind(rawValue: $0) }), let subject = form["subject"]
        else {
            return nil
        }
        return switch kind {
        case .unblockCustomer: CustomerID(subject).map { .unblockCustomer($0) }
        case .unblockCertificate: CustomerID(subject).map { .unblockCertificate($0) }
        case .eraseCustomer: CustomerID(subject).map { .eraseCustomer($0) }
        case .endOperator: OperatorID(subject).map { .endOperator($0) }
        case .addOperator, .changeRules: nil
        }
    }
}

/// What a form did, for the sentence on the page after it.
enum ChangeDone: String {
    case asked, approved, rejected

    init?(_ word: String?) {
        guard let found = word.flatMap({ ChangeDone(rawValue: $0) }) else { return nil }
        self = found
    }

    func words(_ words: ChangeWords) -> String {
        switch self {
        case .asked: words.asked
        case .approved: words.done
        case .rejected: words.turnedDown
        }
    }
}
