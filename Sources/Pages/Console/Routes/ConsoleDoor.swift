import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Vocabulary

/// What happens before a page is made: language, origin of a form, session, role, token of the form.
struct ConsoleDoor: Sendable {
    let gateway: Gateway
    let templates: ConsoleTemplates

    func answer(_ route: ConsoleRoute, _ request: Request, id: String?) async throws -> Response {
        var visit = visit(request, id: id)
        do {
            if request.method == .post, !SameOrigin.holds(request.headers, publicURL: settings.publicURL) {
                return try refusedForm(visit, code: "origin_not_allowed")
            }
            guard try await admit(&visit, to: route) else { return visit.redirect("/console/sign-in") }
            if request.method == .post {
                guard let form = try await form(of: request), form.names.isSubset(of: route.fields) else {
                    return try malformed(visit)
                }
                visit.form = form
                guard route.access == .everybody || isOwn(form[ConsoleRoute.tokenField], visit) else {
                    return try refusedForm(visit, code: "form_token_invalid")
                }
            }
            return try await route.handle(visit)
        } catch let refusal as Refusal where refusal.code == .sessionInvalid {
            return visit.redirect("/console/sign-in", cookies: [visit.cookies.clearing(.session)])
        } catch let refusal as Refusal {
            return try visit.problem(refusal)
        }
    }

    private var settings: Settings { gateway.settings }

    private func visit(_ request: Request, id: String?) -> ConsoleVisit {
        let cookies = ConsoleCookies(
            request.headers, isSecure: settings.publicURL.hasPrefix("https:"))
        let chosen = cookies[.language].flatMap { Language(rawValue: $0) }
        return ConsoleVisit(
            request: request, id: id, gateway: gateway, templates: templates, cookies: cookies,
            language: chosen ?? .preferred(acceptLanguage: request.headers[.acceptLanguage]),
            query: request.uri.query.flatMap { FormFields($0) } ?? .none)
    }

    /// Finds the session and compares roles; false where nobody is signed in who must be. A lesser role is
    /// refused and written down.
    private func admit(_ visit: inout ConsoleVisit, to route: ConsoleRoute) async throws -> Bool {
        guard case .role(let role) = route.access else { return true }
        guard let token = visit.cookies[.session] else { return false }
        let session = try await gateway.operatorSession(bearer: token)
        visit.session = session
        visit.token = gateway.formToken(session: token)
        try await gateway.demand(role, of: session.actor, for: visit.id ?? route.path)
        return true
    }

    /// Nil for another type, for too many bytes, and for what is no form.
    private func form(of request: Request) async throws -> FormFields? {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        guard type == "application/x-www-form-urlencoded" else { return nil }
        do {
            let bytes = try await request.body.collect(upTo: FormFields.maximumBytes)
            return String(validating: bytes.readableBytesView, as: UTF8.self).flatMap { FormFields($0) }
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    private func isOwn(_ token: String?, _ visit: ConsoleVisit) -> Bool {
        guard let token, !visit.token.isEmpty else { return false }
        return constantTimeEquals(token.utf8, visit.token.utf8)
    }

    private func refusedForm(_ visit: ConsoleVisit, code: String) throws -> Response {
        let words = ProblemWords(visit.language)
        return try visit.page(
            ProblemPage(words: words, detail: words.formRefused, code: code), heading: words.failed,
            status: .forbidden)
    }

    private func malformed(_ visit: ConsoleVisit) throws -> Response {
        let words = ProblemWords(visit.language)
        return try visit.page(
            ProblemPage(words: words, detail: words.formMalformed, code: "form_malformed"),
            heading: words.failed, status: .badRequest)
    }
}
