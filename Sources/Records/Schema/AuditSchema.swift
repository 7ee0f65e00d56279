import Lifecycles

/// What auditing needs: the inner nodes of the log's tree, personal inputs of decisions in rows that can be
/// erased, operators with their sessions and the changes that need two of them, tallies for the charts.
enum AuditSchema {
    static let tables = """
        -- What a leaf's digest stands for: the fields that an outsider's export does not show.
        ALTER TABLE leaves ADD COLUMN body BLOB CHECK (length(body) <= 65535);

        -- Hashes of complete subtrees of 2^level leaves, where 8 divides the level: what hash tiles are
        -- made of (tlog-tiles). Level 0 is `leaves.hash`.
        CREATE TABLE log_nodes (
            level INTEGER NOT NULL CHECK (level > 0 AND level % 8 = 0),
            position INTEGER NOT NULL CHECK (position >= 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (level, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER log_nodes_never_change BEFORE UPDATE ON log_nodes
            BEGIN SELECT RAISE(ABORT, 'a node of the log never changes'); END;
        CREATE TRIGGER log_nodes_stay BEFORE DELETE ON log_nodes
            BEGIN SELECT RAISE(ABORT, 'a node of the log is never removed'); END;

        -- What the rules about a person looked at, sealed; erased with the customer.
        CREATE TABLE decision_inputs (
            decision TEXT PRIMARY KEY NOT NULL REFERENCES decisions (id),
            customer TEXT,
            -- Whose prescription it was about, as in `prescriptions`; maybe somebody else's than the payer.
            patient_hash BLOB,
            sealed BLOB NOT NULL
        ) STRICT;
        CREATE INDEX decision_inputs_of_customer ON decision_inputs (customer);
        CREATE INDEX decision_inputs_of_patient ON decision_inputs (patient_hash)
            WHERE patient_hash IS NOT NULL;

        -- Whoever may audit and, two together, change: an identity of our own provider with a role.
        CREATE TABLE operators (
            id TEXT PRIMARY KEY NOT NULL,
            identity TEXT NOT NULL UNIQUE REFERENCES customers (id),
            name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN (\(words(OperatorRole.allCases)))),
            status TEXT NOT NULL CHECK (status IN ('active', 'ended')),
            created_at INTEGER NOT NULL,
            ended_at INTEGER,
            CHECK ((status = 'ended') = (ended_at IS NOT NULL))
        ) STRICT;
        CREATE TRIGGER operators_stay BEFORE DELETE ON operators
            BEGIN SELECT RAISE(ABORT, 'operators are kept'); END;
        CREATE TABLE operator_sessions (
            id TEXT PRIMARY KEY NOT NULL,
            operator TEXT NOT NULL REFERENCES operators (id),
            token_digest BLOB NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER
        ) STRICT;

        -- A change that waits for a second operator; `digest` is SHA-256 of `change`, in RFC 8785.
        CREATE TABLE change_requests (
            id TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN (\(words(ChangeKind.allCases)))),
            subject TEXT NOT NULL,
            change TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            requested_by TEXT NOT NULL REFERENCES operators (id),
            requested_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN (\(words(ChangeStatus.allCases)))),
            decided_by TEXT REFERENCES operators (id),
            decided_at INTEGER,
            CHECK ((status = 'pending') = (decided_at IS NULL)),
            -- Two people: the database itself refuses an approval by whoever asked.
            CHECK (status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> requested_by))
        ) STRICT;
        CREATE INDEX change_requests_pending ON change_requests (id) WHERE status = 'pending';
        CREATE UNIQUE INDEX change_requests_once ON change_requests (kind, subject) WHERE status = 'pending';
        CREATE TRIGGER change_requests_begin_pending BEFORE INSERT ON change_requests
            WHEN NEW.status <> 'pending' OR EXISTS (SELECT 1 FROM change_requests WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'a request begins pending'); END;
        CREATE TRIGGER change_requests_keep_what_was_asked
            BEFORE UPDATE OF id, kind, subject, change, digest, requested_by, requested_at, expires_at
            ON change_requests
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;
        CREATE TRIGGER change_requests_end_for_good BEFORE UPDATE OF status ON change_requests
            WHEN OLD.status <> 'pending'
            BEGIN SELECT RAISE(ABORT, 'a change that was decided stays so'); END;
        CREATE TRIGGER change_requests_stay BEFORE DELETE ON change_requests
            BEGIN SELECT RAISE(ABORT, 'requests are kept'); END;

        CREATE TABLE saved_views (
            operator TEXT NOT NULL REFERENCES operators (id),
            name TEXT NOT NULL,
            filter TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (operator, name)
        ) STRICT, WITHOUT ROWID;

        -- Counts for the charts, kept with each change: days of Copenhagen, by merchant.
        CREATE TABLE tallies (
            day TEXT NOT NULL,
            merchant TEXT NOT NULL,
            measure TEXT NOT NULL CHECK (measure IN (\(words(TallyMeasure.allCases)))),
            word TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number > 0),
            PRIMARY KEY (day, merchant, measure, word)
        ) STRICT, WITHOUT ROWID;

        -- Which records an order names, whatever was decided on it: lines stand sealed.
        CREATE TABLE order_records (
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            prescription TEXT NOT NULL,
            PRIMARY KEY (authorization, prescription)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX order_records_of_prescription ON order_records (prescription, authorization);
        INSERT OR IGNORE INTO order_records SELECT authorization, prescription FROM holds;

        ALTER TABLE customers ADD COLUMN erased_at INTEGER;

        -- What the operator looks for, newest first: the file has one mode, so no index needs it.
        CREATE INDEX audit_by_status ON authorizations (status, id);
        CREATE INDEX audit_by_reason ON authorizations (decline_reason, id) WHERE decline_reason IS NOT NULL;
        CREATE INDEX audit_by_merchant_reason ON authorizations (merchant, decline_reason, id)
            WHERE decline_reason IS NOT NULL;
        CREATE INDEX audit_by_code ON authorizations (network_code, id) WHERE network_code IS NOT NULL;
        CREATE INDEX audit_by_card ON authorizations (last4, id);
        CREATE INDEX audit_by_order ON authorizations (order_reference, id);
        CREATE INDEX audit_by_customer ON authorizations (customer, id) WHERE customer IS NOT NULL;
        CREATE INDEX audit_pharmacy_open ON authorizations (id)
            WHERE status = 'approved' AND prescription_lines > 0;
        CREATE INDEX audit_pharmacy_refunded ON authorizations (id)
            WHERE refunded > 0 AND prescription_lines > 0;
        CREATE INDEX factor_offers_of_confirmation ON factor_offers (confirmation);
        """

    /// Leaves are written at the end of a command, after the rows that name them: these references are
    /// checked at the commit. SQLite changes a reference only by making the table anew.
    static let laterLeaves = """
        CREATE TABLE decisions_anew (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            stage TEXT NOT NULL CHECK (stage IN ('create', 'answer', 'result')),
            outcome TEXT NOT NULL CHECK (outcome IN ('go_on', 'approved', 'declined')),
            reason TEXT,
            trace TEXT NOT NULL,
            rule_set BLOB NOT NULL,
            leaf INTEGER NOT NULL UNIQUE REFERENCES leaves (position) DEFERRABLE INITIALLY DEFERRED,
            decided_at INTEGER NOT NULL,
            CHECK ((outcome = 'declined') = (reason IS NOT NULL))
        ) STRICT;
        INSERT INTO decisions_anew SELECT * FROM decisions;
        DROP TABLE decisions;
        ALTER TABLE decisions_anew RENAME TO decisions;
        CREATE INDEX decisions_of_authorization ON decisions (authorization, id);
        CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
            BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
        CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
            BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;

        CREATE TABLE filings_anew (
            prescription TEXT NOT NULL REFERENCES prescriptions (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            text_digest BLOB NOT NULL CHECK (length(text_digest) = 32),
            record_digest BLOB CHECK (length(record_digest) = 32),
            attested_at INTEGER,
            signed_at INTEGER,
            first_seen INTEGER NOT NULL,
            examined_at INTEGER NOT NULL,
            body_sealed BLOB NOT NULL,
            verdict TEXT NOT NULL,
            rule_set BLOB NOT NULL,
            evidence TEXT NOT NULL,
            leaf_digest BLOB CHECK (length(leaf_digest) = 32),
            leaf INTEGER NOT NULL UNIQUE REFERENCES leaves (position) DEFERRABLE INITIALLY DEFERRED,
            PRIMARY KEY (prescription, number)
        ) STRICT;
        INSERT INTO filings_anew SELECT * FROM prescription_filings;
        DROP TABLE prescription_filings;
        ALTER TABLE filings_anew RENAME TO prescription_filings;
        CREATE INDEX prescription_filings_by_text ON prescription_filings (text_digest);
        -- What was filed never changes, but its text goes when the patient is erased.
        CREATE TRIGGER filings_never_change
            BEFORE UPDATE OF prescription, number, text_digest, record_digest, attested_at, signed_at,
                first_seen, examined_at, verdict, rule_set, evidence, leaf_digest, leaf ON prescription_filings
            BEGIN SELECT RAISE(ABORT, 'what was filed never changes'); END;
        CREATE TRIGGER filings_keep_their_text BEFORE UPDATE OF body_sealed ON prescription_filings
            WHEN length(NEW.body_sealed) > 0
            BEGIN SELECT RAISE(ABORT, 'what was filed never changes'); END;
        CREATE TRIGGER filings_stay BEFORE DELETE ON prescription_filings
            BEGIN SELECT RAISE(ABORT, 'filings are kept'); END;

        CREATE TABLE handovers_anew (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            gln TEXT NOT NULL,
            is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
            handed_over_at INTEGER NOT NULL,
            undone_at INTEGER,
            undo_reason TEXT,
            leaf INTEGER NOT NULL REFERENCES leaves (position) DEFERRABLE INITIALLY DEFERRED,
            CHECK ((undone_at IS NULL) = (undo_reason IS NULL))
        ) STRICT;
        INSERT INTO handovers_anew SELECT * FROM handovers;
        DROP TABLE handovers;
        ALTER TABLE handovers_anew RENAME TO handovers;
        CREATE INDEX handovers_of_authorization ON handovers (authorization, id);
        CREATE TRIGGER handovers_stay BEFORE DELETE ON handovers
            BEGIN SELECT RAISE(ABORT, 'handovers are kept'); END;
        CREATE TRIGGER handovers_are_undone_once
            BEFORE UPDATE ON handovers WHEN OLD.undone_at IS NOT NULL AND (
                NEW.undo_reason <> '' OR NEW.undone_at IS NOT OLD.undone_at OR NEW.id <> OLD.id
                OR NEW.authorization <> OLD.authorization OR NEW.gln <> OLD.gln
                OR NEW.is_final <> OLD.is_final OR NEW.handed_over_at <> OLD.handed_over_at
                OR NEW.leaf <> OLD.leaf)
            BEGIN SELECT RAISE(ABORT, 'a handover is undone once'); END;

        -- The medicine of an order goes when its customer is erased; what was paid stays.
        DROP TRIGGER authorizations_keep_their_sealed_order;
        CREATE TRIGGER authorizations_keep_their_sealed_order
            BEFORE UPDATE OF prescription_lines, order_sealed ON authorizations
            WHEN NEW.prescription_lines <> OLD.prescription_lines OR NEW.order_sealed IS NOT x''
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;

        -- A refund's reason is the merchant's own words; they may go, nothing else of it.
        DROP TRIGGER refunds_end_for_good;
        CREATE TRIGGER refunds_end_for_good BEFORE UPDATE ON refunds
            WHEN NEW.id <> OLD.id OR NEW.amount <> OLD.amount OR NEW.authorization <> OLD.authorization
                OR (OLD.status <> 'pending' AND (NEW.status <> OLD.status
                    OR NEW.created_at <> OLD.created_at OR NEW.reason IS NOT NULL))
            BEGIN SELECT RAISE(ABORT, 'a refund that has ended stays as it is'); END;

        -- Whose record it was is forgotten only after its texts are gone.
        DROP TRIGGER prescriptions_keep_what_was_signed;
        CREATE TRIGGER prescriptions_keep_what_was_signed
            BEFORE UPDATE OF id, merchant, is_live, kind, record_key, version, signer_hash, flaw
            ON prescriptions
            BEGIN SELECT RAISE(ABORT, 'what was signed never changes'); END;
        CREATE TRIGGER prescriptions_keep_their_patient BEFORE UPDATE OF patient_hash ON prescriptions
            WHEN NEW.patient_hash IS NULL OR EXISTS (
                SELECT 1 FROM prescription_filings
                WHERE prescription = OLD.id AND length(body_sealed) > 0)
            BEGIN SELECT RAISE(ABORT, 'what was signed never changes'); END;
        """

    private static func words<Word: RawRepresentable<String>>(_ all: [Word]) -> String {
        PrescriptionSchema.words(all)
    }
}
