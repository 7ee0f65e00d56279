import HTTPTypes
import Hummingbird
import Lifecycles
import Operations
import Vocabulary

extension ConsoleRoute {
    /// Sign-in with password and code app, sign-out, and the choice of language.
    static let signInRoutes: [ConsoleRoute] = [
        .get("/console/sign-in", .everybody) { visit in
            let words = SignInWords(visit.language)
            return try visit.page(
                PasswordPage(words: words, hasFailed: visit.query["failed"] != nil), heading: words.title)
        },
        .post("/console/sign-in", .everybody, fields: ["user_id", "password"], startSignIn),
        .get("/console/sign-in/app", .everybody, waitForApp),
        .post("/console/sign-out", .role(.viewer), fields: []) { visit in
            if let token = visit.cookies[.session] {
                try await visit.gateway.endOperatorSession(bearer: token)
            }
            return visit.redirect("/console/sign-in", cookies: [visit.cookies.clearing(.session)])
        },
        .get("/console/language", .everybody) { visit in
            let back = visit.query["back"] ?? "/console"
            guard let language = visit.query["to"].flatMap({ Language(rawValue: $0) }), isOwnPath(back) else {
                return visit.redirect("/console")
            }
            return visit.redirect(
                back, cookies: [visit.cookies.setting(.language, to: language.tag, seconds: yearSeconds)])
        },
    ]

    private static let yearSeconds = 31_536_000
    private static let refreshSeconds = 3

    /// The first element. What was wrong with it is never said: the number is shown either way (SCA-09).
    private static func startSignIn(_ visit: ConsoleVisit) async throws -> Response {
        guard let userID = visit.form["user_id"], let password = visit.form["password"] else {
            return failed(visit)
        }
        let id = try await visit.gateway.startOperatorSignIn(userID: userID, password: Redacted(password))
        return visit.redirect(
            "/console/sign-in/app",
            cookies: [
                visit.cookies.setting(
                    .signIn, to: id.text, seconds: visit.gateway.settings.confirmationSeconds)
            ])
    }

    /// The number for the app, and a look whether it has answered.
    private static func waitForApp(_ visit: ConsoleVisit) async throws -> Response {
        guard let id = visit.cookies[.signIn].flatMap({ SignInID($0) }) else {
            return visit.redirect("/console/sign-in")
        }
        let words = SignInWords(visit.language)
        do {
            switch try await visit.gateway.completeOperatorSignIn(id) {
            case .pending(let question):
                let isStill = visit.query["still"] != nil
                return try visit.page(
                    AppPage(words: words, code: question.matchCode.text, isStill: isStill),
                    heading: words.appTitle, refreshSeconds: isStill ? nil : refreshSeconds)
            case .session(let started):
                let seconds = Int(started.expiresAt.seconds(since: visit.gateway.clock.now()))
                return visit.redirect(
                    "/console",
                    cookies: [
                        visit.cookies.clearing(.signIn),
                        visit.cookies.setting(
                            .session, to: started.token.exposed(), seconds: max(0, seconds)),
                    ])
            }
        } catch let refusal as Refusal where refusal.code == .signInFailed {
            return failed(visit)
        }
    }

    private static func failed(_ visit: ConsoleVisit) -> Response {
        visit.redirect("/console/sign-in?failed=1", cookies: [visit.cookies.clearing(.signIn)])
    }

    /// A path of the console, and no address of another site.
    static func isOwnPath(_ path: String) -> Bool {
        (path == "/console" || path.hasPrefix("/console/") || path.hasPrefix("/console?"))
            && path.utf8.allSatisfy { (33...126).contains($0) && $0 != UInt8(ascii: "\\") }
    }
}
