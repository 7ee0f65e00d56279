import Foundation
import Notation
import Operations
import Vocabulary

/// Puts merchant files into their folder, each read back and checked before it takes its place.
enum MerchantWriting {
    /// Merchant files hold no secret: others may read them.
    private static let mode = 0o644

    static func write(_ text: String, merchant id: String, folder: MerchantFolder) throws {
        let file = folder.file(of: id)
        let (_, problems) = MerchantFile.read(text, id: id, file: file)
        guard problems.isEmpty else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"))
        }
        try PrivateFile.write([UInt8](text.utf8), to: file, mode: mode)
    }

    /// New keys for a merchant; every key without an end gets one.
    static func rotate(
        merchant id: String, folder: MerchantFolder, isLive: Bool, graceSeconds: Int
    ) throws -> MerchantKeyPair {
        let file = folder.file(of: id)
        guard MerchantID(id) != nil, let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(
                "There is no merchant \(file): `godkend merchant list` shows those there are.")
        }
        let text = String(decoding: data, as: UTF8.self)
        let (merchant, problems) = MerchantFile.read(text, id: id, file: file)
        guard let merchant else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"))
        }
        let now = SystemClock().now()
        let pair = MerchantKeyPair(kind: merchant.kind, isLive: isLive, at: now, entropy: SystemEntropy())
        let changed = MerchantText.rotated(
            text, adding: pair.entries, oldExpireAt: now.adding(seconds: graceSeconds))
        let after = MerchantFile.read(changed, id: id, file: file).merchant
        guard let after, after.keys.count == merchant.keys.count + pair.entries.count,
            after.keys.dropFirst(pair.entries.count).allSatisfy({ $0.expiresAt != nil })
        else {
            throw CommandFailure(
                "\(file) has its keys in a form that cannot be changed safely: write one `key: value` a line."
            )
        }
        try write(changed, merchant: id, folder: folder)
        return pair
    }

    /// The keys, in clear, for the only time.
    static func say(_ pair: MerchantKeyPair, of id: String, format: OutputFormat) {
        if format == .json {
            var object = JSONObject()
            object.set("merchant", .text(id))
            object.set("secret_key", .text(pair.secret.exposed()))
            if let publishable = pair.publishable {
                object.set("publishable_key", .text(publishable.exposed()))
            }
            Terminal.say(String(decoding: JSON.object(object).written(), as: UTF8.self))
            return
        }
        Terminal.say("secret key       \(pair.secret.exposed())")
        if let publishable = pair.publishable {
            Terminal.say("publishable key  \(publishable.exposed())")
        }
        Terminal.complain(
            "Keep them now: only their hashes are kept here. A running server takes them on SIGHUP.")
    }
}
