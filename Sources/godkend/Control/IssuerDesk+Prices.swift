import Notation
import Operations
import Vocabulary

extension IssuerDesk {
    /// Files of a price list travel with their names and in base 64, since their text may not be UTF-8.
    func importPriceList(_ call: IssuerCall, _ issuer: Issuer) async throws -> JSON {
        guard let day = LocalDate(try call.text("valid_from")) else {
            throw CommandFailure("Write the list's first day like 2026-11-16.")
        }
        let layout = call.optionalText("layout").flatMap(PriceLayout.init(rawValue:))
        let list: PriceListContent
        do {
            list = try PriceListReader.read(try files(call), layout: layout)
        } catch let failure as PriceListFailure {
            throw CommandFailure(failure.explanation)
        }
        let outcome = try await issuer.importPriceList(list, validFrom: day)
        return [
            "valid_from": .text(day.description), "outcome": .text(outcome.rawValue),
            "products": .integer(Int64(list.products.count)), "digest": .text(Hex.encode(list.digest)),
        ]
    }

    private func files(_ call: IssuerCall) throws -> [PriceFile] {
        try (call.particulars["files"]?.array ?? []).map { file in
            guard let name = file.object?["name"]?.text, let content = file.object?["content"]?.text,
                let bytes = Base64.decode(content)
            else { throw CommandFailure("The order \(call.name.rawValue) has a file that cannot be read.") }
            return PriceFile(name: name, bytes: bytes)
        }
    }

    func priceLists() async throws -> JSON {
        let lists = try await gateway.issuer.priceLists().map { list -> JSON in
            [
                "valid_from": .text(list.validFrom.description), "products": .integer(Int64(list.products)),
                "imported_at": .text(list.importedAt.rfc3339), "digest": .text(Hex.encode(list.digest)),
            ]
        }
        return ["price_lists": .array(lists)]
    }
}
