import HTTPTypes
import Hummingbird
import Lifecycles
import Notation
import NIOCore
import Operations
import Vocabulary

/// One request to the console on its way: what was sent, who sent it, and in which language to answer.
struct ConsoleVisit: Sendable {
    let request: Request
    /// An id in the path; nil where the path has none.
    let id: String?
    let gateway: Gateway
    let templates: ConsoleTemplates
    let cookies: ConsoleCookies
    let language: Language
    let query: FormFields
    /// What was posted; empty for a GET.
    var form = FormFields.none
    var session: OperatorSession?
    /// What forms carry to show that a page of this session sent them.
    var token = ""

    /// Who acts. Routes without a session do not ask.
    func actor() throws(Refusal) -> Actor {
        guard let session else { throw Refusal(.sessionInvalid) }
        return session.actor
    }

    func may(_ role: OperatorRole) -> Bool { session.map { $0.role >= role } ?? false }

    // Answers

    /// A page under its heading.
    func page<Page: ConsolePage>(
        _ page: Page, heading: String, at entry: MenuEntry? = nil, notice: String? = nil,
        refreshSeconds: Int? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let shell = shell(heading, at: entry, notice: notice, refreshSeconds: refreshSeconds)
        guard let html = templates.html(page, in: shell) else { throw HTTPError(.internalServerError) }
        var headers = ConsoleHeaders.ofPage
        headers[.contentLanguage] = language.tag
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// See Other (RFC 9110 section 15.4.4), on this site.
    func redirect(_ address: String, cookies: [String] = []) -> Response {
        var headers = ConsoleHeaders.ofPage
        headers[.contentType] = nil
        headers[.location] = address
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return Response(status: .seeOther, headers: headers)
    }

    /// Why something was not done, as a page.
    func problem(_ refusal: Refusal) throws -> Response {
        let words = ProblemWords(language)
        let status = HTTPResponse.Status(code: refusal.code.status)
        let heading =
            switch refusal.code {
            case .roleMissing: words.refused
            case .notFound, .changeUnknown: words.missing
            default: words.failed
            }
        return try page(
            ProblemPage(words: words, detail: refusal.words(language), code: refusal.code.rawValue),
            heading: heading,
            status: status)
    }

    private func shell(
        _ heading: String, at entry: MenuEntry?, notice: String?, refreshSeconds: Int?
    ) -> Shell {
        let menu = MenuWords(language)
        let other = language.other
        return Shell(
            words: ShellWords(language), language: language.tag, title: heading, heading: heading,
            menu: MenuEntry.allCases.filter { may($0.role) }.map {
                Shell.Entry(href: $0.rawValue, name: $0.name(menu), isCurrent: $0 == entry)
            },
            operator: session.map {
                Shell.Person(operatorName: $0.name, operatorRole: $0.role.words(language))
            },
            token: token, isTest: !gateway.settings.isLive, now: gateway.clock.now().local,
            otherLanguage: Shell.Switch(
                href: FormFields.address("/console/language", [("to", other.tag), ("back", address)]),
                tag: other.tag, name: other.name),
            notice: notice, refreshSeconds: refreshSeconds)
    }

    /// Where the reader is: path and query.
    private var address: String {
        request.method == .get ? request.uri.string : "/console"
    }
}

/// The header fields of every answer of the console.
enum ConsoleHeaders {
    /// Our own style sheet and picture, forms to ourselves, and nothing else (CSP level 3).
    static let contentSecurityPolicy = """
        default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; \
        base-uri 'none'
        """

    /// The referrer stays on this site: with none at all a browser would not name its origin with a form.
    static let ofPage: HTTPFields = {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: contentSecurityPolicy,
            .cacheControl: "no-store", .vary: "Accept-Language, Cookie",
        ]
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { headers[name] = "same-origin" }
        return headers
    }()
}
