import Records
package import Vocabulary

/// What became of a price list that was given in.
package enum PriceListImport: String, Sendable, Hashable {
    case imported
    /// The very same files were there already.
    case unchanged
    /// It took the place of another list of the same day, which lies in the future.
    case replaced
}

/// A price list as it is listed.
package struct PriceListView: Sendable, Hashable {
    package let validFrom: LocalDate
    package let products: Int
    package let digest: [UInt8]
    package let importedAt: Instant
}

extension Issuer {
    /// Takes in a price list that counts from a day on, until the next one does.
    ///
    /// - Throws: `parameter_invalid` where another list of that day is in force or was: orders were decided
    ///   by it.
    package func importPriceList(
        _ list: PriceListContent, validFrom: LocalDate
    ) async throws(Refusal) -> PriceListImport {
        let outcome = try await gateway.refusing {
            try await submit(
                ImportPriceList(validFrom: validFrom, digest: list.digest, products: list.products))
        }
        switch outcome {
        case .imported: return .imported
        case .unchanged: return .unchanged
        case .replaced: return .replaced
        case .alreadyCounted:
            throw Refusal(
                .parameterInvalid, parameter: "valid_from",
                detail: "Another list counts from \(validFrom) already, and orders were decided by it: "
                    + "give a corrected list a later day.")
        }
    }

    /// Every price list, the newest first.
    package func priceLists() async throws(Refusal) -> [PriceListView] {
        try await gateway.refusing {
            try await gateway.ledger.priceLists().map {
                PriceListView(
                    validFrom: $0.validFrom, products: $0.products, digest: $0.digest,
                    importedAt: $0.importedAt)
            }
        }
    }
}
