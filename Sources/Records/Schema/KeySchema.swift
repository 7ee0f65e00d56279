/// What proves that the keys in use are those that the database was made with.
enum KeySchema {
    static let tables = """
        CREATE TABLE key_checks (
            name TEXT PRIMARY KEY NOT NULL CHECK (name IN ('master', 'receipt', 'log')),
            sealed BLOB NOT NULL CHECK (length(sealed) > 28)
        ) STRICT;
        """
}
