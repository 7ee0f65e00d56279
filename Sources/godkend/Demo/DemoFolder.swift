import Foundation
import Notation

/// The demo's own folder: state, and a copy of the merchants so that theirs stay as they are.
struct DemoFolder: Sendable {
    /// The merchant that sells in the demo.
    static let shop = "bogbixen"

    let path: String
    let state: StateFolder
    let merchants: MerchantFolder

    /// Makes it in the system's temporary folder. Without a folder of merchants the demo brings its own shop.
    init(merchantsFrom source: MerchantFolder) throws {
        path =
            NSTemporaryDirectory().trimmingSuffix("/") + "/godkend-demo-"
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
        guard !files.fileExists(atPath: merchants.file(of: Self.shop)) else { return }
        let text = "kind: webshop\nname: Bogbixen ApS\ncurrencies: [DKK]\n"
        try PrivateFile.write([UInt8](text.utf8), to: merchants.file(of: Self.shop))
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
