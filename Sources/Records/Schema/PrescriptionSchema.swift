import Lifecycles
import Vocabulary

/// Prescription records, what is held and handed over of them, who may act for whom, and price lists.
enum PrescriptionSchema {
    static let tables = """
        -- One row a record and version; what was signed lies in its filings.
        CREATE TABLE prescriptions (
            id TEXT PRIMARY KEY NOT NULL,
            -- Who filed it first.
            merchant TEXT NOT NULL,
            is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
            kind TEXT NOT NULL CHECK (kind IN ('prescriber', 'registry')),
            -- Keyed hashes of the record's id, of the patient and of the signer; null where nothing vouches.
            record_key BLOB,
            version INTEGER CHECK (version >= 1),
            patient_hash BLOB,
            signer_hash BLOB,
            -- Keyed hash of whom a text names that nothing vouches for. An erasure finds the text by it, and
            -- nobody else looks.
            named_hash BLOB,
            status TEXT NOT NULL CHECK (status IN (\(words(PrescriptionStatus.allCases)))),
            flaw TEXT,
            -- Last day of the last line, local; and how many lines there are.
            valid_to TEXT,
            lines INTEGER NOT NULL DEFAULT 0,
            -- The filing that counts: the newest attestation of a register.
            filing INTEGER NOT NULL DEFAULT 1 CHECK (filing >= 1),
            last_leaf INTEGER,
            tag INTEGER NOT NULL DEFAULT 1,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((status = 'invalid') = (flaw IS NOT NULL)),
            CHECK (named_hash IS NULL OR status = 'invalid'),
            CHECK (status = 'invalid' OR (record_key IS NOT NULL AND version IS NOT NULL
                AND patient_hash IS NOT NULL AND signer_hash IS NOT NULL AND valid_to IS NOT NULL))
        ) STRICT;
        -- A forged record never stands in the way of the true one.
        CREATE UNIQUE INDEX prescriptions_identity ON prescriptions (record_key, version, kind, is_live)
            WHERE status <> 'invalid';
        CREATE INDEX prescriptions_of_patient ON prescriptions (patient_hash, id) WHERE status <> 'invalid';
        CREATE INDEX prescriptions_naming ON prescriptions (named_hash) WHERE named_hash IS NOT NULL;
        CREATE INDEX prescriptions_running_out ON prescriptions (valid_to)
            WHERE status IN ('pending', 'open', 'part_handed_over');
        CREATE INDEX prescriptions_of_filer ON prescriptions (merchant, id);

        -- Every text that was filed, with the verdict on it (RX-AUDIT).
        CREATE TABLE prescription_filings (
            prescription TEXT NOT NULL REFERENCES prescriptions (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            text_digest BLOB NOT NULL CHECK (length(text_digest) = 32),
            record_digest BLOB CHECK (length(record_digest) = 32),
            attested_at INTEGER,
            signed_at INTEGER,
            first_seen INTEGER NOT NULL,
            -- The moment that the evidence of revocation was weighed for.
            examined_at INTEGER NOT NULL,
            -- The compact JWS and the stapled answers, sealed.
            body_sealed BLOB NOT NULL,
            -- Rule by rule; names nobody.
            verdict TEXT NOT NULL,
            rule_set BLOB NOT NULL,
            -- The evidence that the verdict rests on: kind:digest in hexadecimal, with spaces between.
            evidence TEXT NOT NULL,
            -- SHA-256 of the signer's certificate.
            leaf_digest BLOB CHECK (length(leaf_digest) = 32),
            leaf INTEGER NOT NULL UNIQUE REFERENCES leaves (position),
            PRIMARY KEY (prescription, number)
        ) STRICT;

        CREATE INDEX prescription_filings_by_text ON prescription_filings (text_digest);

        -- Certificates that a filing proved to be revoked, with that filing's text, sealed: evidence against a
        -- signer counts for every record, however old the lists are.
        CREATE TABLE revoked_signers (
            leaf BLOB PRIMARY KEY NOT NULL CHECK (length(leaf) = 32),
            -- Signatures of this moment and later are void; null: all of them.
            revoked_from INTEGER,
            proof_sealed BLOB NOT NULL,
            proved_at INTEGER NOT NULL
        ) STRICT;

        -- Trust anchors, revocation lists and register copies that verdicts rest on, each once by its hash.
        CREATE TABLE evidence (
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            kind TEXT NOT NULL,
            bytes BLOB NOT NULL,
            first_used_at INTEGER NOT NULL,
            PRIMARY KEY (digest, kind)
        ) STRICT;

        -- Guardians and powers of attorney (RX-MINOR, RX-PROXY).
        CREATE TABLE relations (
            id TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN (\(words(RelationKind.allCases)))),
            patient_hash BLOB NOT NULL,
            holder TEXT NOT NULL REFERENCES customers (id),
            scope TEXT NOT NULL CHECK (scope IN ('prescriptions')),
            -- First and last day, inclusive.
            valid_from TEXT NOT NULL,
            valid_to TEXT NOT NULL CHECK (valid_to >= valid_from),
            status TEXT NOT NULL CHECK (status IN (\(words(RelationStatus.allCases)))),
            created_at INTEGER NOT NULL,
            ended_at INTEGER
        ) STRICT;
        CREATE INDEX relations_of_holder ON relations (holder, patient_hash);

        CREATE TABLE holds (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            order_line INTEGER NOT NULL,
            prescription TEXT NOT NULL REFERENCES prescriptions (id),
            version INTEGER NOT NULL,
            record_key BLOB NOT NULL,
            line TEXT NOT NULL,
            -- The handover that it would use, and of how many.
            handover INTEGER NOT NULL CHECK (handover >= 1),
            handovers INTEGER NOT NULL CHECK (handover <= handovers),
            quantity INTEGER NOT NULL CHECK (quantity >= 1),
            -- Thousandths of a unit: ordered, and handed over so far.
            units INTEGER NOT NULL CHECK (units > 0),
            units_handed_over INTEGER NOT NULL DEFAULT 0 CHECK (units_handed_over BETWEEN 0 AND units),
            relation TEXT REFERENCES relations (id),
            -- Of the patient when somebody else pays; else empty.
            patient_initials TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN (\(words(HoldStatus.allCases)))),
            created_at INTEGER NOT NULL,
            ended_at INTEGER,
            UNIQUE (authorization, order_line),
            CHECK ((status IN (\(activeHolds))) = (ended_at IS NULL))
        ) STRICT;
        -- One active hold a line of a record, whoever asks (RX-LAST).
        CREATE UNIQUE INDEX holds_one_active ON holds (record_key, line) WHERE status IN (\(activeHolds));
        CREATE INDEX holds_of_authorization ON holds (authorization);
        CREATE INDEX holds_of_prescription ON holds (prescription);
        CREATE INDEX holds_owed ON holds (created_at) WHERE status = 'owed';

        -- The use of one handover of a record line, begun with its first part.
        CREATE TABLE line_handovers (
            hold TEXT PRIMARY KEY NOT NULL REFERENCES holds (id),
            record_key BLOB NOT NULL,
            line TEXT NOT NULL,
            handover INTEGER NOT NULL CHECK (handover >= 1),
            handovers INTEGER NOT NULL CHECK (handover <= handovers),
            begun_on TEXT NOT NULL,
            begun_at INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('done', 'undone'))
        ) STRICT;
        CREATE UNIQUE INDEX line_handovers_once ON line_handovers (record_key, line, handover)
            WHERE status = 'done';

        CREATE TABLE handovers (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            gln TEXT NOT NULL,
            is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
            handed_over_at INTEGER NOT NULL,
            undone_at INTEGER,
            undo_reason TEXT,
            leaf INTEGER NOT NULL REFERENCES leaves (position),
            CHECK ((undone_at IS NULL) = (undo_reason IS NULL))
        ) STRICT;
        CREATE INDEX handovers_of_authorization ON handovers (authorization, id);

        CREATE TABLE handover_parts (
            handover TEXT NOT NULL REFERENCES handovers (id),
            hold TEXT NOT NULL REFERENCES holds (id),
            quantity INTEGER NOT NULL CHECK (quantity >= 1),
            units INTEGER NOT NULL CHECK (units > 0),
            -- Product number and batch, sealed.
            detail_sealed BLOB NOT NULL,
            PRIMARY KEY (handover, hold)
        ) STRICT;

        CREATE TABLE prescription_lookups (
            id TEXT PRIMARY KEY NOT NULL,
            merchant TEXT NOT NULL,
            is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
            -- Null for a look-up that can never succeed: nobody of that name, or nobody who can be asked.
            customer TEXT REFERENCES customers (id),
            -- The question; an id without a row where there is nobody to ask.
            confirmation TEXT NOT NULL UNIQUE,
            key_card TEXT REFERENCES key_cards (id),
            key_number TEXT NOT NULL,
            -- The pharmacy's name as it was when it asked.
            payee TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            -- How a question without a row ended; every other tells that itself.
            ended_as TEXT CHECK (ended_as IN ('denied', 'canceled')),
            -- Until when the patient's records may be seen; set when the question is approved.
            open_until INTEGER,
            created_at INTEGER NOT NULL,
            CHECK (customer IS NULL OR ended_as IS NULL),
            CHECK (customer IS NOT NULL OR (open_until IS NULL AND key_card IS NULL))
        ) STRICT;
        CREATE INDEX prescription_lookups_of_customer
            ON prescription_lookups (merchant, customer, open_until);

        -- Price lists of medicines by their first day; the list of the order's date counts.
        CREATE TABLE price_lists (
            valid_from TEXT PRIMARY KEY NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            products INTEGER NOT NULL,
            imported_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE priced_products (
            valid_from TEXT NOT NULL REFERENCES price_lists (valid_from),
            number TEXT NOT NULL,
            drug TEXT,
            atc TEXT,
            name TEXT NOT NULL,
            -- Thousandths of a unit.
            package_size INTEGER NOT NULL CHECK (package_size > 0),
            substitution_group TEXT,
            dispensing_group TEXT NOT NULL,
            -- Øre.
            price INTEGER CHECK (price >= 0),
            PRIMARY KEY (valid_from, number)
        ) STRICT, WITHOUT ROWID;

        -- A payment knows how many of its lines draw on records, what a pharmacy may know of its decline,
        -- and keeps lines with product numbers sealed.
        ALTER TABLE authorizations ADD COLUMN prescription_lines INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE authorizations ADD COLUMN decline_line INTEGER;
        ALTER TABLE authorizations ADD COLUMN decline_next_from TEXT;
        ALTER TABLE authorizations ADD COLUMN decline_is_open INTEGER NOT NULL DEFAULT 0
            CHECK (decline_is_open IN (0, 1));
        ALTER TABLE authorizations ADD COLUMN order_sealed BLOB;

        """

    static var triggers: String {
        """
        CREATE TRIGGER prescriptions_follow_the_table BEFORE UPDATE OF status ON prescriptions
            WHEN NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status)
                NOT IN (\(edges(PrescriptionStatus.allCases) { $0.successors }))
            BEGIN SELECT RAISE(ABORT, 'no such change of a record'); END;
        CREATE TRIGGER prescriptions_keep_what_was_signed
            BEFORE UPDATE OF id, merchant, is_live, kind, record_key, version, patient_hash, signer_hash, flaw
            ON prescriptions
            BEGIN SELECT RAISE(ABORT, 'what was signed never changes'); END;
        CREATE TRIGGER prescriptions_keep_whom_they_name BEFORE UPDATE OF named_hash ON prescriptions
            WHEN NEW.named_hash IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'what was signed never changes'); END;
        CREATE TRIGGER prescriptions_stay BEFORE DELETE ON prescriptions
            BEGIN SELECT RAISE(ABORT, 'records are kept'); END;
        CREATE TRIGGER filings_never_change BEFORE UPDATE ON prescription_filings
            BEGIN SELECT RAISE(ABORT, 'what was filed never changes'); END;
        CREATE TRIGGER filings_stay BEFORE DELETE ON prescription_filings
            BEGIN SELECT RAISE(ABORT, 'filings are kept'); END;
        CREATE TRIGGER holds_begin_reserved BEFORE INSERT ON holds
            WHEN NEW.status <> 'reserved' OR EXISTS (SELECT 1 FROM holds WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'a hold begins with a question'); END;
        CREATE TRIGGER holds_follow_the_table BEFORE UPDATE OF status ON holds
            WHEN NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status)
                NOT IN (\(edges(HoldStatus.allCases) { $0.successors }))
            BEGIN SELECT RAISE(ABORT, 'no such change of a hold'); END;
        CREATE TRIGGER holds_keep_what_they_hold
            BEFORE UPDATE OF id, authorization, order_line, prescription, version, record_key, line, handover,
                handovers, quantity, units, relation ON holds
            BEGIN SELECT RAISE(ABORT, 'a hold keeps what it holds'); END;
        CREATE TRIGGER holds_stay BEFORE DELETE ON holds
            BEGIN SELECT RAISE(ABORT, 'holds are kept'); END;
        CREATE TRIGGER handovers_need_an_owed_hold BEFORE INSERT ON handover_parts
            WHEN NOT EXISTS (SELECT 1 FROM holds WHERE id = NEW.hold AND status = 'owed')
            BEGIN SELECT RAISE(ABORT, 'only what is owed is handed over'); END;
        CREATE TRIGGER handovers_stay BEFORE DELETE ON handovers
            BEGIN SELECT RAISE(ABORT, 'handovers are kept'); END;
        CREATE TRIGGER handovers_are_undone_once
            BEFORE UPDATE ON handovers WHEN OLD.undone_at IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a handover is undone once'); END;
        -- Invariant 17 of ARCHITECTURE, said in the schema: no approval without its holds.
        CREATE TRIGGER approval_needs_its_holds BEFORE UPDATE OF status ON authorizations
            WHEN NEW.status <> OLD.status AND NEW.status IN ('processing', 'approved')
                AND NEW.prescription_lines <> (
                SELECT count(*) FROM holds
                WHERE authorization = NEW.id AND status IN (\(activeHolds)))
            BEGIN SELECT RAISE(ABORT, 'no approval without its holds'); END;
        CREATE TRIGGER authorizations_keep_their_sealed_order
            BEFORE UPDATE OF prescription_lines, order_sealed ON authorizations
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;
        """
    }

    private static let activeHolds = words(HoldStatus.allCases.filter(\.isActive))

    static func words<Word: RawRepresentable<String>>(_ all: [Word]) -> String {
        all.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }

    private static func edges<State: RawRepresentable<String> & Hashable>(
        _ all: [State], _ successors: (State) -> Set<State>
    ) -> String {
        all.flatMap { from in successors(from).map { "'\(from.rawValue)>\($0.rawValue)'" }.sorted() }
            .joined(separator: ", ")
    }
}
