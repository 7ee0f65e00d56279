import Proofs
package import Vocabulary

/// A price list that was read without a problem.
package struct PriceListContent: Sendable, Hashable {
    /// At least one; no varenummer twice, in their order.
    package let products: [PricedProduct]
    /// SHA-256 of the file; of several, SHA-256 over their digests in ascending order.
    package let digest: [UInt8]
}

/// Reads the files of one price list, all or nothing.
package enum PriceListReader {
    /// A list is one or more comma-separated files (`PriceTable`), or LMS01 and LMS02 in fixed columns
    /// (`LMSRow`) with or without `substitution.csv`.
    ///
    /// - Parameter layout: nil: the files' names tell.
    /// - Throws: every problem of every file.
    package static func read(
        _ files: [PriceFile], layout: PriceLayout? = nil
    ) throws(PriceListFailure) -> PriceListContent {
        var parts: [PriceFileRole: [PriceFile]] = [:]
        var problems: [PriceListProblem] = []
        for file in files {
            if let role = PriceFileRole(of: file, layout: layout) {
                parts[role, default: []].append(file)
            } else {
                problems.append(PriceListProblem(file.name, .fileUnknown))
            }
        }
        guard problems.isEmpty else { throw PriceListFailure(problems: problems) }
        let isFixed = parts.keys.contains { $0 != .table }
        let found = isFixed ? try fixed(parts) : tables(parts[.table] ?? [])
        guard found.problems.isEmpty else { throw PriceListFailure(problems: found.problems) }
        guard !found.products.isEmpty else {
            let names = files.map(\.name).joined(separator: ", ")
            throw PriceListFailure(problems: [PriceListProblem(names.isEmpty ? "-" : names, .noProduct)])
        }
        return PriceListContent(
            products: found.products.sorted { $0.number < $1.number }, digest: digest(of: files))
    }

    private static func digest(of files: [PriceFile]) -> [UInt8] {
        let digests = files.map { Digest.sha256($0.bytes) }
        guard digests.count != 1 else { return digests[0] }
        return Digest.sha256(digests.sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }

    private struct Found {
        var products: [PricedProduct] = []
        var problems: [PriceListProblem] = []
        private var places: [ProductNumber: (file: String, line: Int)] = [:]

        /// Adds a file's products; a varenummer that is there already is a problem.
        mutating func add(
            _ file: PriceFile, _ found: [(product: PricedProduct, line: Int)], column: String
        ) {
            for (product, line) in found {
                if let first = places[product.number] {
                    let flaw: PriceListFlaw =
                        first.file == file.name
                        ? .numberRepeated(firstLine: first.line) : .numberRepeatedElsewhere(file: first.file)
                    problems.append(PriceListProblem(file.name, line: line, column: column, flaw))
                } else {
                    places[product.number] = (file.name, line)
                    products.append(product)
                }
            }
        }

        var numbers: Set<ProductNumber> { Set(places.keys) }
    }

    private static func tables(_ files: [PriceFile]) -> Found {
        var found = Found()
        for file in files {
            let table = PriceTable(file)
            found.problems += table.problems
            found.add(file, table.products, column: PriceTable.columns[0])
        }
        return found
    }

    private static func fixed(_ parts: [PriceFileRole: [PriceFile]]) throws(PriceListFailure) -> Found {
        let mixed = (parts[.table] ?? []).map { PriceListProblem($0.name, .layoutsMixed) }
        let extra = parts.filter { $0.key != .table }.values.flatMap { $0.dropFirst() }
        let repeated = extra.map { PriceListProblem($0.name, .fileRepeated) }
        guard mixed.isEmpty, repeated.isEmpty else { throw PriceListFailure(problems: mixed + repeated) }
        guard let drugFile = parts[.drugs]?.first, let packageFile = parts[.packages]?.first else {
            let lacking = parts[.drugs] == nil ? "LMS01" : "LMS02"
            let there = parts.values.joined().map(\.name).sorted().joined(separator: ", ")
            throw PriceListFailure(problems: [PriceListProblem(there, .fileMissing(lacking))])
        }
        let drugs = LMSDrugs(drugFile)
        let substitutions = parts[.substitutions]?.first.map(SubstitutionTable.init)
        let packages = LMSPackages(
            packageFile, drugs: drugs.drugs, substitutions: substitutions?.groups ?? [:])
        var found = Found()
        // A drug that could not be read makes strangers of all its packages: its own problem says it once.
        found.problems = drugs.problems + (substitutions?.problems ?? [])
        found.problems += drugs.problems.isEmpty ? packages.problems : []
        found.add(packageFile, packages.products, column: LMSPackages.number.column)
        if found.problems.isEmpty, let substitutions {
            found.problems = substitutions.strangers(to: found.numbers)
        }
        return found
    }
}
