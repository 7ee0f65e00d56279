/// Customers, what they sign in and confirm with, and the cards enrolled to them.
enum IdentitySchema {
    static let tables = """
        CREATE TABLE customers (
            id TEXT PRIMARY KEY NOT NULL,
            user_id TEXT NOT NULL UNIQUE,
            -- Name and CPR number, sealed; the CPR number is found again by its keyed hash.
            name_sealed BLOB,
            person_number_sealed BLOB,
            person_number_hash BLOB UNIQUE,
            certificate TEXT NOT NULL DEFAULT 'valid' CHECK (certificate IN ('valid', 'blocked')),
            blocked_at INTEGER,
            -- "It was not me": no new request before this time.
            reported_until INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;

        -- One row an authenticator kind that has no row of its own elsewhere; `app` stands for all of a
        -- customer's devices together, `key_card` for the card in use. Failures count here, each kind apart.
        CREATE TABLE authenticators (
            customer TEXT NOT NULL REFERENCES customers (id),
            kind TEXT NOT NULL CHECK (kind IN ('password', 'key_card', 'code_token', 'app')),
            status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
            blocked_by TEXT CHECK (blocked_by IN ('customer', 'issuer', 'failures', 'order')),
            -- scrypt of the password; sealed secret of a code token.
            secret BLOB,
            last_step INTEGER,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (customer, kind),
            CHECK ((status = 'blocked') = (blocked_by IS NOT NULL))
        ) STRICT, WITHOUT ROWID;

        -- Consecutive failures for one authenticator in one flow (SCA-10).
        CREATE TABLE failure_counts (
            customer TEXT NOT NULL REFERENCES customers (id),
            kind TEXT NOT NULL CHECK (kind IN ('password', 'key_card', 'code_token', 'app')),
            flow TEXT NOT NULL CHECK (flow IN ('sign_in', 'confirmation', 'enrolment', 'order')),
            failures INTEGER NOT NULL CHECK (failures >= 0),
            window_started_at INTEGER NOT NULL,
            suspended_until INTEGER,
            suspensions INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (customer, kind, flow)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE key_cards (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            status TEXT NOT NULL CHECK (status IN ('active', 'replaced', 'blocked')),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX key_cards_one_active ON key_cards (customer) WHERE status = 'active';

        CREATE TABLE key_card_codes (
            key_card TEXT NOT NULL REFERENCES key_cards (id),
            number TEXT NOT NULL,
            -- HMAC under a key outside the database, never a salted hash.
            code_mac BLOB NOT NULL,
            asked_at INTEGER,
            used_at INTEGER,
            PRIMARY KEY (key_card, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE devices (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            name TEXT NOT NULL,
            -- X and Y of the P-256 point, 32 bytes each.
            public_key BLOB NOT NULL CHECK (length(public_key) = 64),
            thumbprint TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL CHECK (status IN ('active', 'refused', 'revoked')),
            may_confirm_from INTEGER NOT NULL,
            is_test_robot INTEGER NOT NULL DEFAULT 0 CHECK (is_test_robot IN (0, 1)),
            created_at INTEGER NOT NULL,
            ended_at INTEGER
        ) STRICT;
        CREATE INDEX devices_of_customer ON devices (customer);
        CREATE TRIGGER devices_end_for_good BEFORE UPDATE OF status ON devices
            WHEN OLD.status <> 'active' AND NEW.status <> OLD.status
            BEGIN SELECT RAISE(ABORT, 'a refused or revoked device never comes back'); END;
        CREATE TRIGGER devices_keep_their_key
            BEFORE UPDATE OF customer, public_key, thumbprint ON devices
            BEGIN SELECT RAISE(ABORT, 'a device keeps its key'); END;

        CREATE TABLE activation_codes (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            code_mac BLOB NOT NULL,
            expires_at INTEGER NOT NULL,
            wrong_tries INTEGER NOT NULL DEFAULT 0,
            ended_at INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX activation_codes_one_open ON activation_codes (customer) WHERE ended_at IS NULL;

        CREATE TABLE sign_ins (
            id TEXT PRIMARY KEY NOT NULL,
            -- Null for a sign-in that can never succeed: unknown user or wrong password.
            customer TEXT REFERENCES customers (id),
            key_card TEXT REFERENCES key_cards (id),
            key_number TEXT,
            status TEXT NOT NULL CHECK (status IN ('open', 'succeeded', 'failed', 'expired')),
            expires_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE sessions (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            token_digest BLOB NOT NULL UNIQUE,
            factor TEXT NOT NULL CHECK (factor IN ('app', 'key_card', 'code_token')),
            expires_at INTEGER NOT NULL,
            ended_at INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE cards (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            -- Keyed hash of the card number: a card belongs to one customer.
            fingerprint BLOB NOT NULL UNIQUE,
            number_sealed BLOB NOT NULL,
            brand TEXT NOT NULL,
            first6 TEXT NOT NULL,
            last4 TEXT NOT NULL,
            exp_month INTEGER NOT NULL,
            exp_year INTEGER NOT NULL,
            blocked_at INTEGER,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX cards_of_customer ON cards (customer);

        -- What a customer, or staff, must hear of.
        CREATE TABLE alerts (
            id TEXT PRIMARY KEY NOT NULL,
            customer TEXT NOT NULL REFERENCES customers (id),
            kind TEXT NOT NULL,
            detail TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX alerts_of_customer ON alerts (customer, created_at);
        """
}
