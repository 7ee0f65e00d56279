extension Transaction {
    /// What a leaf says when its subject's rows were not those that the leaf before it vouches for.
    static let rowsDiffered = "rows_differed"

    /// True when the rows of a subject are not those that its newest leaf vouches for. To be asked where a
    /// command loads them, before it changes any: its own leaf will vouch for whatever is there then, and
    /// would cover up what somebody changed past the log (LOG-TAMPER).
    ///
    /// It is asked once a batch: a command that fails takes its leaf back, and leaves the question open. The
    /// caller has a leaf written and goes on: the log tells, the payment is not held up.
    func rowsDiffer(of subject: String) throws -> Bool {
        guard witnessed.insert(subject).inserted else { return false }
        return try VouchingLeaf.newest(of: subject, in: db)?.agrees(with: db) == false
    }
}
