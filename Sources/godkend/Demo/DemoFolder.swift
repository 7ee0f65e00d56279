import Foundation
import Notation

/// The demo's own folder: state, and a copy of the merchants so that theirs stay as they are.
struct DemoFolder: Sendable {
    let path: String
    let state: StateFolder
    let merchants: MerchantFolder

    /// Makes it in the system's temporary folder. Merchants that the folder lacks the demo brings itself.
    init(merchantsFrom source: MerchantFolder) throws {
        path =
            NSTemporaryDirectory().withoutLastSlash + "/godkend-demo-"
            + Hex.encode(SystemEntropy().bytes(4))
        state = StateFolder(path + "/state")
        merchants = MerchantFolder(path: path + "/Merchants")
        let files = FileManager.default
        try files.createDirectory(
            atPath: merchants.path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let names = (try? files.contentsOfDirectory(atPath: source.path)) ?? []
        for name in names where name.hasSuffix(".yaml") {
            try files.copyItem(atPath: "\(source.path)/\(name)", toPath: "\(merchants.path)/\(name)")
        }
        for merchant in DemoMerchant.allCases {
            let file = merchants.file(of: merchant.rawValue)
            guard !files.fileExists(atPath: file) else { continue }
            try PrivateFile.write([UInt8](merchant.file.utf8), to: file)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
