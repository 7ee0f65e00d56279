import HTTPTypes
import Notation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

/// Every kind of credential on every route: what is not for a route does not open it. Which route is for whom
/// is written out here once more, so that a row of the route table that changes fails.
@Suite struct CredentialWalkTests {
    /// What may come with a request.
    enum Offered: String, CaseIterable, Sendable {
        case nothing, garbage, secretKey, publishableKey, filerKey, expiredKey, revokedKey
        case revokedPublishableKey, liveKey, livePublishableKey, pageToken, deviceProof, session
        case operatorSession, viewerSession
    }

    /// Who a route is for, by `operationId`.
    static let table: [String: Route.Credential] = [
        "createCardToken": .anyKey, "preflightCardToken": .none,
        "createAuthorization": .secretKey, "getAuthorization": .secretKey,
        "listAuthorizations": .secretKey, "getReceipt": .secretKey, "captureAuthorization": .secretKey,
        "cancelAuthorization": .secretKey, "createRefund": .secretKey, "listRefunds": .secretKey,
        "createHandover": .secretKey, "undoHandover": .secretKey,
        "getConfirmation": .pageToken, "offerFactor": .pageTokenOrSecretKey,
        "cancelConfirmation": .pageToken,
        "filePrescription": .secretKey, "getPrescription": .secretKey, "verifyPrescription": .secretKey,
        "cancelPrescription": .secretKey, "createPrescriptionLookup": .secretKey,
        "getPrescriptionLookup": .secretKey,
        "enrolDevice": .none, "listDevices": .device, "refuseDevice": .device,
        "listPendingConfirmations": .device, "answerConfirmation": .device,
        "startSignIn": .none, "completeSignIn": .none, "listFactors": .session, "blockFactor": .session,
        "orderActivationCode": .session, "orderKeyCard": .session, "getMyReceipt": .session,
        "getDecisionLeaf": .secretKey, "getDecisionProof": .secretKey,
        "getCheckpoint": .none, "getLogKey": .none, "getLogEntries": .operatorSession,
        "getLogTile": .none, "getKeys": .none, "isAlive": .none, "isReady": .none,
        "getMetrics": .none, "getOpenAPI": .none, "getDocs": .none,
    ]

    /// Routes of a secret key that a filer may use; every other one is for those who sell.
    static let forFilers: Set<String> = [
        "filePrescription", "getPrescription", "verifyPrescription", "cancelPrescription",
    ]

    /// The refusal that a credential meets on a route; nil where it opens the route.
    static func refusal(_ offered: Offered, on credential: Route.Credential) -> ErrorCode? {
        switch (credential, offered) {
        case (.none, _): nil

        case (.secretKey, .nothing), (.anyKey, .nothing), (.secretKey, .deviceProof),
            (.anyKey, .deviceProof):
            .apiKeyMissing
        case (.secretKey, .secretKey), (.anyKey, .secretKey), (.anyKey, .publishableKey): nil
        case (.secretKey, .publishableKey): .secretKeyRequired
        case (.secretKey, .filerKey), (.anyKey, .filerKey), (.pageTokenOrSecretKey, .filerKey):
            .merchantKindNotAllowed
        case (.secretKey, .expiredKey), (.anyKey, .expiredKey), (.pageTokenOrSecretKey, .expiredKey):
            .apiKeyExpired
        case (.secretKey, _), (.anyKey, _): .apiKeyInvalid

        case (.pageToken, .nothing), (.pageToken, .deviceProof), (.pageTokenOrSecretKey, .nothing),
            (.pageTokenOrSecretKey, .deviceProof):
            .pageTokenMissing
        case (.pageTokenOrSecretKey, .secretKey): nil
        case (.pageTokenOrSecretKey, .publishableKey): .secretKeyRequired
        case (.pageTokenOrSecretKey, .revokedKey), (.pageTokenOrSecretKey, .revokedPublishableKey),
            (.pageTokenOrSecretKey, .liveKey), (.pageTokenOrSecretKey, .livePublishableKey):
            .apiKeyInvalid
        case (.pageToken, .pageToken), (.pageTokenOrSecretKey, .pageToken): nil
        case (.pageToken, _), (.pageTokenOrSecretKey, _): .pageTokenInvalid

        case (.device, .deviceProof): nil
        case (.device, _): .deviceProofInvalid

        case (.session, .nothing), (.session, .deviceProof), (.operatorSession, .nothing),
            (.operatorSession, .deviceProof):
            .sessionMissing
        case (.session, .session), (.operatorSession, .operatorSession): nil
        case (.operatorSession, .viewerSession): .roleMissing
        case (.session, _), (.operatorSession, _): .sessionInvalid
        }
    }

    /// Every word that says "this does not open it".
    static let doors: Set<ErrorCode> = [
        .apiKeyMissing, .apiKeyInvalid, .apiKeyExpired, .secretKeyRequired, .merchantKindNotAllowed,
        .pageTokenMissing, .pageTokenInvalid, .deviceProofInvalid, .useDeviceNonce, .deviceUnknown,
        .deviceBlocked, .sessionMissing, .sessionInvalid, .roleMissing,
    ]

    @Test func `CONTRACT 1: the table of routes says for whom each is, as it is written here`() {
        #expect(
            Dictionary(uniqueKeysWithValues: RouteTable.all.map { ($0.operation, $0.credential) })
                == Self.table)
    }

    @Test(arguments: Offered.allCases)
    func `CONTRACT 1, SCA-04: a credential opens the routes that it is for, and no other`(offered: Offered)
        async throws
    {
        try await WalkWorld.test { world in
            world.clock.set(APIStage.keysEnd)
            for route in RouteTable.all {
                let credential = try #require(Self.table[route.operation])
                var expected = Self.refusal(offered, on: credential)
                if offered == .filerKey, Self.forFilers.contains(route.operation) { expected = nil }
                let answer = try await world.ask(route, as: world.credential(offered))
                let code = answer.code.flatMap { ErrorCode(rawValue: $0) }
                // What is for pharmacies or for filers only is told to those who may do other things.
                if expected == nil, code == .merchantKindNotAllowed {
                    let others = WalkWorld.forPharmacies.union(WalkWorld.forFilers)
                    #expect(others.contains(route.operation), "\(route.operation)")
                    continue
                }
                if let expected {
                    #expect(code == expected, "\(route.operation)")
                    #expect(answer.status == expected.status, "\(route.operation)")
                } else if credential == .none {
                    // Whatever comes with the request is not looked at.
                    let bare = try await world.ask(route, as: .nothing)
                    #expect(answer.code == bare.code && answer.status == bare.status, "\(route.operation)")
                } else {
                    #expect(
                        !Self.doors.contains { $0 == code }, "\(route.operation): \(code?.rawValue ?? "")")
                }
            }
        }
    }
}

extension WalkWorld {
    fileprivate func credential(_ offered: CredentialWalkTests.Offered) -> WalkCredential {
        switch offered {
        case .nothing: .nothing
        case .garbage: .bearer("x")
        case .secretKey: .bearer(APIStage.secret)
        case .publishableKey: .bearer(APIStage.publishable)
        case .filerKey: .bearer(APIStage.filerSecret)
        case .expiredKey: .bearer(APIStage.expiringSecret)
        case .revokedKey: .bearer(APIStage.revokedSecret)
        case .revokedPublishableKey: .bearer(APIStage.revokedPublishable)
        case .liveKey: .bearer(APIStage.liveSecret)
        case .livePublishableKey: .bearer(APIStage.livePublishable)
        case .pageToken:
            .bearer(client.stage.gateway.keys.pageToken(for: Self.nobodysConfirmation))
        case .deviceProof: .device(kaja)
        case .session: .bearer(kaja.session)
        case .operatorSession: .bearer(operatorSession)
        case .viewerSession: .bearer(viewerSession)
        }
    }
}

/// The end of a key, on every route that takes keys, on both sides of the moment.
@Suite struct KeyWalkTests {
    private static let routes = RouteTable.all.filter {
        [.secretKey, .anyKey, .pageTokenOrSecretKey].contains($0.credential)
    }

    @Test(arguments: [Int64(-1), 0, 1])
    func `CONTRACT 1: a key works until the millisecond of its end, and not from then on`(offset: Int64)
        async throws
    {
        let keys: [(String, ErrorCode)] = [
            (APIStage.revokedSecret, .apiKeyInvalid), (APIStage.revokedPublishable, .apiKeyInvalid),
            (APIStage.expiringSecret, .apiKeyExpired), (APIStage.expiringPublishable, .apiKeyExpired),
        ]
        try await WalkWorld.test { world in
            world.clock.set(APIStage.keysEnd.adding(milliseconds: offset))
            for route in Self.routes {
                for (key, over) in keys {
                    let answer = try await world.ask(route, as: .bearer(key))
                    let isOver = answer.code == over.rawValue
                    #expect(
                        isOver == (offset >= 0), "\(route.operation) \(key.prefix(8)) \(answer.code ?? "")")
                    if isOver { #expect(answer.status == 401, "\(route.operation)") }
                }
            }
        }
    }

    @Test func `CONTRACT 1: an unknown and a revoked key look alike`() async throws {
        try await WalkWorld.test { world in
            world.clock.set(APIStage.keysEnd)
            for route in Self.routes {
                let revoked = try await world.ask(route, as: .bearer(APIStage.revokedSecret))
                let unknown = try await world.ask(route, as: .bearer(APIStage.revokedSecret + "x"))
                #expect(revoked.isSame(as: unknown), "\(route.operation)")
            }
        }
    }

    @Test func `PAY-TEST: a live gateway takes live keys alone, on every route that takes keys`() async throws
    {
        let stage = try await APIStage(clock: ManualClock(), isLive: true)
        try await stage.test(runs: false) { client in
            for route in Self.routes {
                for (key, isGood) in [
                    (APIStage.liveSecret, true), (APIStage.livePublishable, true), (APIStage.secret, false),
                    (APIStage.publishable, false), (APIStage.filerSecret, false),
                    (APIStage.pharmacySecret, false),
                ] {
                    let ids = WalkWorld.nobody(route)
                    let body = WalkBodies.good[route.operation]
                    let answer = try await client.send(
                        route.method, route.path { ids[$0] }, key: key, body,
                        idempotency: "\(route.operation)-\(key.prefix(12))")
                    #expect(
                        (answer.code != "api_key_invalid") == isGood, "\(route.operation) \(key.prefix(8))")
                }
            }
        }
    }
}

extension APIClient.Answer {
    /// The same to whoever reads it: all but the name of the request.
    func isSame(as other: APIClient.Answer) -> Bool {
        func shown(_ answer: APIClient.Answer) -> (Int, String?, JSON) {
            var json = answer.json
            if json["instance"] != nil { json.set("instance", .null) }
            return (answer.status, answer.headers[.contentType], .object(json))
        }
        return shown(self) == shown(other) && (!json.names.isEmpty || bytes == other.bytes)
    }
}
