/// Changes that wait for a second operator, as their template takes them.
struct ChangesPage: ConsolePage {
    static let template = "changes"

    struct Request: Sendable {
        let changeID: String
        let kind: String
        let facts: [Fact]
        /// The exact text that is approved.
        let change: String
        /// Its SHA-256 in hex.
        let digest: String
        let mayDecide: Bool
        let isOwn: Bool
    }

    let words: ChangeWords
    let waiting: [Request]
}

/// What is blocked for one customer, and what may be asked for.
struct CustomerPage: ConsolePage {
    static let template = "customer"

    /// Something that may be asked for.
    struct Offer: Sendable {
        let kind: String
        let subject: String
        let name: String
    }

    struct Requests: Sendable {
        let offers: [Offer]
    }

    let words: CustomerWords
    let erased: String?
    let sections: [StorySection]
    let requests: Requests?
}

/// Who the operators are, and the forms that ask for the end of one.
struct OperatorsPage: ConsolePage {
    static let template = "operators"

    struct Other: Sendable {
        let subject: String
        let name: String
    }

    let words: OperatorWords
    let table: DataTable
    let others: [Other]
}
