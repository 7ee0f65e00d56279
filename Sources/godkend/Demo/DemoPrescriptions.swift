import Notation
import Proofs

/// A record as the clinic filed it.
struct DemoRecord: Sendable {
    let id: String
    /// base64url of the SHA-256 of the signed bytes: what a receipt must name.
    let digest: String
    let isAuthentic: Bool
    /// The first check that did not pass, in words; nil when all did.
    let failing: String?
}

/// What a dry run told.
struct DemoCoverage: Sendable {
    let covers: Bool
    /// `1 of 4 handed over, the next from 2027-02-22`.
    let text: String
}

/// The clinic files prescriptions.
struct DemoClinic: Sendable {
    let server: String
    let key: String
    let pki: SpecimenPKI

    /// Files a specimen; what is not authentic is filed too, with its verdict.
    func file(_ name: SpecimenCase) async throws -> DemoRecord {
        let specimen = try pki.prescription(name)
        let answer = try await PrescriptionClient(server: server, key: key)
            .file(specimen.compact, stapled: specimen.stapled)
        guard answer.status == 201, let object = answer.json.object, let id = object["id"]?.text else {
            throw CommandFailure("The prescription was not filed: \(answer.complaint)")
        }
        let failing = (object["checks"]?.array ?? []).compactMap(\.object)
            .first { $0["verdict"]?.text == "fail" }
        return DemoRecord(
            id: id, digest: Base64URL.encode(Digest.sha256(specimen.payload)),
            isAuthentic: object["authentic"]?.bool ?? false,
            failing: failing.map { "\($0["rule"]?.text ?? "?"): \($0["detail"]?.text ?? "?")" })
    }
}

extension DemoShop {
    /// Asks whether the record would cover one more package; takes no lock.
    func dryRun(_ record: DemoRecord) async throws -> DemoCoverage {
        let answer = try await post("/v1/prescriptions/\(record.id)/verify", [:])
        guard answer.status == 200, let object = answer.json.object,
            let line = object["lines"]?.array?.first?.object
        else { throw CommandFailure("The dry run was refused: \(answer.complaint)") }
        func number(_ name: String) -> String { line[name]?.integer.map(String.init) ?? "?" }
        return DemoCoverage(
            covers: object["covers"]?.bool ?? false,
            text: "\(number("handed_over")) of \(number("prescribed")) handed over, "
                + "the next from \(line["next_from"]?.text ?? "no day")")
    }

    /// Tells that the first line's package was handed over, and that it was all.
    func handOver(_ payment: DemoPayment, batch: String) async throws -> String {
        let body: JSON = [
            "lines": [
                [
                    "line": "1", "product_number": .text(DemoEvidence.product), "quantity": 1,
                    "batch": .text(batch),
                ]
            ], "final": true,
        ]
        let answer = try await post("/v1/authorizations/\(payment.id)/handovers", body)
        guard answer.status == 201, let id = answer.json.object?["id"]?.text else {
            throw CommandFailure("The handover was not recorded: \(answer.complaint)")
        }
        return id
    }
}
