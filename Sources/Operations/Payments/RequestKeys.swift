import Records
import Vocabulary

extension Caller {
    var owner: Owner { Owner(merchant: merchant.id, isLive: isLive) }
}

extension RequestIdentity {
    /// The key as the records know it; nil for a request without one.
    func requestKey(of owner: Owner) -> RequestKey? {
        key.map { key in
            RequestKey(
                stored: StoredAnswerKey(owner: owner, route: route, key: key.text),
                parameters: parameters.map { RequestKey.Parameter(name: $0.name, digest: $0.digest) })
        }
    }
}

extension Answered {
    init(_ written: WrittenAnswer) {
        self.init(status: written.status, body: written.body, isReplay: written.isReplay)
    }
}
