import LoadKit
import Notation

/// A shop that does not give up: it asks with the same key until it knows, and what a kill interrupted it
/// asks one to three times more over new connections. All answers to a key must be the same bytes.
struct Persistence: Sendable {
    let shop: ShopClient
    let journal: Journal

    private static let limit: Duration = .seconds(120)

    /// The answer that stands: anything but "come again".
    func post(_ path: String, _ body: JSON, key: String = Chance.text(15)) async throws -> Reply {
        let deadline = ContinuousClock.now.advanced(by: Self.limit)
        var wasInterrupted = false
        while ContinuousClock.now < deadline {
            guard let reply = try? await shop.post(path, body, key: key, isAlone: wasInterrupted) else {
                if !wasInterrupted { journal.noteInterruption() }
                wasInterrupted = true
                await pause()
                continue
            }
            if isComeAgain(reply) {
                await pause()
                continue
            }
            if wasInterrupted, reply.status < 400 { await askAgain(path, body, key: key, first: reply) }
            return reply
        }
        throw LoadFailure("\(path) had no answer for \(Self.limit)")
    }

    /// The object at a path, by waiting for changes, once it satisfies the condition.
    func object(_ path: String, until isGood: (JSONObject) -> Bool) async throws -> JSONObject {
        let deadline = ContinuousClock.now.advanced(by: Self.limit)
        var known: String?
        while ContinuousClock.now < deadline {
            guard let reply = try? await shop.get(path + "?wait=5", known: known) else {
                await pause()
                continue
            }
            if reply.status == 200, let object = reply.json.object {
                if isGood(object) { return object }
                known = reply.headers["etag"]
            } else if reply.status != 304 {
                await pause()
            }
        }
        throw LoadFailure("\(path) did not change for \(Self.limit)")
    }

    private func askAgain(_ path: String, _ body: JSON, key: String, first: Reply) async {
        for _ in 0..<Int.random(in: 1...3) {
            guard let again = try? await shop.post(path, body, key: key, isAlone: true), !isComeAgain(again)
            else { continue }
            journal.noteRepeat()
            if again.status != first.status || again.body != first.body {
                journal.complain("\(path): one key has two answers, \(first.summary) and \(again.summary)")
            }
        }
    }

    private func isComeAgain(_ reply: Reply) -> Bool {
        reply.status == 503 || reply.status == 429 || reply.errorCode == "idempotency_key_in_flight"
    }

    private func pause() async { try? await Task.sleep(for: .milliseconds(Int.random(in: 20...250))) }
}
