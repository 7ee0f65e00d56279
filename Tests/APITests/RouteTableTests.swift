import HTTPTypes
import Notation
import Operations
import Testing

@testable import API

@Suite struct RouteTableTests {
    let document = OpenAPIDocument.json(publicURL: "http://127.0.0.1:1")

    private func operation(_ route: Route) throws -> JSONObject {
        let item = try #require(document.object?["paths"]?.object?[route.path]?.object)
        return try #require(item[route.method.rawValue.lowercased()]?.object)
    }

    @Test(
        "PAY-ERROR: every route is documented with all its answers",
        arguments: RouteTable.all.map(\.operation))
    func documented(_ name: String) throws {
        let route = try #require(RouteTable.all.first { $0.operation == name })
        let operation = try operation(route)
        let responses = try #require(operation["responses"]?.object)
        #expect(responses[String(route.success.status)] != nil)
        for code in route.documentedErrors {
            #expect(responses[String(code.status)] != nil, "\(code.rawValue)")
        }
        #expect((responses["304"] != nil) == route.hasEntityTag)
        #expect((responses["401"] != nil) == (route.documentedErrors.contains { $0.status == 401 }))
        let parameters = operation["parameters"]?.array ?? []
        let named = parameters.filter { $0.object?["in"]?.text == "path" }
            .compactMap { $0.object?["name"]?.text }
        #expect(named == route.placeholders)
    }

    @Test func `PAY-ERROR: operation ids and routes are there once`() {
        let operations = RouteTable.all.map(\.operation)
        #expect(Set(operations).count == operations.count)
        let routes = RouteTable.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(routes).count == routes.count)
    }

    @Test func `PAY-ERROR: every reference of the document leads to a schema`() throws {
        let schemas = try #require(document.object?["components"]?.object?["schemas"]?.object)
        #expect(Set(schemas.names).count == Schemas.all.count)
        let prefix = "#/components/schemas/"
        let references = references(in: document)
        #expect(references.count > 50)
        for reference in references {
            #expect(reference.hasPrefix(prefix))
            #expect(schemas[String(reference.dropFirst(prefix.count))] != nil, "\(reference)")
        }
    }

    private func references(in json: JSON) -> [String] {
        switch json {
        case .array(let elements): elements.flatMap(references)
        case .object(let object):
            object.members.flatMap { member in
                member.name == "$ref" ? [member.value.text ?? ""] : references(in: member.value)
            }
        default: []
        }
    }

    @Test func `PAY-ERROR: no code of the catalogue is dead`() {
        let documented = Set(RouteTable.all.flatMap(\.documentedErrors))
        // The first is said for paths that no route has, the others on the console and the control socket.
        #expect(
            Set(ErrorCode.allCases).subtracting(documented) == [
                .routeUnknown, .twoPeopleNeeded, .ownRequest, .changeUnknown, .changeDiffers, .changeOver,
                .changeNotPossible,
            ])
    }

    @Test func `PAY-IDEM: every POST of a merchant that moves money needs a key`() {
        let money = RouteTable.all.filter {
            $0.method == .post && $0.path.hasPrefix("/v1/authorizations")
        }
        #expect(money.count == 6)
        #expect(money.allSatisfy { $0.idempotency == .required })
    }

    @Test func `SCA-31: answers and captures go on when new payments are refused`() throws {
        func limit(_ operation: String) throws -> Int {
            try #require(RouteTable.all.first { $0.operation == operation }).admission
                .maximumQueueMilliseconds
        }
        #expect(try limit("createAuthorization") == 100)
        #expect(try limit("createCardToken") == 100)
        #expect(try limit("answerConfirmation") == 2_000)
        #expect(try limit("captureAuthorization") == 2_000)
        #expect(try limit("getAuthorization") == .max)
    }

    @Test(arguments: [
        ("/v1/authorizations", ["GET", "POST"]), ("/v1/authorizations/x/refunds", ["GET", "POST"]),
        ("/v1/authorizations/x/capture", ["POST"]), ("/confirm/x", ["GET"]), ("/v1", []), ("/", []),
        ("/v1/authorizations/x/y/z", []),
    ])
    func `PAY-ERROR: the methods of a path are known`(path: String, methods: [String]) {
        #expect(KnownPaths(pagePaths: ["/confirm/{id}"]).methods(on: path) == methods)
    }

    @Test func `PAY-ERROR: the page of the documentation names every route and code`() {
        for route in RouteTable.all { #expect(DocsPage.html.contains(HTML.escaped(route.path))) }
        for code in ErrorCode.allCases { #expect(DocsPage.html.contains("id=\"\(code.rawValue)\"")) }
        #expect(!DocsPage.html.contains("<script"))
        // What stands behind a hidden reason is not published.
        #expect(!DocsPage.html.contains("certificate_blocked"))
    }

    @Test func `PAY-ERROR: the catalogue is whole`() {
        for code in ErrorCode.allCases {
            #expect((400...599).contains(code.status))
            #expect(!code.title.isEmpty && !code.detail.isEmpty && !code.whoCanFix.isEmpty)
        }
        let unsure = ErrorCode.allCases.filter { $0.status == 500 }
        #expect(unsure == [.internalError])
    }

    @Test func `PAY-IDEM: the route of a request names the object`() throws {
        let route = try #require(RouteTable.all.first { $0.operation == "captureAuthorization" })
        #expect(route.path { $0 == "id" ? "auth_1" : nil } == "/v1/authorizations/auth_1/capture")
        #expect(route.path { _ in nil } == "/v1/authorizations/{id}/capture")
        let undo = try #require(RouteTable.all.first { $0.operation == "undoHandover" })
        #expect(undo.path { "\($0)_1" } == "/v1/authorizations/id_1/handovers/handover_1/undo")
    }
}
