import FHIR
import Notation
import SeedKit
import Testing
import Vocabulary

@Suite struct MalformedTests {
    @Test func `RX-SIG: a bundle cut off at any byte is refused and nothing worse`() {
        let bytes = Array(Example.text.utf8)
        for end in bytes.indices {
            #expect(throws: FHIRError.self) {
                try PrescriptionBundle.read(Array(bytes[..<end]), kind: .prescriber)
            }
        }
    }

    @Test func `RX-SIG: a changed byte gives a content or a path, never a crash`() throws {
        let bytes = Array(Example.text.utf8)
        var dice = SplitMix(seed: TestSeed.usual(20_261_122, "RX-SIG, changed bytes"))
        var refused = 0
        for _ in 0..<1_500 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                changed[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            }
            do throws(FHIRError) {
                _ = try PrescriptionBundle.read(changed, kind: .prescriber)
            } catch {
                refused += 1
                #expect(error.path.hasPrefix("Bundle"))
            }
        }
        #expect((750..<1_500).contains(refused))
    }

    @Test(arguments: [
        "", "null", "[]", "7", "\"Bundle\"", "{", "{}", "{\"resourceType\": null}", "\u{FEFF}{}",
    ])
    func `RX-SIG: what is no bundle is refused`(text: String) {
        #expect(throws: FHIRError.self) { try PrescriptionBundle.read(Array(text.utf8), kind: .prescriber) }
    }

    @Test func `RX-SIG: a repeated member is refused without its name`() throws {
        let name = "status"
        let text = Example.text.replacing(
            "\"\(name)\": \"active\"", with: "\"\(name)\": \"active\", \"\(name)\": \"active\"")
        let error = try #require(throws: FHIRError.self) {
            try PrescriptionBundle.read(Array(text.utf8), kind: .prescriber)
        }
        #expect(error.issue == .notJSON)
        #expect(!error.explanation.contains(name))
    }

    @Test func `RX-PRIVACY: no error repeats a value or a name of the input`() throws {
        let secret = "0101650001"
        let inputs: [JSON] = try [
            Example.json().setting("entry[0].resource.identifier[0].value", to: .text(secret + "9")),
            Example.json().setting("entry[0].resource.x\(secret)", to: .text(secret)),
            Example.json().setting("entry[0].resource.contact[0].x\(secret).modifierExtension", to: []),
            Example.json().setting("entry[0].resource.birthDate", to: .text(secret)),
            Example.json().setting("entry[0].resource.resourceType", to: .text(secret)),
            Example.json().setting(
                "entry[1].resource.qualification[0].code.coding[1].code", to: .text(secret)),
            Example.json().setting("entry[4].resource.subject.reference", to: .text(secret)),
            Example.json().setting("entry[4].resource.status", to: .text(secret)),
            Example.json().setting("entry[4].resource.extension[1].url", to: .text("urn:godkend:" + secret)),
            Example.json().setting("entry[4].resource.dispenseRequest.validityPeriod.end", to: .text(secret)),
        ]
        for input in inputs {
            let error = try #require(Example.refusal(of: input))
            #expect(!"\(error)".contains(secret))
        }
    }

    @Test func `RX-CATALOGUE: each way to refuse has its code in FHIR's own list`() {
        let codes = FHIRIssue.allCases.map(\.type)
        #expect(Set(codes).isSubset(of: Set(IssueType.allCases)))
        #expect(FHIRIssue.missing.type.rawValue == "required")
        #expect(FHIRIssue.unknownResource.type.rawValue == "not-supported")
        #expect(FHIRIssue.unknownCode.type.rawValue == "code-invalid")
        #expect(IssueType.allCases.count == 31)
    }
}
