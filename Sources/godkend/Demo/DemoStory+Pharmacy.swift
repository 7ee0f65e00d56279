import Proofs
import Vocabulary

/// Prescription medicine: what a sound record allows, and what every other one does not.
extension DemoStory {
    func playPharmacy() async throws {
        let record = try await handedOver()
        try await tooEarly(record)
        try await refused(
            9, "A prescription that nobody signed", .algorithmNone, .rxAlgorithmRefused, order: "2003")
        try await refused(10, "A forged signature", .signature, .rxSignatureInvalid, order: "2004")
        try await refused(
            11, "Signed by a pharmacist, who may not prescribe", .pharmacist, .rxPrescriberNotEntitled,
            order: "2005")
        try await anotherPatients(record)
        try await noPharmacy(record)
    }

    private func handedOver() async throws -> DemoRecord {
        DemoScreen.scene(7, "Prescription medicine: approved in the code app, captured, handed over")
        let record = try await file(.good)
        guard record.isAuthentic else {
            throw CommandFailure("The sound prescription was not believed: \(record.failing ?? "no reason").")
        }
        let payment = try await begin(.medicine("2001", on: record.id), at: stage.pharmacy)
        let read = try await answer(payment, .approve, code: payment.matchCode)
        guard read.effect == ["Bruger udlevering 1 af 4"] else {
            throw CommandFailure("The app did not name the effect: \(read.effect).")
        }
        var end = try await stage.pharmacy.outcome(of: payment, atMostSeconds: 25)
        try check(end, status: "approved")
        end = try await stage.pharmacy.capture(end)
        try check(end, status: "captured")
        let handover = try await stage.pharmacy.handOver(end, batch: "LOT 4711")
        DemoScreen.line("pharmacy", "captures, and hands the package over: \(handover)")
        let receipt = try await receipt(of: end, at: stage.pharmacy)
        guard receipt.recordDigests == [record.digest], receipt.handovers.map(\.text) == [handover] else {
            throw CommandFailure("The receipt does not name the prescription and its handover.")
        }
        DemoScreen.line("", "for the prescription with SHA-256 \(record.digest)")
        try await conclude(end, at: stage.pharmacy)
        return record
    }

    private func tooEarly(_ record: DemoRecord) async throws {
        DemoScreen.scene(8, "The same prescription a second time, before its interval is over")
        let coverage = try await stage.pharmacy.dryRun(record)
        guard !coverage.covers else { throw CommandFailure("The dry run said yes to a second handover.") }
        DemoScreen.line(
            "pharmacy", "makes a dry run, which holds nothing: not covered today; \(coverage.text)")
        DemoScreen.line("", "and orders all the same")
        try await decline(
            .medicine("2002", on: record.id), at: stage.pharmacy, told: .rxTooEarly, behind: .rxTooEarly)
    }

    /// A record with one thing wrong: filed with its verdict, and no order may draw on it.
    private func refused(
        _ number: Int, _ title: String, _ name: SpecimenCase, _ reason: DeclineReason, order reference: String
    ) async throws {
        DemoScreen.scene(number, title)
        let record = try await file(name)
        guard !record.isAuthentic else { throw CommandFailure("\(name.rawValue) was believed.") }
        try await decline(.medicine(reference, on: record.id), at: stage.pharmacy, behind: reason)
    }

    private func anotherPatients(_ record: DemoRecord) async throws {
        DemoScreen.scene(
            12, "\(SpecimenPatient.niels.name) orders on the prescription of \(SpecimenPatient.kaja.name)")
        try await decline(
            .medicine("2006", on: record.id), at: stage.pharmacy, with: .other, of: stage.other,
            behind: .rxPatientMismatch)
    }

    private func noPharmacy(_ record: DemoRecord) async throws {
        DemoScreen.scene(13, "A webshop that is no pharmacy tries to sell the medicine")
        try await decline(
            .medicine("1007", on: record.id), at: stage.shop, told: .merchantNotPharmacy,
            behind: .merchantNotPharmacy)
    }

    /// An order that is declined before anybody is asked. The merchant is told the public reason, or the
    /// one named.
    private func decline(
        _ sale: DemoSale, at shop: DemoShop, with card: DemoCard = .approved, of payer: DemoCustomer? = nil,
        told: DeclineReason? = nil, behind reason: DeclineReason
    ) async throws {
        let payment = try await order(sale, at: shop, with: card)
        try check(payment, status: "declined", reason: told?.rawValue ?? reason.publicReason)
        guard try await (payer ?? stage.customer).app.pending().isEmpty else {
            throw CommandFailure("The code app was asked about a declined payment.")
        }
        DemoScreen.line("app", "is not asked")
        try await conclude(payment, at: shop, behind: reason)
    }

    private func file(_ name: SpecimenCase) async throws -> DemoRecord {
        let record = try await stage.clinic.file(name)
        DemoScreen.line("clinic", "files a prescription for \(name.patient.name). \(name.note)")
        let verdict = record.failing.map { "is not authentic. \($0)" } ?? "is authentic"
        DemoScreen.line("", "\(record.id) \(verdict)")
        return record
    }
}
