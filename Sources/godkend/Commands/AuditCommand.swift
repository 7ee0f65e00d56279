import ArgumentParser

/// `godkend audit …`: what was declined and why, and the proof that nothing of it was changed.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Find, explain, export and prove what was decided.",
        subcommands: [
            AuditDeclinedCommand.self, AuditExplainCommand.self, AuditExportCommand.self,
            AuditCheckExportCommand.self, AuditVerifyCommand.self, AuditReplayCommand.self,
        ])
}
