import Decisions
import Lifecycles
import Notation
import Proofs
import Records
import Vocabulary

extension Gateway {
    /// Opens and checks outside the writer what a pharmacy's order rests on: records, payer, pharmacy.
    func pharmacyOrder(
        _ request: AuthorizeRequest, caller: Caller, orderDigest: String
    ) async throws -> PharmacyOrder {
        let order = request.order
        let draws = order.lines.contains { $0.prescription != nil }
        guard caller.merchant.gln != nil || draws || order.namesProducts else {
            return .none(
                guardianUntilAge: settings.guardianUntilAge, attestationSeconds: settings.attestationSeconds)
        }
        var records: [PrescriptionID: KnownRecord] = [:]
        for id in Set(order.lines.compactMap { $0.prescription?.record }) {
            guard let opened = try await opened(id, isLive: caller.isLive) else { continue }
            records[id] = KnownRecord(
                content: opened.content, filing: opened.filing.number, flaw: opened.flaw,
                revocation: opened.standing, evidence: opened.evidence)
        }
        let used = Set(records.values.compactMap(\.evidence))
        return PharmacyOrder(
            pharmacy: try pharmacyFacts(caller), records: records,
            payer: try await payer(of: request.card, caller),
            patientHash: request.patient.map(keys.patientHash),
            guardianUntilAge: settings.guardianUntilAge, attestationSeconds: settings.attestationSeconds,
            evidence: try trust.current().evidence.filter { used.contains($0.digest) }.map(\.kept),
            orderSealed: try sealed(order, digest: orderDigest, of: caller.merchant.id))
    }

    func pharmacyFacts(_ caller: Caller) throws -> PharmacyFacts? {
        guard let gln = caller.merchant.gln else { return nil }
        let isListed = try trust.current().pharmacies.isListed(gln, on: LocalDate(clock.now()))
        return PharmacyFacts(gln: gln, isListed: isListed)
    }

    private func payer(of token: CardTokenID, _ caller: Caller) async throws -> Payer? {
        let owner = caller.owner
        let found = try await ledger.read { db in try PayerReading.find(token: token, of: owner, in: db) }
        guard let found else { return nil }
        let digits = try keys.open(found.personNumberSealed, for: .personNumber(of: found.customer))
        let number = try PersonNumber(String(decoding: digits, as: UTF8.self))
        return Payer(
            customer: found.customer, birthDate: number.birthDate, personNumberHash: found.personNumberHash)
    }

    private func sealed(_ order: Order, digest: String, of merchant: MerchantID) throws -> [UInt8]? {
        guard order.namesProducts else { return nil }
        return try keys.seal(OrderDocument.json(order).canonical(), for: .order(digest, of: merchant))
    }
}

extension OpenedRecord {
    /// SHA-256 of the list or answer that the standing rests on.
    var evidence: [UInt8]? {
        if case .good(_, let evidence) = revocation { evidence } else { nil }
    }
}
