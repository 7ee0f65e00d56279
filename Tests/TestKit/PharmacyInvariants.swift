/// What must be true of pharmacy orders in every state of a database, after any crash. Each is a question
/// that finds what breaks it, so that whoever has a connection can ask.
package enum PharmacyInvariants {
    /// The name of an invariant, and SQL whose first column names what breaks it.
    package static let questions: [(name: String, sql: String)] = payments + lines + leaves + records

    /// What breaks the invariants, as `name: id`; empty when all hold.
    ///
    /// - Parameter ask: runs SQL and gives its first column.
    package static func check(_ ask: (String) throws -> [String]) rethrows -> [String] {
        try questions.flatMap { question in try ask(question.sql).map { "\(question.name): \($0)" } }
    }

    /// Holds and their payments agree, both ways.
    private static let payments = [
        (
            "a hold stands as its payment does",
            """
            SELECT h.id || ' ' || h.status || ' under ' || a.status FROM holds h
            JOIN authorizations a ON a.id = h.authorization
            WHERE NOT CASE a.status
                WHEN 'requires_confirmation' THEN h.status = 'reserved'
                WHEN 'processing' THEN h.status = 'reserved'
                WHEN 'approved' THEN CASE a.captured WHEN 0 THEN h.status = 'firm'
                    ELSE h.status IN ('owed', 'consumed', 'released') END
                WHEN 'captured' THEN h.status IN ('owed', 'consumed', 'released')
                WHEN 'expired' THEN h.status = 'expired'
                ELSE h.status = 'released' END
            """
        ),
        (
            "a payment that goes on has all its holds",
            """
            SELECT a.id FROM authorizations a
            WHERE a.status IN ('requires_confirmation', 'processing', 'approved', 'captured')
                AND a.prescription_lines <> (SELECT count(*) FROM holds WHERE authorization = a.id)
            """
        ),
        (
            "a question belongs to its payment",
            """
            SELECT a.id FROM authorizations a LEFT JOIN confirmations c ON c.authorization = a.id
            WHERE (a.status = 'requires_confirmation') <> (coalesce(c.status, '') = 'pending')
            """
        ),
        (
            "an approval has its question and its call to the bank",
            """
            SELECT a.id FROM authorizations a
            WHERE a.status IN ('processing', 'approved', 'captured') AND (
                NOT EXISTS (SELECT 1 FROM confirmations WHERE authorization = a.id AND status = 'approved')
                OR 1 <> (SELECT count(*) FROM intents WHERE authorization = a.id AND kind = 'authorize'))
            """
        ),
        (
            "nothing is owed on money that was given back",
            """
            SELECT h.id FROM holds h JOIN authorizations a ON a.id = h.authorization
            WHERE h.status = 'owed' AND a.status = 'captured' AND a.captured = a.refunded
            """
        ),
        (
            "every change of a payment is announced once",
            """
            SELECT a.id FROM authorizations a WHERE a.last_event <>
                (SELECT count(*) FROM outbox WHERE authorization = a.id)
            """
        ),
    ]

    /// No line is held twice, no handover made twice, nothing given above what was ordered.
    private static let lines = [
        (
            "one active hold a line",
            """
            SELECT group_concat(id, ' ') FROM holds WHERE status IN ('reserved', 'firm', 'owed')
            GROUP BY record_key, line HAVING count(*) > 1
            """
        ),
        (
            "no handover number twice",
            """
            SELECT group_concat(hold, ' ') FROM line_handovers WHERE status = 'done'
            GROUP BY record_key, line, handover HAVING count(*) > 1
            """
        ),
        (
            "what was given is what the handovers say",
            """
            SELECT h.id FROM holds h WHERE h.units_handed_over > h.units OR h.units_handed_over <> (
                SELECT coalesce(sum(p.units), 0) FROM handover_parts p
                JOIN handovers v ON v.id = p.handover WHERE p.hold = h.id AND v.undone_at IS NULL)
            """
        ),
        (
            "a handover is used up exactly while something of it is given",
            """
            SELECT h.id FROM holds h LEFT JOIN line_handovers l ON l.hold = h.id
            WHERE (h.units_handed_over > 0 AND coalesce(l.status, '') <> 'done')
                OR (h.units_handed_over = 0 AND l.status = 'done' AND h.status <> 'released')
                OR (h.status = 'consumed' AND h.units_handed_over = 0)
                OR (h.status IN ('reserved', 'firm', 'released', 'expired') AND h.units_handed_over > 0)
                OR l.handover <> h.handover OR l.line <> h.line OR l.record_key <> h.record_key
            """
        ),
        (
            "a handover has its parts, of its own order",
            """
            SELECT v.id FROM handovers v
            WHERE NOT EXISTS (SELECT 1 FROM handover_parts WHERE handover = v.id)
                OR EXISTS (SELECT 1 FROM handover_parts p JOIN holds h ON h.id = p.hold
                    WHERE p.handover = v.id AND h.authorization <> v.authorization)
            """
        ),
    ]

    /// Every change has its one leaf, and every leaf its change.
    private static let leaves = [
        (
            "a hold's last leaf says how it stands",
            """
            SELECT h.id FROM holds h WHERE coalesce((
                SELECT instr(bytes, CAST(h.status AS BLOB)) FROM leaves
                WHERE subject = h.id ORDER BY position DESC LIMIT 1), 0) = 0
            """
        ),
        (
            "one leaf a change of a hold",
            """
            SELECT h.id FROM holds h
            WHERE NOT EXISTS (SELECT 1 FROM handover_parts p JOIN handovers v ON v.id = p.handover
                    WHERE p.hold = h.id AND v.undone_at NOT NULL)
                AND (SELECT count(*) FROM leaves WHERE subject = h.id) NOT BETWEEN
                    CASE h.status WHEN 'reserved' THEN 1 WHEN 'owed' THEN 3 WHEN 'consumed' THEN 4 ELSE 2 END
                    AND CASE h.status WHEN 'reserved' THEN 1 WHEN 'firm' THEN 2 WHEN 'owed' THEN 3
                        WHEN 'expired' THEN 3 ELSE 4 END
            """
        ),
        (
            "a leaf of a hold, record or payment has its subject",
            """
            SELECT subject FROM leaves WHERE substr(subject, 1, 4) IN ('hold', 'prx_', 'auth')
                AND subject NOT IN (SELECT id FROM holds) AND subject NOT IN (SELECT id FROM prescriptions)
                AND subject NOT IN (SELECT id FROM authorizations)
            """
        ),
        (
            "a handover has its own leaf about its order",
            """
            SELECT v.id FROM handovers v JOIN leaves l ON l.position = v.leaf
            WHERE l.subject <> v.authorization
                OR 1 <> (SELECT count(*) FROM handovers WHERE leaf = v.leaf)
            """
        ),
        (
            "a payment's last leaf says how it stands",
            """
            SELECT a.id FROM authorizations a WHERE a.last_leaf <> (
                SELECT max(position) FROM leaves WHERE subject = a.id AND kind IN ('change', 'decision'))
                OR (SELECT instr(body, CAST(a.status || ':' || a.captured || ':' || a.capturing || ':' ||
                    a.refunded || ':' || a.refunding AS BLOB)) FROM leaves WHERE position = a.last_leaf) = 0
            """
        ),
    ]

    /// Records, their filings and their leaves agree.
    private static let records = [
        (
            "a record has the filing that counts",
            """
            SELECT p.id FROM prescriptions p WHERE p.filing <> coalesce(
                (SELECT max(number) FROM prescription_filings WHERE prescription = p.id), 0)
            """
        ),
        (
            "a filing has its leaf about its record",
            """
            SELECT f.prescription FROM prescription_filings f JOIN leaves l ON l.position = f.leaf
            WHERE l.subject <> f.prescription
            """
        ),
        (
            "a record's last leaf is its newest",
            """
            SELECT p.id FROM prescriptions p WHERE p.last_leaf IS NOT (
                SELECT max(position) FROM leaves WHERE subject = p.id AND kind IN ('change', 'decision')
                    AND instr(bytes, CAST('conflict' AS BLOB)) = 0)
            """
        ),
        (
            "a record waits for its holds and no longer",
            """
            SELECT p.id || ' ' || p.status FROM prescriptions p
            WHERE p.status IN ('cancel_pending', 'canceled', 'invalid')
                AND (p.status = 'cancel_pending') <> EXISTS (
                    SELECT 1 FROM holds WHERE prescription = p.id AND status IN ('reserved', 'firm', 'owed'))
            """
        ),
    ]
}
