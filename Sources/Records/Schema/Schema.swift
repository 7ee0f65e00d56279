import GRDB

/// The schema as a list of migrations, each run once and whole (GRDB's `DatabaseMigrator`).
///
/// Every table is STRICT. What must never happen is written down here as CHECKs, unique indexes and triggers,
/// so that it cannot happen by a mistake in the code above either.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 customers and authenticators") { db in
            try db.execute(sql: IdentitySchema.tables)
        }
        migrator.registerMigration("2 payments") { db in
            try db.execute(sql: PaymentSchema.tables)
            try db.execute(sql: PaymentTriggers.all)
        }
        migrator.registerMigration("3 decision log and notices") { db in
            try db.execute(sql: LogSchema.tables)
        }
        migrator.registerMigration("4 prescriptions") { db in
            try db.execute(sql: PrescriptionSchema.tables)
            try db.execute(sql: PrescriptionSchema.triggers)
        }
        migrator.registerMigration("5 audit") { db in
            try db.execute(sql: AuditSchema.laterLeaves)
            try db.execute(sql: AuditSchema.tables)
            try LogNodes.buildAll(in: db)
        }
        migrator.registerMigration("6 key checks") { db in
            try db.execute(sql: KeySchema.tables)
        }
        return migrator
    }
}
