import Foundation
import Operations
import Proofs

extension Examination {
    /// The key that the decision log is verified with, and whether the last checkpoint is by it.
    static func log(
        _ folder: StateFolder, sources: ConfigurationSources, environment: [String: String]
    ) -> Finding {
        let name = "log key"
        let files = FileManager.default
        guard environment[ServerKeys.logVariable] != nil || files.fileExists(atPath: folder.logKey) else {
            return Finding(name, .warning, "there is none yet: the next start makes it")
        }
        do {
            let keys = try ServerKeys(folder: folder, environment: environment)
            let last = try LastCheckpoint.find(in: CheckpointsLog(path: folder.checkpoints)).note
            // An origin that follows the address is known when the server runs; the last checkpoint tells it.
            let isLive = sources.value(.mode).value == "live"
            let settings = try sources.settings(listening: isLive ? "https://localhost" : "http://localhost")
            let isNamed = sources.value(.logOrigin).value != nil || sources.value(.publicURL).value != nil
            let origin = isNamed ? settings.logOrigin : last?.unverified.origin ?? settings.logOrigin
            let key = try keys.logKey(origin: origin).verificationKey
            guard let last else { return Finding(name, .good, "\(key), nothing is signed yet") }
            let then = try LogVerificationKey(name: last.unverified.origin, publicKey: key.publicKey)
            guard then.verifies(last.note) else {
                return Finding(name, .bad, LogRefusal.otherKey.explanation)
            }
            return Finding(name, .good, "\(key), \(last.unverified.size) leaves are signed")
        } catch let refusal as LogRefusal {
            return Finding(name, .bad, refusal.explanation)
        } catch {
            return Finding(name, .bad, Explanation.sentence(for: error))
        }
    }
}
