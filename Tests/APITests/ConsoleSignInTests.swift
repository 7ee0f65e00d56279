import HTTPTypes
import Operations
import TestKit
import Testing

@testable import Pages

/// The console's door.
@Suite struct ConsoleSignInTests {
    @Test func `OPS-ACCESS: password and code app open a session, and signing out ends it`() async throws {
        try await APIStage().test { client in
            let (anna, _) = try await client.administrators()
            var browser = ConsoleBrowser(client)
            try await browser.signIn(anna)
            let session = try #require(browser.told.first { $0.hasPrefix("godkend-console=") })
            for part in ["Path=/console", "HttpOnly", "SameSite=Strict", "Max-Age=28"] {
                #expect(session.contains("; \(part)"), "\(part)")
            }
            #expect(!session.contains("Secure"))
            let page = try await browser.get("/console")
            #expect(page.status == 200 && page.html.contains("Navn anna-admin"))
            let old = browser.cookies
            let done = try await browser.post("/console/sign-out", [("token", try await browser.token())])
            #expect(done.status == 303 && done.headers[.location] == "/console/sign-in")
            #expect(browser.cookies["godkend-console"] == nil)
            browser.cookies = old
            #expect(try await browser.get("/console").headers[.location] == "/console/sign-in")
        }
    }

    @Test func `OPS-ACCESS: no page shows anything without a session`() async throws {
        try await APIStage().test { client in
            var browser = ConsoleBrowser(client)
            for route in ConsoleRoute.all where route.access != .everybody {
                let path = route.path.replacing("{id}", with: "x")
                let answer =
                    route.method == .get
                    ? try await browser.get(path) : try await browser.post(path, [("token", "x")])
                #expect(answer.status == 303, "\(path)")
                #expect(answer.headers[.location] == "/console/sign-in", "\(path)")
                #expect(answer.bytes.isEmpty)
            }
        }
    }

    @Test(arguments: [("anna-admin", "forkert-1"), ("findes-ikke", "Kontor-42"), ("kunde-1234", "hemmelig1")])
    func `SCA-09: whoever is no operator sees the same number and the same sentence`(
        userID: String, password: String
    ) async throws {
        let clock = ManualClock()
        try await APIStage(clock: clock).test(runs: false) { client in
            _ = try await client.administrators()
            var browser = ConsoleBrowser(client)
            _ = try await browser.post("/console/sign-in", [("user_id", userID), ("password", password)])
            let asked = try await browser.get("/console/sign-in/app")
            #expect(asked.status == 200 && asked.html.contains("class=\"match\""))
            #expect(asked.html.contains("http-equiv=\"refresh\" content=\"3\""))
            let still = try await browser.get("/console/sign-in/app?still=1")
            #expect(!still.html.contains("http-equiv=\"refresh\""))
            clock.advance(seconds: 301)
            let over = try await browser.get("/console/sign-in/app")
            #expect(over.headers[.location] == "/console/sign-in?failed=1")
            let form = try await browser.get("/console/sign-in?failed=1")
            #expect(form.html.contains(SignInWords(.english).failed))
        }
    }

    @Test func `OPS-ACCESS: a session ends after half an hour without use`() async throws {
        let clock = ManualClock()
        try await APIStage(clock: clock).test(runs: false) { client in
            let (anna, _) = try await client.administrators()
            var browser = ConsoleBrowser(client)
            try await browser.signIn(anna)
            clock.advance(seconds: 1_799)
            #expect(try await browser.get("/console").status == 200)
            clock.advance(seconds: 1_800)
            #expect(try await browser.get("/console").status == 303)
        }
    }

    @Test func `OPS-WEB: behind https cookies are secure and say so in their names`() {
        let cookies = ConsoleCookies(
            [.cookie: "__Secure-godkend-console=abc; godkend-console=def"], isSecure: true)
        #expect(cookies[.session] == "abc")
        #expect(
            cookies.setting(.session, to: "x", seconds: 5)
                == "__Secure-godkend-console=x; Path=/console; Max-Age=5; HttpOnly; SameSite=Strict; Secure")
    }

    @Test(arguments: [
        ("/console", true), ("/console/log", true), ("/console?q=a", true), ("//evil.example", false),
        ("/consoleevil", false), ("https://evil.example/console", false), ("/console/\\evil", false),
        ("/console/\u{9}x", false), ("", false),
    ])
    func `OPS-WEB: the choice of language leads back to this site only`(path: String, isOwn: Bool) {
        #expect(ConsoleRoute.isOwnPath(path) == isOwn)
    }

    @Test func `OPS-WEB: the language of the browser counts until another one is chosen`() async throws {
        try await APIStage().test { client in
            var browser = ConsoleBrowser(client)
            browser.language = "da-DK,da;q=0.9,en;q=0.5"
            let danish = try await browser.get("/console/sign-in")
            #expect(danish.html.contains("<html lang=\"da\">") && danish.html.contains("Adgangskode"))
            #expect(danish.headers[.contentLanguage] == "da")
            let chosen = try await browser.get("/console/language?to=en&back=%2Fconsole%2Fsign-in")
            #expect(chosen.headers[.location] == "/console/sign-in")
            let english = try await browser.get("/console/sign-in")
            #expect(english.html.contains("<html lang=\"en\">") && english.html.contains("Password"))
            let elsewhere = try await browser.get("/console/language?to=da&back=%2F%2Fevil.example")
            #expect(elsewhere.headers[.location] == "/console")
        }
    }
}
