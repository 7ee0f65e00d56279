package import Notation

/// A webshop's requests, each with the idempotency key that the caller chose.
package struct ShopClient: Sendable {
    package let caller: HTTPCaller
    package let secretKey: String

    package init(caller: HTTPCaller, secretKey: String) {
        self.caller = caller
        self.secretKey = secretKey
    }

    /// A POST with a key. `isAlone` asks for a connection of its own.
    package func post(
        _ path: String, _ body: JSON, key: String, isAlone: Bool = false
    ) async throws -> Reply {
        var headers = [
            ("Authorization", "Bearer " + secretKey), ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ]
        if isAlone { headers.append(("Connection", "close")) }
        return try await caller.send("POST", path, headers: headers, body: body.written())
    }

    /// A GET; `known` is the ETag of what is known already, to wait for a change.
    package func get(_ path: String, known: String? = nil) async throws -> Reply {
        var headers = [("Authorization", "Bearer " + secretKey)]
        if let known { headers.append(("If-None-Match", known)) }
        return try await caller.send("GET", path, headers: headers)
    }

    /// All objects of a list, page after page.
    package func all(_ path: String) async throws -> [JSONObject] {
        var found: [JSONObject] = []
        while true {
            let cursor = found.last?["id"]?.text.map { "&starting_after=" + $0 } ?? ""
            let page = try await get("\(path)?limit=100\(cursor)")
            guard page.status == 200, let data = page["data"]?.array else {
                throw LoadFailure("\(path) gives no list: \(page.summary)")
            }
            found += data.compactMap(\.object)
            if page["has_more"]?.bool != true { return found }
        }
    }

    /// Body of `POST /v1/authorizations`: one line of goods.
    package static func payment(
        amountMinor: Int64, token: String, reference: String, capture: String = "manual"
    ) -> JSON {
        let line: JSON = [
            "kind": "goods", "description": "En bog", "quantity": 1, "unit_amount": .integer(amountMinor),
        ]
        return [
            "amount": .integer(amountMinor), "currency": "DKK", "card": .text(token),
            "capture": .text(capture), "order": ["reference": .text(reference), "lines": [line]],
        ]
    }
}
