import Lifecycles

/// Card tokens, authorizations, confirmations, acquirer intents, refunds and stored answers.
enum PaymentSchema {
    static let tables = """
        CREATE TABLE card_tokens (
            id TEXT PRIMARY KEY NOT NULL,
            merchant TEXT NOT NULL,
            is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
            fingerprint BLOB NOT NULL,
            number_sealed BLOB NOT NULL,
            brand TEXT NOT NULL,
            first6 TEXT NOT NULL,
            last4 TEXT NOT NULL,
            exp_month INTEGER NOT NULL,
            exp_year INTEGER NOT NULL,
            is_reusable INTEGER NOT NULL CHECK (is_reusable IN (0, 1)),
            expires_at INTEGER,
            used_at INTEGER,
            created_at INTEGER NOT NULL,
            CHECK (is_reusable = (expires_at IS NULL)),
            CHECK (is_reusable = 0 OR used_at IS NULL)
        ) STRICT;
        CREATE INDEX card_tokens_expiry ON card_tokens (expires_at)
            WHERE used_at IS NULL AND length(number_sealed) > 0;

        CREATE TABLE authorizations (
            id TEXT PRIMARY KEY NOT NULL,
            merchant TEXT NOT NULL,
            is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
            customer TEXT REFERENCES customers (id),
            card_token TEXT NOT NULL REFERENCES card_tokens (id),
            brand TEXT NOT NULL,
            first6 TEXT NOT NULL,
            last4 TEXT NOT NULL,
            exp_month INTEGER NOT NULL,
            exp_year INTEGER NOT NULL,
            amount INTEGER NOT NULL CHECK (amount > 0),
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            capture_mode TEXT NOT NULL CHECK (capture_mode IN ('manual', 'automatic')),
            order_reference TEXT NOT NULL,
            order_document TEXT NOT NULL,
            order_digest TEXT NOT NULL,
            metadata TEXT NOT NULL,
            return_url TEXT,
            replaces TEXT REFERENCES authorizations (id),
            cancel_reason TEXT,
            status TEXT NOT NULL CHECK (status IN (\(statuses))),
            processing_since INTEGER,
            approval_code TEXT,
            approved_at INTEGER,
            capture_before INTEGER,
            decline_reason TEXT,
            network_code TEXT,
            captured INTEGER NOT NULL DEFAULT 0 CHECK (captured >= 0),
            capturing INTEGER NOT NULL DEFAULT 0 CHECK (capturing >= 0),
            refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0),
            refunding INTEGER NOT NULL DEFAULT 0 CHECK (refunding >= 0),
            final_capture_open INTEGER NOT NULL DEFAULT 0 CHECK (final_capture_open IN (0, 1)),
            version INTEGER NOT NULL DEFAULT 1,
            last_event INTEGER NOT NULL DEFAULT 0,
            last_leaf INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK (captured + capturing <= amount),
            CHECK (refunded + refunding <= captured),
            CHECK ((status = 'declined') = (decline_reason IS NOT NULL)),
            CHECK ((status IN ('approved', 'captured')) <= (approval_code IS NOT NULL)),
            CHECK ((status IN ('approved', 'captured')) <= (capture_before IS NOT NULL)),
            CHECK (captured = 0 OR status IN ('approved', 'captured')),
            CHECK (capturing = 0 OR status = 'approved'),
            CHECK (status <> 'captured' OR captured > 0)
        ) STRICT;
        CREATE INDEX authorizations_of_merchant ON authorizations (merchant, is_live, id);
        CREATE INDEX authorizations_by_status ON authorizations (merchant, is_live, status, id);
        CREATE INDEX authorizations_by_order ON authorizations (merchant, is_live, order_reference, id);
        CREATE INDEX authorizations_due ON authorizations (capture_before) WHERE status = 'approved';

        CREATE TABLE confirmations (
            id TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('card_payment', 'prescription_lookup', 'sign_in')),
            authorization TEXT UNIQUE REFERENCES authorizations (id),
            subject TEXT,
            customer TEXT NOT NULL REFERENCES customers (id),
            merchant TEXT NOT NULL,
            payee TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN (\(confirmationStatuses))),
            reason TEXT,
            issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER,
            device TEXT REFERENCES devices (id),
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((kind = 'card_payment') = (authorization IS NOT NULL)),
            CHECK ((status = 'pending') = (ended_at IS NULL))
        ) STRICT;
        -- One live question a customer (SCA-12).
        CREATE UNIQUE INDEX confirmations_one_pending ON confirmations (customer) WHERE status = 'pending';
        CREATE INDEX confirmations_due ON confirmations (expires_at) WHERE status = 'pending';
        CREATE INDEX confirmations_of_customer ON confirmations (customer, issued_at);

        -- The exact text a device was shown and will sign, stored when it was first fetched.
        CREATE TABLE statements (
            confirmation TEXT NOT NULL REFERENCES confirmations (id),
            device TEXT NOT NULL REFERENCES devices (id),
            statement BLOB NOT NULL,
            fetched_at INTEGER NOT NULL,
            PRIMARY KEY (confirmation, device)
        ) STRICT, WITHOUT ROWID;

        -- The answer that decided: one a confirmation (SCA-18).
        CREATE TABLE answers (
            confirmation TEXT PRIMARY KEY NOT NULL REFERENCES confirmations (id),
            device TEXT NOT NULL REFERENCES devices (id),
            verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'deny', 'report')),
            verified_by TEXT NOT NULL CHECK (verified_by IN ('pin', 'passkey')),
            certificate TEXT NOT NULL,
            compact TEXT NOT NULL,
            digest BLOB NOT NULL,
            answered_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Factors offered that may not confirm what was asked; the code itself is never here.
        CREATE TABLE factor_offers (
            id INTEGER PRIMARY KEY,
            confirmation TEXT NOT NULL REFERENCES confirmations (id),
            factor TEXT NOT NULL CHECK (factor IN ('key_card', 'code_token', 'password')),
            offered_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE refunds (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            amount INTEGER NOT NULL CHECK (amount > 0),
            reason TEXT,
            status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX refunds_of_authorization ON refunds (authorization, id);

        -- What we are about to ask the acquirer, committed before it is asked (ACQ-INTENT).
        CREATE TABLE intents (
            id TEXT PRIMARY KEY NOT NULL,
            authorization TEXT NOT NULL REFERENCES authorizations (id),
            kind TEXT NOT NULL CHECK (kind IN ('authorize', 'capture', 'refund', 'reversal')),
            amount INTEGER NOT NULL CHECK (amount > 0),
            is_final INTEGER NOT NULL DEFAULT 0 CHECK (is_final IN (0, 1)),
            refund TEXT UNIQUE REFERENCES refunds (id),
            status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'refused', 'given_up')),
            network_code TEXT,
            transmitted_at INTEGER NOT NULL,
            trace_number TEXT NOT NULL,
            retrieval_reference TEXT NOT NULL UNIQUE,
            terminal TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            ended_at INTEGER,
            CHECK ((kind = 'refund') = (refund IS NOT NULL)),
            CHECK ((status = 'open') = (ended_at IS NULL))
        ) STRICT;
        CREATE INDEX intents_open ON intents (id) WHERE status = 'open';
        CREATE INDEX intents_abandoned ON intents (id)
            WHERE \(abandonedIntents().replacing("intents.", with: ""));
        CREATE INDEX intents_of_authorization ON intents (authorization, kind);
        CREATE UNIQUE INDEX intents_one_authorize ON intents (authorization) WHERE kind = 'authorize';
        CREATE UNIQUE INDEX intents_one_reversal ON intents (authorization)
            WHERE kind = 'reversal' AND status = 'open';
        -- Answers kept for their idempotency key, sealed; null while the first request is still under way.
        CREATE TABLE stored_answers (
            merchant TEXT NOT NULL,
            is_live INTEGER NOT NULL,
            route TEXT NOT NULL,
            key TEXT NOT NULL,
            parameters TEXT NOT NULL,
            intent TEXT REFERENCES intents (id),
            status INTEGER,
            body_sealed BLOB,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (merchant, is_live, route, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX stored_answers_age ON stored_answers (created_at);
        CREATE UNIQUE INDEX stored_answers_of_intent ON stored_answers (intent) WHERE intent IS NOT NULL;
        """

    /// Intents that ended so that an operator must look: given up; a reversal that the bank refused for
    /// good; a yes under a code that may mean a part. Authorizations end by their reversals.
    static func abandonedIntents(in table: String = "intents") -> String {
        """
        \(table).kind <> 'authorize' AND (\(table).status = 'given_up'
            OR (\(table).kind = 'reversal' AND \(table).status = 'refused')
            OR (\(table).status = 'accepted' AND \(table).network_code IS NOT NULL))
        """
    }

    private static var statuses: String {
        AuthorizationStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }

    private static var confirmationStatuses: String {
        ConfirmationStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
