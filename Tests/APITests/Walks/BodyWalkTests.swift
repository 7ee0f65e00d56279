import HTTPTypes
import Notation
import Operations
import TestKit
import Testing

@testable import API

/// Every member of every body of every route, one wrong at a time, by real requests. A route that takes JSON
/// and has no good body in `WalkBodies` fails the walk.
@Suite struct BodyWalkTests {
    @Test
    func `PAY-ERROR: each body of the walk has every member that its schema names, and no route lacks one`()
        throws
    {
        let routes = RouteTable.all.filter { $0.bodySchema != nil }
        #expect(Set(WalkBodies.good.keys) == Set(routes.map(\.operation)))
        for route in routes {
            let body = try #require(WalkBodies.good[route.operation])
            #expect(BodyMap(body, schema: try #require(route.bodySchema)).gaps == [], "\(route.operation)")
        }
    }

    @Test func `PAY-ERROR: an unknown member is refused by name, in each body and in each object of it`()
        async throws
    {
        try await walk { route, map, body, post in
            for (place, schema) in map.objects where schema != nil {
                let unknown = place.then(.member("findes_ikke"))
                let answer = try await post(body.setting(unknown, to: 1).writtenText)
                #expect(answer.code == "parameter_unknown", "\(route.operation) \(unknown)")
                #expect(answer.parameter == unknown.description, "\(route.operation)")
                #expect(answer.status == ErrorCode.parameterUnknown.status)
            }
        }
    }

    @Test func `PAY-ERROR: a repeated member is refused by name, in each body and in each object of it`()
        async throws
    {
        try await walk { route, map, body, post in
            for (place, _) in map.values {
                guard case .member = place.steps.last else { continue }
                let answer = try await post(body.text(repeating: place))
                #expect(answer.code == "parameter_repeated", "\(route.operation) \(place)")
                #expect(answer.parameter == place.description, "\(route.operation)")
                #expect(answer.status == ErrorCode.parameterRepeated.status)
            }
            let empty = try await post(#"{"x":1,"x":2}"#)
            #expect(empty.code == "parameter_repeated" && empty.parameter == "x", "\(route.operation)")
        }
    }

    @Test func `PAY-ERROR: a value of another type is refused by the path of its member`() async throws {
        try await walk { route, map, body, post in
            for (place, value) in map.values {
                for other in value.otherTypes {
                    let answer = try await post(body.setting(place, to: other).writtenText)
                    let note: Comment = "\(route.operation) \(place) as \(other.writtenText)"
                    #expect(answer.code == "parameter_invalid", note)
                    #expect(answer.parameter == place.description, note)
                    #expect(answer.status == ErrorCode.parameterInvalid.status, note)
                }
            }
        }
    }

    @Test
    func `PAY-ERROR: a body that is no object is refused, and a member that must be there is asked for`()
        async throws
    {
        try await walk { route, map, body, post in
            for text in ["[]", "7", "\"ja\"", "null", "true", "{", "{}{}", ""] {
                let answer = try await post(text)
                let isNone = text.isEmpty && route.takesNoBody
                #expect((answer.code == "body_malformed") == !isNone, "\(route.operation) \(text)")
            }
            for (place, schema) in map.objects {
                for property in schema?.properties ?? [] where property.isRequired {
                    let missing = place.then(.member(property.name))
                    let answer = try await post(body.setting(missing, to: nil).writtenText)
                    #expect(answer.code == "parameter_missing", "\(route.operation) \(missing)")
                    #expect(answer.parameter == missing.description, "\(route.operation)")
                }
            }
        }
    }

    @Test func `PAY-ERROR: a query that no route documents is refused, and so is one given twice`()
        async throws
    {
        try await WalkWorld.test { world in
            // A browser asks on behalf of a page: what stands behind the question mark is for the request
            // that follows.
            for route in RouteTable.all where route.operation != "preflightCardToken" {
                let unknown = try await world.ask(route, query: "findes_ikke=1")
                #expect(unknown.code == "parameter_unknown", "\(route.operation)")
                #expect(unknown.parameter == "findes_ikke", "\(route.operation)")
                for parameter in route.query {
                    let name = parameter.name.replacing("[", with: "%5B").replacing("]", with: "%5D")
                    let twice = try await world.ask(route, query: "\(name)=1&\(name)=1")
                    #expect(twice.code == "parameter_repeated", "\(route.operation) \(parameter.name)")
                    #expect(twice.parameter == parameter.name, "\(route.operation)")
                }
            }
        }
    }

    @Test func `PAY-IDEM: what was refused for its body does not use its key up`() async throws {
        try await WalkWorld.test { world in
            for route in RouteTable.all where route.idempotency != .none && route.bodySchema != nil {
                let body = try #require(WalkBodies.good[route.operation])
                let wrong = body.setting(BodyPlace().then(.member("findes_ikke")), to: 1)
                let key = "one-\(route.operation)"
                let refused = try await world.ask(route, text: wrong.writtenText, idempotency: key)
                #expect(refused.code == "parameter_unknown", "\(route.operation)")
                let good = try await world.ask(route, text: body.writtenText, idempotency: key)
                #expect(good.code != "idempotency_key_reused", "\(route.operation)")
                #expect(good.code != "parameter_unknown", "\(route.operation)")
            }
        }
    }

    // MARK: What a walk needs

    private typealias Post = (String) async throws -> APIClient.Answer

    /// Each route that takes JSON, as whoever the route is for. The good body comes first, so that nothing
    /// else is wrong with what follows.
    private func walk(
        _ visit: @escaping @Sendable (Route, BodyMap, JSON, Post) async throws -> Void
    ) async throws {
        try await WalkWorld.test { world in
            for route in RouteTable.all {
                guard let schema = route.bodySchema, let body = WalkBodies.good[route.operation] else {
                    continue
                }
                let good = try await world.ask(route, text: body.writtenText)
                let code = good.code.flatMap { ErrorCode(rawValue: $0) }
                #expect(!Self.aboutBodies.contains { $0 == code }, "\(route.operation)")
                if route.credential != .none {
                    #expect(!CredentialWalkTests.doors.contains { $0 == code }, "\(route.operation)")
                }
                try await visit(route, BodyMap(body, schema: schema), body) { text in
                    try await world.ask(route, text: text)
                }
            }
        }
    }

    private static let aboutBodies: Set<ErrorCode> = [
        .bodyMalformed, .parameterUnknown, .parameterRepeated, .parameterMissing, .parameterInvalid,
        .contentTypeUnsupported, .bodyTooLarge,
    ]
}

extension Route {
    /// The route may be asked without a body.
    fileprivate var takesNoBody: Bool {
        if case .json(_, isRequired: false) = body { return true }
        return false
    }
}
