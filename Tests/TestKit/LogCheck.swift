import Foundation
import Operations
import Proofs
package import Records

/// What `godkend audit verify` says of a database that a test has worked on: after any walk, race or crash
/// the log and the state agree (LOG-ATOMIC).
package enum LogCheck {
    /// What is wrong, a line each; empty when the log and the state agree.
    package static func findings(
        _ path: String, checkpoints: CheckpointTrust? = nil, vault: (any RecordVault)? = nil
    ) -> [String] {
        AuditVerifier(path: path, checkpoints: checkpoints, vault: vault).verify().findings
            .map { "\($0.place): \($0.kind): \($0.meaning)" }
    }

    /// The same of a server's state folder, with the checkpoints that it signed and the key it signed with.
    package static func findings(ofState folder: String) throws -> [String] {
        let raw = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/log.key")))
        // The checkpoints name the log themselves; the key is what counts.
        let key = try LogKey(raw: raw, name: "log").verificationKey
        return findings(
            folder + "/godkend.sqlite",
            checkpoints: CheckpointTrust(key: key, file: folder + "/checkpoints.log"))
    }
}

extension Stage {
    /// What is wrong with the log of this stage, or with its state; empty when they agree.
    package var logFindings: [String] {
        LogCheck.findings(folder.file("godkend.sqlite"), vault: gateway.vault)
    }
}
