/// The decision log, the decisions with their traces, and the notices that are still to be told.
enum LogSchema {
    static let tables = """
        -- A file belongs to one mode for good: test customers and their devices never reach live payments.
        CREATE TABLE gateway_mode (
            only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
            is_live INTEGER NOT NULL CHECK (is_live IN (0, 1))
        ) STRICT;
        CREATE TRIGGER gateway_mode_stays BEFORE UPDATE ON gateway_mode
            BEGIN SELECT RAISE(ABORT, 'a file keeps its mode'); END;

        -- Leaves of the log in their canonical encoding; `hash` is the RFC 6962 leaf hash.
        CREATE TABLE leaves (
            position INTEGER PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK (length(bytes) <= 65535),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX leaves_of_subject ON leaves (subject, position);
        -- Also stops INSERT OR REPLACE, which removes a row without asking the trigger on DELETE.
        CREATE TRIGGER leaves_only_at_the_end BEFORE INSERT ON leaves
            WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM leaves)
            BEGIN SELECT RAISE(ABORT, 'a leaf is added at the end'); END;
        CREATE TRIGGER leaves_never_change BEFORE UPDATE ON leaves
            BEGIN SELECT RAISE(ABORT, 'a leaf never changes'); END;
        CREATE TRIGGER leaves_stay BEFORE DELETE ON leaves
            BEGIN SELECT RAISE(ABORT, 'a leaf is never removed'); END;

        -- The right edge of the tree: the roots of its complete subtrees, largest first.
        CREATE TABLE log_edge (
            level INTEGER PRIMARY KEY NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;

        -- Salts of the commitments in a leaf; erasing one makes the commitment say nothing.
        CREATE TABLE leaf_salts (
            position INTEGER PRIMARY KEY NOT NULL REFERENCES leaves (position),
            customer TEXT,
            salt BLOB NOT NULL
        ) STRICT;
        CREATE INDEX leaf_salts_of_customer ON leaf_salts (customer);

        CREATE TABLE decisions (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            stage TEXT NOT NULL CHECK (stage IN ('create', 'answer', 'result')),
            outcome TEXT NOT NULL CHECK (outcome IN ('go_on', 'approved', 'declined')),
            reason TEXT,
            trace TEXT NOT NULL,
            rule_set BLOB NOT NULL,
            leaf INTEGER NOT NULL UNIQUE REFERENCES leaves (position),
            decided_at INTEGER NOT NULL,
            CHECK ((outcome = 'declined') = (reason IS NOT NULL))
        ) STRICT;
        CREATE INDEX decisions_of_authorization ON decisions (authorization, id);

        CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
            BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
        CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
            BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;

        -- What must be told to somebody outside, in the order it happened.
        CREATE TABLE outbox (
            id TEXT PRIMARY KEY NOT NULL,
            merchant TEXT NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            sequence INTEGER NOT NULL,
            type TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            delivered_at INTEGER,
            UNIQUE (authorization, sequence)
        ) STRICT;
        """
}
