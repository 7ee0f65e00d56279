import HTTPTypes
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@testable import Pages

/// Every address of the console, for every role and with every form bent. The table of who may open what is
/// written out here once more: a role that is lowered in the route table fails.
@Suite struct ConsoleWalkTests {
    /// Nil: everybody, for the sign-in.
    static let table: [String: OperatorRole?] = [
        "GET /console/sign-in": .none, "POST /console/sign-in": .none, "GET /console/sign-in/app": .none,
        "POST /console/sign-out": .viewer, "GET /console/language": .none,
        "GET /console": .viewer, "POST /console/views": .viewer, "POST /console/views/delete": .viewer,
        "GET /console/export": .auditor, "GET /console/authorizations/{id}": .auditor,
        "GET /console/charts": .viewer, "GET /console/lists": .viewer, "GET /console/log": .viewer,
        "GET /console/changes": .operator, "POST /console/changes": .operator,
        "POST /console/changes/{id}": .operator, "GET /console/customers/{id}": .auditor,
        "GET /console/operators": .administrator, "GET /console/**": .none,
    ]

    /// The fields of each form. The only one without a token is the sign-in, which no session sends.
    static let forms: [String: Set<String>] = [
        "/console/sign-in": ["user_id", "password"], "/console/sign-out": ["token"],
        "/console/views": ["token", "name", "q"], "/console/views/delete": ["token", "name", "q"],
        "/console/changes": ["token", "kind", "subject"],
        "/console/changes/{id}": ["token", "decision", "digest"],
    ]

    private static let posts = ConsoleRoute.all.filter { $0.method == .post }

    @Test func `OPS-ACCESS: the console's table says who may open what, as it is written here`() {
        let found = ConsoleRoute.all.map { route -> (String, OperatorRole?) in
            switch route.access {
            case .everybody: ("\(route.method.rawValue) \(route.path)", nil)
            case .role(let role): ("\(route.method.rawValue) \(route.path)", role)
            }
        }
        #expect(Dictionary(uniqueKeysWithValues: found) == Self.table)
        #expect(Dictionary(uniqueKeysWithValues: Self.posts.map { ($0.path, $0.fields) }) == Self.forms)
    }

    @Test func `OPS-ACCESS: each role opens what the table gives it, and a refusal leaves a leaf`()
        async throws
    {
        try await ConsoleWorld.test { world in
            for role in OperatorRole.allCases {
                var browser = try await world.browser(role)
                for (name, needed) in Self.table.sorted(by: { $0.key < $1.key }) {
                    let (method, path) = world.address(name)
                    guard path != "/console/sign-out" else { continue }
                    let before = try await world.leaves()
                    let answer = try await world.open(method, path, in: &browser)
                    let mayOpen = needed.map { role >= $0 } ?? true
                    let isRefused = answer.html.contains("<code>role_missing</code>")
                    #expect(isRefused == !mayOpen, "\(name) for \(role)")
                    #expect((answer.status == 403) == !mayOpen, "\(name) for \(role): \(answer.status)")
                    if !mayOpen {
                        #expect(try await world.leaves() == before + 1, "\(name) for \(role)")
                    }
                }
            }
        }
    }

    @Test func `OPS-WEB: a form without its token, with another's or an old one does nothing`() async throws {
        try await ConsoleWorld.test { world in
            var own = try await world.browser(.administrator)
            let old = try await own.token()
            _ = try await own.post("/console/sign-out", [("token", old)])
            own = try await world.browser(.administrator)
            var other = try await world.browser(.operator)
            let (token, foreign) = (try await own.token(), try await other.token())
            #expect(Set([old, token, foreign]).count == 3)
            for route in Self.posts where route.access != .everybody {
                for (what, bad) in [
                    ("none", nil), ("empty", ""), ("another's", foreign), ("an old one", old),
                    ("cut", String(token.dropLast())), ("longer", token + "A"),
                ] as [(String, String?)] {
                    let before = try await world.leaves()
                    let answer = try await own.post(
                        world.filled(route.path), world.form(route, token: bad))
                    #expect(answer.status == 403, "\(route.path), token \(what)")
                    #expect(answer.html.contains("<code>form_token_invalid</code>"), "\(route.path), \(what)")
                    #expect(try await world.leaves() == before, "\(route.path), token \(what)")
                }
            }
            // The session and its token are still good.
            #expect(try await own.post("/console/sign-out", [("token", token)]).status == 303)
        }
    }

    @Test func `OPS-WEB: a form from elsewhere does nothing, the sign-in's neither`() async throws {
        let fetch = try #require(HTTPField.Name("Sec-Fetch-Site"))
        try await ConsoleWorld.test { world in
            var browser = try await world.browser(.administrator)
            let token = try await browser.token()
            for route in Self.posts {
                for headers: HTTPFields in [
                    [:], [.origin: "null"], [.origin: "http://127.0.0.1:8081"],
                    [.origin: "https://evil.example"], [fetch: "cross-site"], [fetch: "same-site"],
                    [.origin: "http://127.0.0.1:8080", fetch: "cross-site"],
                ] {
                    let before = try await world.leaves()
                    let answer = try await browser.post(
                        world.filled(route.path), world.form(route, token: token), headers: headers)
                    #expect(answer.status == 403, "\(route.path) \(headers)")
                    #expect(answer.html.contains("<code>origin_not_allowed</code>"), "\(route.path)")
                    #expect(try await world.leaves() == before, "\(route.path)")
                }
            }
        }
    }

    @Test func `OPS-WEB: a form with a field that it does not have, or with one twice, does nothing`()
        async throws
    {
        try await ConsoleWorld.test { world in
            var browser = try await world.browser(.administrator)
            let token = try await browser.token()
            for route in Self.posts {
                let good = world.form(route, token: token)
                #expect(Set(good.map(\.0)) == route.fields, "\(route.path)")
                let bad: [[(String, String?)]] =
                    [good + [("findes_ikke", "1")], good + [("findes_ikke", "")]]
                    + good.map { field in good + [field] }
                for form in bad {
                    let before = try await world.leaves()
                    let answer = try await browser.post(world.filled(route.path), form)
                    #expect(answer.status == 400, "\(route.path) \(form.map(\.0))")
                    #expect(answer.html.contains("<code>form_malformed</code>"), "\(route.path)")
                    #expect(try await world.leaves() == before, "\(route.path)")
                }
            }
        }
    }

    @Test func `OPS-ACCESS: a customer's session, a key or a device opens no page of the console`()
        async throws
    {
        try await ConsoleWorld.test { world in
            let gateway = world.client.stage.gateway
            let secret = try await gateway.issuer.issueCodeToken(customer: world.customer).exposed()
            let started = try await gateway.startSignIn(
                userID: "kunde-1234", password: Redacted("hemmelig1"))
            let code = OneTimeCode.totp(secret: secret, at: gateway.clock.now())
            guard
                case .session(let session) = try await gateway.completeSignIn(
                    started.id, factor: .codeToken, code: Redacted(code))
            else { throw StageError.notAsked }
            for cookie in [session.token.exposed(), APIStage.secret, "", "x"] {
                for (name, needed) in Self.table where needed != nil {
                    var browser = ConsoleBrowser(world.client)
                    browser.cookies["godkend-console"] = cookie
                    let (method, path) = world.address(name)
                    let answer = try await world.open(method, path, in: &browser)
                    #expect(answer.status == 303, "\(name)")
                    #expect(answer.headers[.location] == "/console/sign-in", "\(name)")
                }
            }
        }
    }
}

/// The console with an operator of each role.
private struct ConsoleWorld: Sendable {
    let client: APIClient
    let customer: CustomerID
    private let clock: ManualClock
    private let people: [OperatorRole: ConsoleOperator]
    private let payment: String
    /// A change that waits.
    private let change: ChangeRecord

    static func test(_ work: @escaping @Sendable (ConsoleWorld) async throws -> Void) async throws {
        let clock = ManualClock()
        try await APIStage(clock: clock).test(runs: false) { client in
            try await work(try await ConsoleWorld(client, clock))
        }
    }

    private init(_ client: APIClient, _ clock: ManualClock) async throws {
        self.client = client
        self.clock = clock
        let pair = try await client.administrators()
        var people: [OperatorRole: ConsoleOperator] = [.administrator: pair.0]
        for role in OperatorRole.allCases where role != .administrator {
            people[role] = try await client.hire("\(role.rawValue)-42", role, by: pair)
        }
        self.people = people
        payment = try await client.declined(reference: "1001")
        let gateway = client.stage.gateway
        customer = try #require(try await gateway.ledger.device(client.stage.device)).customer
        try await gateway.issuer.setCertificate(of: customer, isValid: false)
        change = try await gateway.requestChange(
            .unblockCertificate(customer), by: .operator(pair.1.id, .administrator))
    }

    func browser(_ role: OperatorRole) async throws -> ConsoleBrowser {
        // A proof of a device is good once: another moment gives another one.
        clock.advance(seconds: 1)
        var browser = ConsoleBrowser(client)
        try await browser.signIn(try #require(people[role]))
        return browser
    }

    /// Method and path of a row of the table, with an id that is there.
    func address(_ name: String) -> (HTTPRequest.Method, String) {
        let parts = name.split(separator: " ")
        return (parts[0] == "POST" ? .post : .get, filled(String(parts[1])))
    }

    func filled(_ path: String) -> String {
        let id =
            path.contains("/customers/")
            ? customer.text : path.contains("/changes/") ? change.id.text : payment
        return path.replacing("{id}", with: id).replacing("**", with: "findes-ikke")
    }

    /// Opens an address; a form with its token and nothing that changes much.
    func open(
        _ method: HTTPRequest.Method, _ path: String, in browser: inout ConsoleBrowser
    ) async throws -> APIClient.Answer {
        guard method == .post else { return try await browser.get(path) }
        let token = browser.cookies["godkend-console"].map(client.stage.gateway.formToken)
        let fields: [(String, String?)] =
            path == "/console/sign-in" ? [("user_id", "x"), ("password", "y")] : [("token", token)]
        return try await browser.post(path, fields)
    }

    /// A form with each of its fields.
    func form(_ route: ConsoleRoute, token: String?) -> [(String, String?)] {
        let values: [String: String] = [
            "user_id": "anna-admin", "password": ConsoleOperator.password, "name": "uge", "q": "since:7d",
            "kind": ChangeKind.unblockCertificate.rawValue, "subject": customer.text, "decision": "reject",
            "digest": change.digestText,
        ]
        return route.fields.sorted().compactMap { field in
            field == "token" ? token.map { (field, $0) } : (field, values[field])
        }
    }

    /// Leaves of the log so far.
    func leaves() async throws -> Int64 {
        await client.stage.gateway.checkpointSigner.signNow()
        return client.stage.gateway.log.latest?.size ?? 0
    }
}
