import HTTPTypes
import Lifecycles
import Notation
import Operations
import Records
import TestKit
import Testing
import Vocabulary

@testable import Pages

/// What the console's pages show, to whom, and with which headers.
@Suite struct ConsolePageTests {
    private static let canary = "<script>alert(1)</script>\"'&"

    @Test func `OPS-WEB: every page has a strict policy, no script, and no outside address`() async throws {
        try await APIStage().test { client in
            let (anna, _) = try await client.administrators()
            let id = try await client.declined(reference: Self.canary)
            var browser = ConsoleBrowser(client)
            var pages = [try await browser.get("/console/sign-in")]
            try await browser.signIn(anna)
            for path in [
                "/console", "/console?q=reason:", "/console/charts", "/console/lists", "/console/log",
                "/console/changes", "/console/operators", "/console/authorizations/\(id)",
                "/console/authorizations/auth_x", "/console/findes/ikke",
                "/console/export?format=csv",
            ] { pages.append(try await browser.get(path)) }
            for page in pages {
                let policy = page.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.hasPrefix("default-src 'none'; style-src 'self';"))
                #expect(!policy.contains("script-src") && !policy.contains("unsafe"))
                #expect(page.headers[.cacheControl] == "no-store")
                #expect(page.headers[APIClient.header("Referrer-Policy")] == "same-origin")
                #expect(!page.html.lowercased().contains("<script"))
                #expect(!page.html.contains("http://") && !page.html.contains("https://"))
                #expect(!page.html.contains(" style="))
            }
            #expect(pages.map(\.status) == [200, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 200])
        }
    }

    @Test func `OPS-WEB: what others wrote is shown as text`() async throws {
        try await APIStage().test { client in
            let (anna, _) = try await client.administrators()
            let id = try await client.declined(reference: Self.canary)
            var browser = ConsoleBrowser(client)
            try await browser.signIn(anna)
            let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"
            #expect(try await browser.get("/console").html.contains(escaped))
            #expect(try await browser.get("/console/authorizations/\(id)").html.contains(escaped))
            let typed = FormFields.address("/console", [("q", "reason:\"><script>alert(2)</script>")])
            let flaw = try await browser.get(typed).html
            #expect(flaw.contains("&lt;script&gt;alert(2)") && !flaw.contains("<script"))
            let token = try await browser.token()
            let saved = try await browser.post(
                "/console/views", [("token", token), ("name", "<b>uge</b>"), ("q", "since:7d")])
            #expect(saved.status == 303)
            let page = try await browser.get("/console").html
            #expect(page.contains("&lt;b&gt;uge&lt;/b&gt;") && !page.contains("<b>uge"))
        }
    }

    @Test(arguments: OperatorRole.allCases)
    func `OPS-ACCESS: what a role may not do is neither offered nor done`(role: OperatorRole) async throws {
        try await APIStage().test { client in
            let pair = try await client.administrators()
            let id = try await client.declined(reference: "1001")
            let person =
                role == .administrator ? pair.0 : try await client.hire("ny-operatoer", role, by: pair)
            var browser = ConsoleBrowser(client)
            try await browser.signIn(person)
            let token = try await browser.token()
            let list = try await browser.get("/console").html
            for entry in MenuEntry.allCases {
                #expect(list.contains("href=\"\(entry.rawValue)\"") == (role >= entry.role), "\(entry)")
                let status = try await browser.get(entry.rawValue).status
                #expect(status == (role >= entry.role ? 200 : 403), "\(entry)")
            }
            #expect(list.contains("/console/authorizations/\(id)") == (role >= .auditor))
            #expect(list.contains("/console/export") == (role >= .auditor))
            for route in ConsoleRoute.all {
                guard case .role(let needed) = route.access, role < needed else { continue }
                let path = route.path.replacing("{id}", with: id)
                let answer =
                    route.method == .get
                    ? try await browser.get(path) : try await browser.post(path, [("token", token)])
                #expect(answer.status == 403, "\(path)")
                #expect(answer.html.contains("<code>role_missing</code>"), "\(path)")
            }
        }
    }

    @Test func `OPS-ACCESS: a form needs this session's token and this site`() async throws {
        try await APIStage().test { client in
            let (anna, bo) = try await client.administrators()
            var (browser, other) = (ConsoleBrowser(client), ConsoleBrowser(client))
            try await browser.signIn(anna)
            try await other.signIn(bo)
            let (token, foreign) = (try await browser.token(), try await other.token())
            #expect(token != foreign)
            func post(_ token: String?, _ headers: HTTPFields) async throws -> Int {
                let form = [("token", token), ("name", "uge"), ("q", "since:7d")]
                return try await browser.post("/console/views", form, headers: headers).status
            }
            let own: HTTPFields = [.origin: "http://127.0.0.1:8080"]
            let fetch = APIClient.header("Sec-Fetch-Site")
            #expect(try await post(token, own) == 303)
            #expect(try await post(token, [fetch: "same-origin"]) == 303)
            #expect(try await post(nil, own) == 403)
            #expect(try await post("", own) == 403)
            #expect(try await post(foreign, own) == 403)
            #expect(try await post(token, [:]) == 403)
            #expect(try await post(token, [.origin: "null"]) == 403)
            #expect(try await post(token, [.origin: "http://127.0.0.1:8081"]) == 403)
            #expect(try await post(token, [.origin: "http://127.0.0.1:8080", fetch: "cross-site"]) == 403)
            #expect(
                try await post(token, [.origin: "http://127.0.0.1:8080", .contentType: "text/plain"]) == 400)
        }
    }

    @Test func `OPS-ACCESS: two people lift a block, and nobody alone`() async throws {
        try await APIStage().test { client in
            let (anna, bo) = try await client.administrators()
            let gateway = client.stage.gateway
            let id = try await client.declined(reference: "1001")
            let story = try await gateway.explain(
                try #require(ExplainedID(id)), by: .operator(anna.id, .administrator))
            let customer = try #require(story.customer)
            try await gateway.issuer.block(customer: customer)
            var (first, second) = (ConsoleBrowser(client), ConsoleBrowser(client))
            try await first.signIn(anna)
            try await second.signIn(bo)
            #expect(
                try await first.get("/console/customers/\(customer.text)").html.contains("customer.unblock"))
            let asked = try await first.post(
                "/console/changes",
                [
                    ("token", try await first.token()), ("kind", "customer.unblock"),
                    ("subject", customer.text),
                ])
            #expect(asked.headers[.location] == "/console/changes?done=asked")
            let change = try #require(
                try await gateway.pendingChanges(by: .operator(bo.id, .administrator)).first)
            let path = "/console/changes/\(change.id.text)"
            let own = try await first.get("/console/changes").html
            #expect(own.contains(change.digestText) && !own.contains("value=\"approve\""))
            func approve(_ browser: inout ConsoleBrowser, _ digest: String) async throws -> Int {
                try await browser.post(
                    path,
                    [("token", try await browser.token()), ("decision", "approve"), ("digest", digest)]
                ).status
            }
            #expect(try await approve(&first, change.digestText) == 409)
            #expect(try await approve(&second, String(change.digestText.prefix(12))) == 409)
            #expect(try await approve(&second, String(repeating: "0", count: 64)) == 409)
            #expect(try await second.get("/console/changes").html.contains("value=\"approve\""))
            #expect(try await approve(&second, change.digestText) == 303)
            #expect(try await approve(&second, change.digestText) == 409)
            let standing = try await gateway.issuer.customer(customer)
            #expect(!standing.isBlocked)
        }
    }

    @Test func `LOG-ERASE: after an erasure the pages say so, and show no person`() async throws {
        try await APIStage().test { client in
            let (anna, bo) = try await client.administrators()
            let gateway = client.stage.gateway
            let id = try await client.declined(reference: "1001")
            var (first, second) = (ConsoleBrowser(client), ConsoleBrowser(client))
            try await first.signIn(anna)
            try await second.signIn(bo)
            let before = try await first.get("/console/authorizations/\(id)").html
            let words = StoryWords(.english)
            #expect(!before.contains(words.erased))
            let explained = try #require(ExplainedID(id))
            let known = try await gateway.explain(explained, by: .operator(anna.id, .administrator))
            let customer = try #require(known.customer)
            #expect(try await first.get("/console/customers/\(customer.text)").html.contains("Karen Kunde"))
            _ = try await first.post(
                "/console/changes",
                [
                    ("token", try await first.token()), ("kind", "customer.erase"),
                    ("subject", customer.text),
                ])
            let change = try #require(
                try await gateway.pendingChanges(by: .operator(bo.id, .administrator)).first)
            let approved = try await second.post(
                "/console/changes/\(change.id.text)",
                [
                    ("token", try await second.token()), ("decision", "approve"),
                    ("digest", change.digestText),
                ])
            #expect(approved.status == 303)
            let story = try await first.get("/console/authorizations/\(id)").html
            #expect(story.contains(words.erased) && story.contains(words.rules.inputsErased))
            let standing = try await first.get("/console/customers/\(customer.text)").html
            #expect(standing.contains(CustomerWords(.english).erased))
            #expect(!standing.contains("Karen Kunde") && !standing.contains("customer.erase"))
        }
    }

    @Test func `OPS-FIND: pages follow one another in both directions`() async throws {
        try await APIStage().test { client in
            let (anna, _) = try await client.administrators()
            for index in 0..<52 {
                _ = try await client.declined(reference: String(repeating: "r", count: index + 1))
            }
            var browser = ConsoleBrowser(client)
            try await browser.signIn(anna)
            func link(_ rel: String, in html: String) -> String? {
                let line = html.split(separator: "\n").first { $0.contains("rel=\"\(rel)\"") }.map(
                    String.init)
                return line?.components(after: "href=\"").map {
                    String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
                }
            }
            let first = try await browser.get("/console").html
            #expect(first.ranges(of: "class=\"state bad\"").count == 50)
            #expect(link("prev", in: first) == nil)
            let second = try await browser.get(try #require(link("next", in: first))).html
            #expect(second.ranges(of: "class=\"state bad\"").count == 2)
            #expect(link("next", in: second) == nil)
            let back = try await browser.get(try #require(link("prev", in: second))).html
            #expect(back.ranges(of: "class=\"state bad\"").count == 50)
            #expect(link("prev", in: back) == nil && link("next", in: back) == link("next", in: first))
        }
    }

    @Test func `OPS-EXPORT: the console's export holds the manifest and harmless cells`() async throws {
        try await APIStage().test { client in
            let (anna, _) = try await client.administrators()
            _ = try await client.declined(reference: "=1+1")
            var browser = ConsoleBrowser(client)
            try await browser.signIn(anna)
            let lines = try await browser.get("/console/export?q=status:declined&format=jsonl")
            #expect(lines.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"godkend-") == true)
            #expect(lines.html.hasPrefix("{\"format\":\"godkend-export@v1\""))
            let table = try await browser.get("/console/export?q=status:declined&format=csv")
            #expect(table.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(table.html.split(separator: "\r\n").count == 2 && !table.html.contains("\n="))
            let refused = try await browser.get("/console/export?q=card:4242")
            #expect(refused.status == 400)
        }
    }
}
