import Lifecycles

/// What a payment's rows may never do, as triggers: the transition tables of the code, written from the same
/// enums (PAY-STATE, SCA-21), and what stays as it was once it is written.
///
/// The triggers on INSERT also stop `INSERT OR REPLACE`, which removes a row without asking the triggers on
/// DELETE.
enum PaymentTriggers {
    static var all: String { authorizations + confirmations + intents }

    private static var authorizations: String {
        """
        CREATE TRIGGER authorizations_begin_at_the_beginning BEFORE INSERT ON authorizations
            WHEN NEW.status NOT IN ('requires_confirmation', 'declined')
                OR EXISTS (SELECT 1 FROM authorizations WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'an authorization begins with a question or a no'); END;
        CREATE TRIGGER authorizations_follow_the_table BEFORE UPDATE OF status ON authorizations
            WHEN NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (\(edges))
            BEGIN SELECT RAISE(ABORT, 'no such change of state'); END;
        CREATE TRIGGER authorizations_keep_what_was_asked
            BEFORE UPDATE OF id, merchant, is_live, amount, currency, capture_mode, order_reference,
                order_document, order_digest, card_token, created_at ON authorizations
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;
        CREATE TRIGGER authorizations_keep_what_was_decided
            BEFORE UPDATE OF decline_reason, network_code, approval_code, approved_at, capture_before
            ON authorizations
            WHEN NEW.decline_reason IS NOT coalesce(OLD.decline_reason, NEW.decline_reason)
                OR (OLD.decline_reason IS NOT NULL AND NEW.network_code IS NOT OLD.network_code)
                OR NEW.approval_code IS NOT coalesce(OLD.approval_code, NEW.approval_code)
                OR NEW.approved_at IS NOT coalesce(OLD.approved_at, NEW.approved_at)
                OR NEW.capture_before IS NOT coalesce(OLD.capture_before, NEW.capture_before)
            BEGIN SELECT RAISE(ABORT, 'what was decided never changes'); END;
        CREATE TRIGGER authorizations_stay BEFORE DELETE ON authorizations
            BEGIN SELECT RAISE(ABORT, 'authorizations are kept'); END;
        CREATE TRIGGER authorizations_sums_only_grow BEFORE UPDATE OF captured, refunded ON authorizations
            WHEN NEW.captured < OLD.captured OR NEW.refunded < OLD.refunded
            BEGIN SELECT RAISE(ABORT, 'what was captured or refunded stays so'); END;
        CREATE TRIGGER approval_needs_an_answer BEFORE UPDATE OF status ON authorizations
            WHEN NEW.status IN ('processing', 'approved') AND NOT EXISTS (
                SELECT 1 FROM answers JOIN confirmations ON confirmations.id = answers.confirmation
                WHERE confirmations.authorization = NEW.id AND answers.verdict = 'approve'
                    AND confirmations.status = 'approved')
            BEGIN SELECT RAISE(ABORT, 'no approval without a signed answer'); END;

        """
    }

    private static let confirmations = """
        CREATE TRIGGER confirmations_begin_pending BEFORE INSERT ON confirmations
            WHEN NEW.status <> 'pending' OR EXISTS (SELECT 1 FROM confirmations WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'a confirmation begins as an open question'); END;
        CREATE TRIGGER confirmations_end_for_good BEFORE UPDATE OF status ON confirmations
            WHEN OLD.status <> 'pending'
            BEGIN SELECT RAISE(ABORT, 'a confirmation that has ended stays as it is'); END;
        CREATE TRIGGER confirmations_keep_what_was_asked
            BEFORE UPDATE OF kind, authorization, customer, merchant, payee, issued_at, expires_at
            ON confirmations
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;
        CREATE TRIGGER answers_are_given_once BEFORE INSERT ON answers
            WHEN EXISTS (SELECT 1 FROM answers WHERE confirmation = NEW.confirmation)
            BEGIN SELECT RAISE(ABORT, 'a confirmation has one answer'); END;
        CREATE TRIGGER answers_never_change BEFORE UPDATE ON answers
            BEGIN SELECT RAISE(ABORT, 'an answer never changes'); END;

        """

    private static let intents = """
        CREATE TRIGGER intents_end_for_good BEFORE UPDATE OF status ON intents
            WHEN OLD.status <> 'open'
            BEGIN SELECT RAISE(ABORT, 'an intent that has ended stays as it is'); END;
        CREATE TRIGGER intents_keep_what_was_asked
            BEFORE UPDATE OF id, authorization, kind, amount, is_final, refund, transmitted_at, trace_number,
                retrieval_reference, terminal, created_at ON intents
            BEGIN SELECT RAISE(ABORT, 'what was asked never changes'); END;
        CREATE TRIGGER intents_stay BEFORE DELETE ON intents
            BEGIN SELECT RAISE(ABORT, 'intents are kept'); END;
        CREATE TRIGGER refunds_end_for_good BEFORE UPDATE ON refunds
            WHEN OLD.status <> 'pending' OR NEW.id <> OLD.id OR NEW.amount <> OLD.amount
                OR NEW.authorization <> OLD.authorization
            BEGIN SELECT RAISE(ABORT, 'a refund that has ended stays as it is'); END;

        """

    private static var edges: String {
        AuthorizationStatus.allCases.flatMap { from in
            from.successors.sorted { $0.rawValue < $1.rawValue }.map { "'\(from.rawValue)>\($0.rawValue)'" }
        }.joined(separator: ", ")
    }
}
