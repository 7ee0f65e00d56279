import HTTPTypes
import Notation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

/// Every route with an id in its path, about objects of somebody else: the answer is the one that nobody's
/// object gets, member for member but for the request's name.
@Suite struct OwnerWalkTests {
    /// Routes with an id that needs no owner, and why.
    static let ownerless: [String: String] = [
        "completeSignIn": "whoever has the id of a sign-in still lacks its second element"
    ]

    @Test func `CONTRACT 1, RX-PRIVACY: another owner's object is not there, on every route with an id`()
        async throws
    {
        try await WalkWorld.test(runs: true) { world in
            let objects = try await WalkObjects(world)
            for route in RouteTable.all where !route.identifiers.isEmpty {
                guard Self.ownerless[route.operation] == nil else { continue }
                var owners = 0
                for about in objects.about(route) { owners += try await check(route, about, objects) }
                // Without somebody who gets in, the walk would say nothing.
                #expect(owners > 0, "\(route.operation)")
            }
            let names = Set(RouteTable.all.map(\.operation))
            #expect(names.isSuperset(of: Self.ownerless.keys))
        }
    }

    /// How many of those who asked own it.
    private func check(
        _ route: Route, _ about: WalkObjects.About, _ objects: WalkObjects
    ) async throws -> Int {
        let world = objects.world
        var owners = 0
        for party in objects.parties(of: route.credential) {
            // One look a second at each object.
            world.clock.advance(milliseconds: 1_001)
            let nobodys = try await ask(route, party, [:], objects)
            let answer = try await ask(route, party, about.ids, objects)
            // A kind of merchant that may not use the route owns nothing here.
            let mayAsk = nobodys.code != "merchant_kind_not_allowed"
            let note: Comment =
                "\(route.operation) by \(party.name) about \(about.what): \(answer.status) \(answer.code ?? "")"
            if mayAsk, about.owners.contains(party.name) {
                #expect(![401, 403, 404, 500, 503].contains(answer.status), note)
                owners += 1
            } else {
                #expect(answer.isSame(as: nobodys), note)
                let refused = ["not_found", "merchant_kind_not_allowed", "page_token_invalid"]
                #expect(refused.contains(answer.code ?? ""), note)
            }
        }
        return owners
    }

    private func ask(
        _ route: Route, _ party: WalkObjects.Party, _ ids: [String: String], _ objects: WalkObjects
    ) async throws -> APIClient.Answer {
        var text: String?
        switch (route.operation, party.credential) {
        case ("answerConfirmation", .device(let person)):
            let id = WalkWorld.nobody(route).merging(ids) { $1 }["id"] ?? ""
            text = try objects.answer(to: id, by: person)
        case ("cancelPrescription", _): text = try objects.cancellation()
        default: break
        }
        return try await objects.world.ask(route, as: party.credential, about: ids, text: text)
    }

    /// The signer decides about a record, not the system that filed it: a clinic may change its system.
    /// Without the signer's word another filer does not even learn that the record is there.
    @Test func `RX-CANCEL, RX-PRIVACY: another filer cancels with the signer's word, and else finds nothing`()
        async throws
    {
        try await APIStage(patient: .kaja).test(runs: false) { client in
            let id = try await client.filed()
            func cancel(
                _ key: String, record: String = "rx-1", version: Int64 = 1, by signer: SpecimenSigner,
                of id: String
            ) async throws -> APIClient.Answer {
                let compact = try client.pki.cancel(
                    record: record, version: version, reason: "another medicine instead", by: signer,
                    at: client.now)
                return try await client.raw(
                    .post, "/v1/prescriptions/\(id)/cancel",
                    [.authorization: "Bearer \(key)", .contentType: "application/jose"],
                    Array(compact.utf8))
            }
            let nobody = PrescriptionID(at: Instant(milliseconds: 1), random: (5, 5)).text
            for (record, version, signer) in [
                ("rx-1", 1, .specialist), ("rx-2", 1, .doctor), ("rx-1", 2, .doctor),
            ] as [(String, Int64, SpecimenSigner)] {
                let own = try await cancel(
                    APIStage.filerSecret, record: record, version: version, by: signer, of: id)
                #expect(own.code == "cancellation_refused")
                let (other, none) = (
                    try await cancel(
                        APIStage.otherFilerSecret, record: record, version: version, by: signer, of: id),
                    try await cancel(
                        APIStage.otherFilerSecret, record: record, version: version, by: signer, of: nobody)
                )
                #expect(other.code == "not_found" && other.isSame(as: none), "\(record) \(version)")
            }
            let canceled = try await cancel(APIStage.otherFilerSecret, by: .doctor, of: id)
            #expect(canceled.status == 200 && canceled.json["status"] == "canceled")
            #expect(try await client.show(id, key: APIStage.otherFilerSecret).code == "not_found")
        }
    }
}
