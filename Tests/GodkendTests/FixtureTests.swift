import FHIR
import Foundation
import Notation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

/// The committed fixtures, at the moment they were made for.
@Suite struct FixtureTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let folder = root + "/Fixtures/pharmacy"

    private func bytes(_ path: String) throws -> [UInt8] {
        try InputFile.bytes(Self.folder + "/" + path)
    }

    private func row(_ name: SpecimenCase) throws -> [String: String] {
        let table = try CSVTable(String(decoding: bytes("cases.csv"), as: UTF8.self))
        let row = try #require(table.rows.first { $0.fields[0] == name.rawValue })
        return Dictionary(zip(table.columns, row.fields)) { first, _ in first }
    }

    @Test func `the committed fixtures are those that the command makes`() throws {
        let files = try PharmacyFixtures(at: fixtureMoment).files(withKeys: false)
        let all = try #require(FileManager.default.enumerator(atPath: Self.folder))
        let names = all.compactMap { $0 as? String }
        let found = names.filter { $0.split(separator: "/").last?.contains(".") ?? false }
        #expect(Set(found) == Set(files.map(\.path)))
        // What is not signed anew is the same byte for byte.
        for file in files where file.path.hasSuffix(".csv") || file.path.hasSuffix(".json") {
            if file.path == "prescriptions/cancellation.json" { continue }
            #expect(try bytes(file.path) == file.bytes, "\(file.path)")
        }
    }

    @Test(arguments: SpecimenCase.allCases)
    func `RX-CATALOGUE: a committed record gets the verdict of its row`(name: SpecimenCase) throws {
        let row = try row(name)
        let trust = TrustFiles(path: Self.folder + "/" + (row["trust"] ?? ""))
        let stapled = try row["ocsp"].map { $0.isEmpty ? [] : [try bytes($0)] } ?? []
        let compact = try InputFile.compact(Self.folder + "/" + (row["file"] ?? ""))
        let found = verdict(compact, stapled: stapled, name, try trust.snapshot(), at: fixtureMoment)
        #expect(found == name.verdict)
        #expect(row["verdict"] == name.verdict.text)
        #expect(row["reason"] == name.verdict.reason?.rawValue ?? "")
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
        #expect(try Base64URL.decode(parts[1]) == bytes("prescriptions/\(name.rawValue).json"))
    }

    @Test(arguments: SpecimenCase.allCases)
    func `RX-CATALOGUE: a refused record has one defect and no other`(name: SpecimenCase) throws {
        let trust = TrustFiles(path: Self.folder + (name.needsStaleLists ? "/trust-stale" : "/trust"))
        let row = try row(name)
        let stapled = try row["ocsp"].map { $0.isEmpty ? [] : [try bytes($0)] } ?? []
        let report = OfflineVerification(
            compact: try InputFile.compact(Self.folder + "/prescriptions/\(name.rawValue).jws"),
            anchors: try trust.snapshot().anchors, stapled: stapled, at: fixtureMoment)
        #expect(report.checks.compactMap(\.verdict.reason) == [name.verdict.reason].compactMap(\.self))
    }

    @Test func `RX-PATIENT: the fixtures' patients are the published test patients`() throws {
        let path = Self.root + "/../shared/data/prescriptions/dk-core/test-patients.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            // The published list is not in the package; without it there is nothing to compare with.
            return
        }
        let people = try JSON.parse([UInt8](data)).object?["patients"]?.array ?? []
        func text(_ person: JSON, _ name: String) -> String? { person.object?[name]?.text }
        for patient in SpecimenPatient.allCases {
            let published = people.first {
                text($0, "instanceOf") == "DkCorePatient" && text($0, "identifierValue") == patient.number
            }
            let given = published?.object?["given"]?.array?.compactMap(\.text) ?? []
            let family = published.flatMap { text($0, "family") }
            #expect((given + [family ?? ""]).joined(separator: " ") == patient.name)
        }
        let guardian = try #require(SpecimenRelation.all.first { $0.kind == .guardian })
        let isPublished = people.contains {
            text($0, "identifierValue") == guardian.representative.number
                && $0.object?["relationship"]?.array?.first?.text?.hasSuffix("#GUARD") == true
                && text($0, "patient") == "RikkeBerggren"
        }
        #expect(isPublished)
    }

    @Test func `RX-MERCHANT: the merchant file's pharmacy is on the fixtures' list`() throws {
        let path = Self.root + "/Merchants/nordlys-apotek.yaml"
        let merchant = try #require(
            MerchantFile.read(try InputFile.text(path), id: "nordlys-apotek", file: path).merchant)
        let gln = try #require(merchant.gln)
        let register = try TrustFiles(path: Self.folder + "/trust").snapshot().pharmacies
        #expect(register.isListed(gln, on: LocalDate(fixtureMoment)))
        #expect(gln.text == SpecimenContent.pharmacy)
        #expect(register.entries.filter { $0.isListed(on: LocalDate(fixtureMoment)) }.count == 2)
    }

    @Test func `RX-SUBST: the specimens' products are those of the price list`() throws {
        let table = try CSVTable(InputFile.text(Self.root + "/Fixtures/prices/2026-11-16.csv"))
        for product in SpecimenProduct.allCases {
            let row = try #require(table.rows.first { $0.fields[0] == product.rawValue })
            let size = try #require(table.columns.firstIndex(of: "package_size"))
            #expect(row.fields[size] == String(product.size))
        }
    }

    @Test func `the fixtures are small, and no private key lies among them`() throws {
        let all = try #require(FileManager.default.enumerator(atPath: Self.root + "/Fixtures"))
        var total = 0
        for case let name as String in all {
            guard let data = FileManager.default.contents(atPath: Self.root + "/Fixtures/" + name) else {
                continue
            }
            total += data.count
            #expect(!String(decoding: data, as: UTF8.self).contains("PRIVATE KEY"), "\(name)")
        }
        #expect(total > 100_000 && total < 1_000_000)
        let keys = try PharmacyFixtures(at: fixtureMoment).files(withKeys: true).filter(\.isSecret)
        #expect(keys.count == SpecimenSigner.allCases.count)
    }
}
