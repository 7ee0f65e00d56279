import Notation
import Vocabulary

/// The response codes of the card networks (ISO 8583 element 39), and what each leads to, as they are
/// published.
enum ResponseCodeTable {
    /// What stands above the table.
    static let introduction = """
        The codes of ISO 8583:1987, element 39, and what networks publish beside them. Only 00 approves a \
        payment, and only for the whole amount in its currency, with an approval code. Whatever else says \
        that something was approved is declined and reversed. A code that is not here is the issuer's \
        refusal without a reason.
        """

    /// For the page `/docs`.
    static var html: String {
        "<p>\(HTML.escaped(introduction))</p>"
            + DocsPage.table(
                ["Code", "Meaning", "Payment", "Reason", "Capture, refund, reversal"],
                ResponseCode.table.sorted { $0.code.text < $1.code.text }.map { row in
                    (
                        id: "code-\(row.code)",
                        cells: [
                            "<code>\(row.code)</code>", HTML.escaped(row.meaning), words(row.answer),
                            row.reason.map { "<code>\($0.rawValue)</code>" } ?? "", words(row.ending),
                        ]
                    )
                })
    }

    /// For the OpenAPI document: one line a code.
    static var text: String {
        introduction + " "
            + ResponseCode.table.sorted { $0.code.text < $1.code.text }
            .map { "\($0.code) \($0.meaning): \($0.reason?.rawValue ?? "approved")" }
            .joined(separator: "; ") + "."
    }

    private static func words(_ answer: ResponseCode.Answer) -> String {
        switch answer {
        case .approves: "approved"
        case .approvesOtherwise: "declined and reversed"
        case .refuses: "declined"
        }
    }

    private static func words(_ ending: ResponseCode.Ending) -> String {
        switch ending {
        case .accepted: "done"
        case .acceptedInPart: "done, perhaps in part: an operator is told"
        case .passing: "refused; a reversal is sent again"
        case .unsettled: "sent again"
        case .refused: "refused for good"
        }
    }
}
