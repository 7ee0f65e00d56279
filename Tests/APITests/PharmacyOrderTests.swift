import HTTPTypes
import Notation
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

/// Words that only a pharmacy that the patient turned to, and the patient, may read.
private let secrets = [
    "Levothyroxin", "900801", "stofskifte", "H03AA01", "2103009996", "210300-9996", "Kaja", "rx-1",
]

@Suite struct PharmacyOrderTests {
    private func scan(_ answer: APIClient.Answer, for words: [String] = secrets) {
        let text = String(decoding: answer.bytes, as: UTF8.self)
        for word in words { #expect(!text.contains(word), "\(word)") }
    }

    @Test func `RX-PRIVACY: lists leave out what was bought, the object itself does not`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let record = try await client.filed()
            let asked = try await client.order(
                [APIClient.medicine(record), APIClient.delivery], amount: 9_625)
            #expect(asked.status == 201)
            #expect(asked.json["status"] == "requires_confirmation")
            #expect(asked.json["order"]?.object?["lines"]?.array?.count == 2)
            #expect(asked.json["holds"]?.array?.first?.object?["status"] == "reserved")
            let id = try #require(asked.json["id"]?.text)
            let one = try await client.send(.get, "/v1/authorizations/\(id)", key: APIStage.pharmacySecret)
            #expect(one.json["order"] == asked.json["order"])
            let list = try await client.send(.get, "/v1/authorizations", key: APIStage.pharmacySecret)
            let listed = try #require(list.json["data"]?.array?.first?.object)
            #expect(listed["id"] == asked.json["id"])
            #expect(listed["order"]?.object?["lines"]?.array?.count == 1)
            scan(list)
            let confirmation = try #require(asked.json["confirmation"]?.object)
            let page = try #require(confirmation["page_url"]?.text?.split(separator: "#").last)
            scan(
                try await client.send(
                    .get, "/v1/confirmations/\(confirmation["id"]?.text ?? "")", key: String(page)))
        }
    }

    @Test func `RX-PRIVACY: a webshop learns nothing, whatever is wrong`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let record = try await client.filed()
            let other = try await client.order([APIClient.medicine(record)], key: APIStage.secret)
            #expect(other.json["status"] == "declined")
            let decline = try #require(other.json["decline"]?.object)
            #expect(decline["reason"] == "merchant_not_pharmacy")
            scan(other, for: ["stofskifte", "H03AA01", "2103009996", "Kaja", "rx-1"])
            let shown = try await client.show(record, key: APIStage.otherSecret)
            #expect(shown.status == 403)
            scan(shown)
        }
    }

    @Test func `RX-PRIVACY: the reason is told at the pharmacy only once the patient is matched`()
        async throws
    {
        try await APIStage(patient: .kaja).test { client in
            let own = try await client.filed(
                try client.record([
                    try RecordDraft.line(
                        handovers: 1,
                        validFrom: LocalDate(client.now).adding(days: 30))
                ]))
            let early = try await client.order([APIClient.delivery, APIClient.medicine(own)], amount: 9_625)
            let open = try #require(early.json["decline"]?.object)
            #expect(open["reason"] == "rx_not_yet_valid")
            #expect(open["class"] == "coverage")
            #expect(open["line"] == 1)
            #expect(open["message"]?.text == DeclineReason.rxNotYetValid.detail)
            let foreign = try await client.filed(try client.record(of: .niels, name: "rx-2"))
            let refused = try await client.order([APIClient.medicine(foreign)], reference: "1002")
            let closed = try #require(refused.json["decline"]?.object)
            #expect(closed["reason"] == "prescription_not_accepted")
            #expect(closed["class"] == "person")
            #expect(closed["line"] == nil)
            #expect(closed["message"]?.text == DeclineReason.rxPatientMismatch.message)
        }
    }

    @Test func `RX-COVER: a product that no list has is declined with its line`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.order(
                [APIClient.delivery, APIClient.medicine(nil, product: "999999")], amount: 9_625)
            let decline = try #require(answer.json["decline"]?.object)
            #expect(decline["reason"] == "product_unknown")
            #expect(decline["line"] == 1)
        }
    }

    @Test(arguments: ["goods", "medicine"])
    func `RX-MERCHANT: what a pharmacy sells has a product number`(kind: String) async throws {
        try await APIStage(patient: .kaja).test { client in
            let line: JSON = [
                "kind": .text(kind), "description": "Noget", "quantity": 1, "unit_amount": 1_825,
            ]
            let answer = try await client.order([APIClient.delivery, line], amount: 5_725)
            #expect(answer.code == "parameter_missing")
            #expect(answer.parameter == "order.lines[1].product_number")
            let shop = try await client.order([line], amount: 1_825, key: APIStage.secret)
            #expect(shop.status == 201)
        }
    }

    @Test func `RX-PAYFAIL: an order of 0 kr. is refused in so many words`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.order([APIClient.medicine(nil)], amount: 0)
            #expect(answer.status == 422)
            #expect(answer.code == "feature_not_available")
            #expect(answer.json["detail"]?.text?.contains("0 kr.") == true)
        }
    }
}
