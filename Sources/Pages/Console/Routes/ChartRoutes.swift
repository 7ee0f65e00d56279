import Hummingbird
import Lifecycles
import Operations
import Records
import Vocabulary

extension ConsoleRoute {
    /// The charts of some days, the last thirty at first.
    static let chartRoutes: [ConsoleRoute] = [.get("/console/charts", .role(.viewer), charts)]

    private static func charts(_ visit: ConsoleVisit) async throws -> Response {
        let words = ChartWords(visit.language)
        let today = LocalDate(visit.gateway.clock.now())
        let to = visit.query["to"].flatMap { LocalDate($0) } ?? today
        let from = visit.query["from"].flatMap { LocalDate($0) } ?? to.adding(days: -29)
        let merchant = visit.query["merchant"].flatMap { MerchantID($0) }
        var drawn: [ChartsPage.Chart] = []
        var flaw: String?
        do throws(Refusal) {
            let counts = try await visit.gateway.auditCharts(from: from, to: to, merchant: merchant)
            drawn = ChartDrawing(counts, in: visit.language).charts
        } catch {
            guard error.code == .parameterInvalid else { throw error }
            flaw = words.badRange
        }
        let merchants = try await visit.gateway.auditMerchants()
        return try visit.page(
            ChartsPage(
                words: words, from: from.description, to: to.description,
                merchants: [.init(value: "", name: words.allMerchants, isChosen: merchant == nil)]
                    + merchants.map { .init(value: $0.text, name: $0.text, isChosen: $0 == merchant) },
                flaw: flaw, charts: drawn), heading: words.title, at: .charts)
    }
}
