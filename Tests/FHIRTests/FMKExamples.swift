import Foundation
import Notation
import Testing
import Vocabulary

/// The public FMK examples of the Danish Health Data Authority (MIT licence), where they lie beside the
/// package.
enum FMKExamples {
    static let absence: Comment = "the public FMK examples are not in ../shared/data/prescriptions/dk-fmk"

    private static let folder: URL = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/",
            !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder.appending(path: "../shared/data/prescriptions/dk-fmk")
    }()

    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.contains("get-prescription") || $0 == "effectuation-examples.json" }.sorted()
    }()

    /// All prescriptions of all files; none where the folder is missing.
    static func prescriptions() throws -> [FMKPrescription] {
        try files.flatMap { file -> [FMKPrescription] in
            let json = try JSON.parse(try Data(contentsOf: folder.appending(path: file)))
            let content = try #require(json.object?["content"])
            let person = try #require(content["Patient"]?["Person"])
            return content.many("Prescription").map { FMKPrescription(file: file, json: $0, person: person) }
        }
    }
}

/// One prescription as FMK tells it.
///
/// What their counts mean, as far as the examples show it. `IterationNumber` is how many handovers there are
/// in all, one when it is absent; `PackageQuantity` is how many packages each of them has. An `Order` is one
/// pharmacy's handling: with the status "Udført" it has an `Effectuation`, a handover that took place, with
/// the packages that were handed over; "Ekspedition påbegyndt" means that a pharmacy has begun and holds the
/// prescription, and nothing was handed over yet. `LatestEffectuationDateTime` is the last such handover.
/// A handover may have fewer packages than it could: FMK then still calls the prescription "åben".
struct FMKPrescription: Sendable, CustomTestStringConvertible {
    let file: String
    let json: JSON
    let person: JSON

    var id: String { json["Identifier"]?.word ?? "" }
    var testDescription: String { "\(id) of \(file)" }

    private var package: JSON { json["PackageRestriction"] ?? [:] }

    var iterations: Int { Int(package["IterationNumber"]?.word ?? "1") ?? 0 }
    var packagesAnIteration: Quantity { Quantity(package["PackageQuantity"]?.word ?? "") ?? .zero }
    var done: [JSON] { json.many("Order").filter { $0["Status"]?.word == "Udført" } }
    var begun: [JSON] { json.many("Order").filter { $0["Status"]?.word == "Ekspedition påbegyndt" } }
    var latest: Instant? { instant("LatestEffectuationDateTime") }
    var interval: (count: Int, unit: String)? {
        guard let count = Int(package["IterationInterval"]?.word ?? ""),
            let unit = package["IterationIntervalUnit"]?.word
        else { return nil }
        return (count, unit)
    }

    /// Packages that were handed over.
    var packagesDispensed: Quantity? {
        done.reduce(Quantity.zero) { sum, order in
            let count = order["Effectuation"]?["PackageDispensed"]?["PackageQuantity"]?.word
            return sum.flatMap { sum in count.flatMap { Quantity($0) }.flatMap { sum.adding($0) } }
        }
    }
}

extension FMKPrescription {
    /// What a register that speaks our format would attest.
    func content() throws -> PrescriptionContent {
        let by = try #require(json["Created"]?["By"])
        let issuedAt = try #require(instant("AuthorisationDateTime"))
        let number = try PersonNumber(try #require(person["PersonIdentifier"]?.word))
        let names = ["GivenName", "MiddleName", "Surname"].compactMap { person["Name"]?[$0]?.word }
        let professional = by["AuthorisedHealthcareProfessional"]?["AuthorisationIdentifier"]?.word
        return PrescriptionContent(
            identity: try #require(RecordIdentity(system: .fmk, value: id)),
            version: try #require(Int64(json["Version"]?.word ?? "")), kind: .registry, issuedAt: issuedAt,
            issuedOn: LocalDate(issuedAt), attestedAt: (latest ?? issuedAt).adding(seconds: 60),
            patient: PatientContent(
                personNumber: number,
                birthDate: try #require(LocalDate(person["BirthDate"]?.word ?? "")),
                name: Redacted(names.joined(separator: " "))),
            prescriber: PrescriberContent(
                authorisation: try #require(AuthorisationID(professional ?? "")), role: .doctor,
                organisation: by["Organisation"]?["Identifier"]?.word),
            lines: [try line()])
    }

    private func line() throws -> PrescribedLine {
        let indication = json["Indication"]?["Text"] ?? json["Indication"]?["FreeText"]
        return PrescribedLine(
            id: "1", product: try product(), packagesPerHandover: packagesAnIteration, handovers: iterations,
            interval: try interval.map { try #require(HandoverInterval($0.count, unit(of: $0.unit))) },
            validFrom: try #require(LocalDate(json["ValidFromDate"]?.word ?? "")),
            validTo: try #require(LocalDate(json["ValidToDate"]?.word ?? "")),
            isSubstitutionAllowed: json["SubstitutionAllowed"]?.word == "true",
            dosage: json["DosageText"]?.word.map(oneLine), indication: indication?.word.map(oneLine),
            history: AttestedHistory(
                handedOver: done.count, lastHandover: latest.map { LocalDate($0) }, residual: try residual()))
    }

    private func product() throws -> PrescribedProduct {
        let drug = try #require(json["Drug"])
        let digits = try #require(package["PackageNumber"]?.word)
        // Their numbers have lost the zeros in front.
        let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let parts = [
            drug["Name"] ?? drug["DetailedDrugText"], drug["Strength"]?["Text"], drug["Form"]?["Text"],
        ]
        return PrescribedProduct(
            number: try #require(ProductNumber(number)),
            drug: try drug["Identifier"]?.word.map { try #require(DrugID($0)) },
            atc: try drug["ATC"]?["Code"]?.word.map { try #require(ATCCode($0)) },
            name: parts.compactMap { $0?.word }.joined(separator: ", "),
            packageSize: package["PackageSize"]?["Value"]?.word.flatMap { Quantity($0) }, group: nil)
    }

    /// Units that are left in all: the packages that were not handed over, times the size of a package. Known
    /// where each handover was of packages of the prescribed size, as its text says.
    private func residual() throws -> Quantity? {
        guard let size = package["PackageSize"]?["Value"]?.word.flatMap({ Quantity($0) }),
            let dispensed = packagesDispensed
        else { return nil }
        for order in done {
            let text = order["Effectuation"]?["PackageDispensed"]?["PackageSize"]?["PackageSizeText"]?.word
            guard Quantity(String(text?.prefix { $0 != " " } ?? "")) == size else { return nil }
        }
        let packages = Int64(iterations) * packagesAnIteration.thousandths - dispensed.thousandths
        return Quantity(thousandths: packages * size.thousandths / 1_000)
    }

    private func unit(of word: String) throws -> IntervalUnit {
        let units: [String: IntervalUnit] = ["dage": .days, "uger": .weeks, "måneder": .months]
        return try #require(units[word])
    }

    func instant(_ name: String) -> Instant? { json[name]?.word.flatMap { Instant(rfc3339: $0) } }

    /// Their dosage texts have line breaks; a text that somebody signs has none.
    private func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension JSON {
    subscript(name: String) -> JSON? { object?[name] }

    /// The text of an element that came from XML, with or without attributes.
    var word: String? { text ?? object?["#text"]?.text }

    /// An element that came from XML once or several times.
    func many(_ name: String) -> [JSON] {
        switch object?[name] {
        case nil: []
        case .array(let all): all
        case .some(let one): [one]
        }
    }
}
