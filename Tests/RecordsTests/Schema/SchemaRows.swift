import GRDB

/// One row of each table, as small as the schema lets it be, in as many numbers as a test wants.
///
/// A line gives a table and the values of its columns; `#` stands for the number. A row refers to the rows of
/// its own number.
enum SchemaRows {
    private static let text = """
        leaves: position=#-1; kind='k'; subject='s'; bytes=x'01'; hash=zeroblob(32)
        leaf_salts: position=#-1; salt=x'01'
        log_edge: level=#; hash=zeroblob(32)
        log_nodes: level=8; position=#; hash=zeroblob(32)
        gateway_mode: only=1; is_live=0
        key_checks: name=CASE # WHEN 1 THEN 'master' WHEN 2 THEN 'receipt' ELSE 'log' END; sealed=zeroblob(29)
        tallies: day='2030-01-0#'; merchant='shop'; measure='reason'; word='w'; number=1
        customers: id='cus#'; user_id='user#'; person_number_hash=x'0#'; created_at=1
        authenticators: customer='cus#'; kind='app'; updated_at=1
        failure_counts: customer='cus#'; kind='app'; flow='sign_in'; failures=0; window_started_at=1
        key_cards: id='key#'; customer='cus#'; status='active'; created_at=1
        key_card_codes: key_card='key#'; number='0001'; code_mac=x'01'
        devices: id='dev#'; customer='cus#'; name='Telefon'; public_key=zeroblob(64); thumbprint='t#'; \
        status='active'; may_confirm_from=1; created_at=1
        activation_codes: id='act#'; customer='cus#'; code_mac=x'01'; expires_at=9; created_at=1
        sign_ins: id='sgn#'; customer='cus#'; status='open'; expires_at=9; created_at=1
        sessions: id='ses#'; customer='cus#'; token_digest=x'0#'; factor='app'; expires_at=9; created_at=1
        cards: id='crd#'; customer='cus#'; fingerprint=x'0#'; number_sealed=x'01'; brand='visa'; \
        first6='424242'; last4='4242'; exp_month=12; exp_year=2030; created_at=1
        alerts: id='alt#'; customer='cus#'; kind='k'; detail='d'; created_at=1
        operators: id='op#'; identity='cus#'; name='N'; role='viewer'; status='active'; created_at=1
        operator_sessions: id='ose#'; operator='op#'; token_digest=x'0#'; created_at=1; last_used_at=1; \
        expires_at=9
        change_requests: id='chg#'; kind='rules.change'; subject='s#'; change='{}'; digest=zeroblob(32); \
        requested_by='op#'; requested_at=1; expires_at=9; status='pending'
        saved_views: operator='op#'; name='v'; filter=''; created_at=1
        card_tokens: id='tok#'; merchant='shop'; is_live=0; fingerprint=x'0#'; number_sealed=x'01'; \
        brand='visa'; first6='424242'; last4='4242'; exp_month=12; exp_year=2030; is_reusable=0; \
        expires_at=9; created_at=1
        authorizations: id='auth#'; merchant='shop'; is_live=0; customer='cus#'; card_token='tok#'; \
        brand='visa'; first6='424242'; last4='4242'; exp_month=12; exp_year=2030; amount=100; \
        currency='DKK'; capture_mode='manual'; order_reference='1001'; order_document='{}'; \
        order_digest='d'; metadata='{}'; status='requires_confirmation'; prescription_lines=1; \
        created_at=1; updated_at=1
        confirmations: id='cnf#'; kind='card_payment'; authorization='auth#'; customer='cus#'; \
        merchant='shop'; payee='Shop'; status='pending'; issued_at=1; expires_at=9
        statements: confirmation='cnf#'; device='dev#'; statement=x'01'; fetched_at=1
        answers: confirmation='cnf#'; device='dev#'; verdict='approve'; verified_by='pin'; \
        certificate='valid'; compact='c'; digest=x'01'; answered_at=1
        factor_offers: id=#; confirmation='cnf#'; factor='key_card'; offered_at=1
        refunds: id='ref#'; authorization='auth#'; amount=1; status='pending'; created_at=1
        intents: id='int#'; authorization='auth#'; kind='authorize'; amount=100; status='open'; \
        transmitted_at=1; trace_number='1'; retrieval_reference='r#'; terminal='t'; created_at=1
        stored_answers: merchant='shop'; is_live=0; route='r'; key='k#'; parameters='{}'; intent='int#'; \
        created_at=1
        outbox: id='out#'; merchant='shop'; authorization='auth#'; sequence=1; type='t'; created_at=1
        decisions: id='dec#'; authorization='auth#'; stage='create'; outcome='go_on'; trace='[]'; \
        rule_set=x'01'; leaf=#-1; decided_at=1
        decision_inputs: decision='dec#'; sealed=x'01'
        order_records: authorization='auth#'; prescription='rx#'
        prescriptions: id='rx#'; merchant='shop'; is_live=0; kind='prescriber'; record_key=x'0#'; version=1; \
        patient_hash=x'0#'; signer_hash=x'01'; status='open'; valid_to='2030-01-01'; created_at=1; \
        updated_at=1
        prescription_filings: prescription='rx#'; number=1; text_digest=zeroblob(32); first_seen=1; \
        examined_at=1; body_sealed=x'01'; verdict='v'; rule_set=x'01'; evidence=''; leaf=#-1
        revoked_signers: leaf=CAST(printf('%032d', #) AS BLOB); \
        proof_sealed=x'01'; proved_at=1
        evidence: digest=zeroblob(32); kind='k#'; bytes=x'01'; first_used_at=1
        relations: id='rel#'; kind='guardian'; patient_hash=x'01'; holder='cus#'; scope='prescriptions'; \
        valid_from='2030-01-01'; valid_to='2030-01-01'; status='approved'; created_at=1
        holds: id='hold#'; authorization='auth#'; order_line=1; prescription='rx#'; version=1; \
        record_key=x'0#'; line='1'; handover=1; handovers=2; quantity=1; units=1000; patient_initials=''; \
        status='reserved'; created_at=1
        line_handovers: hold='hold#'; record_key=x'0#'; line='1'; handover=1; handovers=2; \
        begun_on='2030-01-01'; begun_at=1; status='done'
        handovers: id='han#'; authorization='auth#'; gln='g'; is_final=0; handed_over_at=1; leaf=#-1
        handover_parts: handover='han#'; hold='hold#'; quantity=1; units=1; detail_sealed=x'01'
        prescription_lookups: id='lku#'; merchant='shop'; is_live=0; customer='cus#'; confirmation='q#'; \
        key_number=''; payee='P'; expires_at=9; created_at=1
        price_lists: valid_from='2030-01-0#'; digest=zeroblob(32); products=1; imported_at=1
        priced_products: valid_from='2030-01-0#'; number='900801'; name='n'; package_size=1; \
        dispensing_group='B'
        """

    /// What makes a row's parents ready for it.
    private static let preparations = [
        "handover_parts": """
        UPDATE holds SET status = 'firm' WHERE id = 'hold#';
        UPDATE holds SET status = 'owed' WHERE id = 'hold#';
        """
    ]

    /// All tables, each after those that it refers to.
    static let tables = entries.map(\.table)

    private static let entries: [(table: String, values: [String: String])] =
        text.split(separator: "\n").map { line in
            let (table, values) = line.cut(at: ":")
            let pairs = SQLWords.split(values, at: ";").map { $0.cut(at: "=") }
            return (table, Dictionary(pairs, uniquingKeysWith: { $1 }))
        }

    /// The columns of a row and their values, as SQL.
    static func values(_ table: String, number: Int) throws -> [String: String] {
        guard let entry = entries.first(where: { $0.table == table }) else { throw BenchError.bad(table) }
        return entry.values.mapValues { $0.replacing("#", with: "\(number)") }
    }

    static func insert(
        _ table: String, number: Int, _ changes: [String: String] = [:], verb: String = "INSERT"
    ) throws -> String {
        let row = try values(table, number: number).merging(changes, uniquingKeysWith: { $1 })
            .sorted { $0.key < $1.key }
        let (columns, values) = (row.map(\.key), row.map(\.value))
        return "\(verb) INTO \(table) (\(columns.joined(separator: ", "))) "
            + "VALUES (\(values.joined(separator: ", ")))"
    }

    static func preparation(_ table: String, number: Int) -> String {
        (preparations[table] ?? "").replacing("#", with: "\(number)")
    }

    /// The statements that put row 1 into each table.
    static let first = Result {
        try tables.flatMap { [preparation($0, number: 1), try insert($0, number: 1)] }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// What stands before the first separator, and what stands behind it.
    func cut(at separator: Character) -> (String, String) {
        let parts = split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
        return (parts[0].trimmingSpaces, parts.count > 1 ? parts[1].trimmingSpaces : "")
    }
}
