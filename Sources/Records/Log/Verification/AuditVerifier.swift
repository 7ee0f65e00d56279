import GRDB

/// Verifies a database against its own log, and the log against checkpoints: what `godkend audit verify`
/// does (LOG-TAMPER).
///
/// It reads through a connection of its own in one transaction, beside a running server or on a copy, and
/// needs the same memory however long the log is. Whatever cannot be read is a finding, never an error.
package struct AuditVerifier: Sendable {
    private let path: String
    private let checkpoints: CheckpointTrust?
    private let vault: (any RecordVault)?
    private let limit: Int

    /// - Parameters:
    ///   - path: of the database file.
    ///   - checkpoints: nil: there is nothing outside the file to compare with.
    ///   - vault: opens the personal inputs of decisions; nil: they are not opened.
    ///   - limit: findings that are listed at most.
    package init(
        path: String, checkpoints: CheckpointTrust? = nil, vault: (any RecordVault)? = nil, limit: Int = 1_000
    ) {
        self.path = path
        self.checkpoints = checkpoints
        self.vault = vault
        self.limit = limit
    }

    /// Reads everything, and blocks its thread as long.
    package func verify() -> AuditReport {
        let findings = FindingList(limit: limit)
        var report = AuditReport()
        // The checkpoints' file first: what it says by now is in any later view of the database.
        var check = CheckpointCheck(checkpoints)
        check.begin(checkpoints, findings)
        do {
            let file = try VerifiedFile.open(path)
            defer { try? file.close() }
            try file.read { db in read(db, &check, &report, findings) }
        } catch {
            findings.add(.unreadable(.file, Self.words(for: error)))
        }
        if check.isTorn { report.notices.append(.tornCheckpoint) }
        if check.otherNames > 0 { report.notices.append(.otherNames(notes: check.otherNames)) }
        report.ownCheckpoints = check.ownCount
        report.heldCheckpoints = check.heldCount
        report.coveredSize = check.coveredSize
        if report.leaves > check.coveredSize ?? 0 {
            report.notices.append(.uncovered(leaves: report.leaves - (check.coveredSize ?? 0)))
        }
        if findings.surplus > 0 { report.notices.append(.moreFindings(findings.surplus)) }
        report.findings = findings.all
        return report
    }

    private func read(
        _ db: Database, _ check: inout CheckpointCheck, _ report: inout AuditReport, _ findings: FindingList
    ) {
        attempt(.file, findings) { try FileCheck.integrity(in: db, findings) }
        attempt(.schema, findings) { try FileCheck.schema(in: db, findings) }
        var leaves = LeafCheck(db, findings)
        attempt(.leaves, findings) { try leaves.run(&check) }
        report.leaves = leaves.size
        report.root = leaves.root
        if let position = leaves.firstTimeBack { report.notices.append(.timeWentBack(position: position)) }
        var state = StateCheck(db, findings)
        attempt(.state, findings) { try state.run() }
        (report.subjects, report.openedStates) = (state.subjects, state.opened)
        report.ofFirstVersion = state.ofFirstVersion
        var decisions = DecisionCheck(db, findings, vault: vault)
        attempt(.decisions, findings) { try decisions.run() }
        report.decisions = decisions.count
        report.openedInputs = vault == nil ? nil : decisions.openedInputs
        var prescriptions = PrescriptionCheck(db, findings)
        attempt(.prescriptions, findings) { try prescriptions.run() }
        (report.filings, report.evidence) = (prescriptions.filings, prescriptions.evidence)
    }

    private func attempt(_ area: AuditArea, _ findings: FindingList, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            findings.add(.unreadable(area, Self.words(for: error)))
        }
    }

    /// What SQLite says, without the values of any statement.
    private static func words(for error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(type(of: error))" }
        let words = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY:
            // A file with a write-ahead log needs an index of it beside it, even to be read.
            return words + "; SQLite must be able to write to its folder, so copy it to one of your own"
        default: return words
        }
    }
}

/// A database that is only read, with nothing of it trusted.
enum VerifiedFile {
    static func open(_ path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: configuration)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "godkend audit verify"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            for setting in ["mmap_size = 0", "trusted_schema = OFF", "cell_size_check = ON"] {
                try db.execute(sql: "PRAGMA \(setting)")
            }
        }
        return configuration
    }
}
