import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// An order for each reason of a pharmacy order's catalogue; the test fails for a reason without one.
struct CatalogueCase {
    let reason: DeclineReason
    let still: StillPharmacy

    /// The order that must be declined for this reason, as the gateway wrote it down.
    func declined() async throws -> Authorization {
        let kaja = try await still.person(.kaja, 1)
        switch reason {
        case .merchantNotPharmacy:
            return try await still.order(kaja, [Draw(nil)], at: still.stage.shop)
        case .productUnknown:
            return try await still.order(kaja, [Draw(nil, product: "999999")])
        case .ageRestricted:
            let juliane = try await still.person(.juliane, 2)
            return try await still.order(juliane, [Draw(nil, product: "900702")])
        case .rxMissing: return try await still.order(kaja, [Draw(nil)])
        case .rxRevocationUnknown:
            still.rx.trust.keepLists(of: still.clock.now().adding(days: -2))
            return try await specimen(.revocationUnknown, kaja)
        case .rxPatientMismatch:
            let record = try await still.file([try RecordDraft.line()], of: .niels)
            return try await still.order(kaja, [Draw(record)])
        case .rxProxyMissing:
            let relation = try await still.relate(kaja, to: .niels)
            _ = try await still.gateway.issuer.revokeRelation(relation)
            let record = try await still.file([try RecordDraft.line()], of: .niels)
            return try await still.order(kaja, [Draw(record)])
        case .rxHeldElsewhere:
            let niels = try await still.person(.niels, 2)
            try await still.relate(niels, to: .kaja)
            let record = try await still.file([try RecordDraft.line()])
            _ = try await still.order(niels, [Draw(record)], at: still.otherPharmacy)
            return try await still.order(kaja, [Draw(record)])
        case .rxCanceled:
            let record = try await still.file([try RecordDraft.line()])
            try await still.cancel(record)
            return try await still.order(kaja, [Draw(record)])
        case .rxExhausted, .rxTooEarly: return try await second(kaja)
        case .rxAttestationStale:
            let einer = try await still.person(.einer, 2)
            let record = try await still.rx.file(.attestation3)
            still.clock.advance(seconds: 3_600)
            return try await still.order(einer, [Draw(record)])
        case .rxExpired:
            let einer = try await still.person(.einer, 2)
            return try await specimen(.expired, einer)
        default: return try await ofRecord(kaja)
        }
    }

    /// Reasons that one record alone shows.
    private func ofRecord(_ kaja: Actor) async throws -> Authorization {
        switch reason {
        case .rxSignatureInvalid: try await specimen(.signature, kaja)
        case .rxAlgorithmRefused: try await specimen(.algorithmNone, kaja)
        case .rxCertificateMalformed: try await specimen(.twoCertificates, kaja)
        case .rxChainUntrusted: try await specimen(.foreignChain, kaja)
        case .rxSigningTimeImplausible: try await specimen(.expiredBackDated, kaja)
        case .rxDateMismatch: try await specimen(.dateMismatch, kaja)
        case .rxRevoked: try await specimen(.revokedKeyCompromise, kaja)
        case .rxPrescriberNotEntitled: try await specimen(.pharmacist, kaja)
        case .rxPrescriberInactive: try await specimen(.authorisationEnded, kaja)
        case .rxNotYetValid: try await specimen(.notYetValid, kaja)
        case .rxNotCovered: try await specimen(.urgent, kaja)
        case .rxGroupSingle: try await specimen(.groupAThreeHandovers, kaja, product: "900301")
        case .rxSubstitutionRefused:
            try await specimen(.substitutionForbidden, kaja, product: "900101")
        case .rxQuantityExceeded: try await specimen(.good, kaja, quantity: 2)
        case .rxAge: try await adultOnly()
        default: throw StageError.badName(reason.rawValue)
        }
    }

    private func specimen(
        _ name: SpecimenCase, _ actor: Actor, product: String = "900801", quantity: Int = 1
    ) async throws -> Authorization {
        let record = try await still.rx.file(name)
        return try await still.order(actor, [Draw(record, product: product, quantity: quantity)])
    }

    /// A second order on what was handed over once.
    private func second(_ kaja: Actor) async throws -> Authorization {
        let record = try await still.file([try RecordDraft.line(handovers: reason == .rxExhausted ? 1 : 2)])
        let first = try await still.paid(kaja, [Draw(record)])
        try await still.rx.handOver(first.id)
        return try await still.order(kaja, [Draw(record)])
    }

    /// HA18 on prescription, bought by somebody of sixteen.
    private func adultOnly() async throws -> Authorization {
        let juliane = try await still.person(.juliane, 2)
        let record = try await still.file([try RecordDraft.line(product: "900702")], of: .juliane)
        return try await still.order(juliane, [Draw(record, product: "900702")])
    }
}

@Suite struct PharmacyCatalogueTests {
    /// `rx_conflict` is no order's: a record in conflict is never on file, so nothing can draw on it.
    static let reasons =
        [DeclineReason.merchantNotPharmacy, .productUnknown, .ageRestricted]
        + DeclineReason.allCases.filter { $0.by == .prescription && $0 != .rxConflict }

    @Test(arguments: reasons)
    func `RX-CATALOGUE: each reason is what an order is declined for`(reason: DeclineReason) async throws {
        let still = try await StillPharmacy()
        let declined = try await CatalogueCase(reason: reason, still: still).declined()
        #expect(declined.status == .declined)
        #expect(declined.reason == reason)
        #expect(declined.holds.isEmpty)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-CATALOGUE, RX-ID: a conflict is told at the filing, and has a leaf`() async throws {
        let still = try await StillPharmacy()
        _ = try await still.file([try RecordDraft.line()])
        let refused = try await refusalCode {
            _ = try await still.file([try RecordDraft.line(handovers: 1)])
        }
        #expect(refused == .prescriptionConflict)
        #expect(DeclineReason.rxConflict.by == .prescription)
        await still.stop()
    }

    @Test func `RX-COVER: one uncovered line of five, and the whole order is declined with its place`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let lines = try ["1", "2", "3", "4"].map { try RecordDraft.line($0) }
        let record = try await still.file(lines)
        let draws =
            ["1", "2", "3"].map { Draw(record, line: $0) } + [
                Draw(record, line: "9"), Draw(nil, product: "900705"),
            ]
        let declined = try await still.order(kaja, draws)
        #expect(declined.reason == .rxNotCovered)
        #expect(declined.decline?.line == 3)
        #expect(declined.decline?.isOpenToPharmacy == true)
        #expect(try await still.stage.number("SELECT count(*) FROM holds") == 0)
        await still.stop()
    }
}
