import Hummingbird
import Lifecycles
import Operations
import Vocabulary

extension ConsoleRoute {
    /// What is blocked for one customer; looking at it is written down.
    static let customerRoutes: [ConsoleRoute] = [
        .get("/console/customers/{id}", .role(.auditor)) { visit in
            guard let id = visit.id.flatMap({ CustomerID($0) }) else { throw Refusal(.notFound) }
            let customer = try await visit.gateway.issuer(by: try visit.actor()).customer(id)
            let view = CustomerStanding(customer, in: visit.language)
            return try visit.page(
                view.page(mayAsk: { visit.may($0.role) }, showsName: visit.may(.operator)),
                heading: "\(CustomerWords(visit.language).title) \(id.text)")
        }
    ]
}
