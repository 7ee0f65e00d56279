import Foundation
import Logging
import NIOSSL
import Operations

/// Everything that says how a server is to run: from the command line, or from the demo.
struct ServerPlan {
    let folder: StateFolder
    let merchants: MerchantFolder
    let host: String
    /// 0 takes a free one.
    let port: Int
    let sources: ConfigurationSources
    let environment: [String: String]
    let tls: TLSConfiguration?
    /// Whether state folder and keys are made when they are not there.
    let makesState: Bool
    /// The trust folder; nil: the one in the state folder.
    var trust: String?
}
