import Foundation
import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import godkend

struct MerchantTextTests {
    private let now = Instant(milliseconds: 1_790_000_000_000)

    private func pair(_ kind: MerchantKind = .webshop) -> MerchantKeyPair {
        MerchantKeyPair(kind: kind, isLive: false, at: now, entropy: SystemEntropy())
    }

    private func merchant(_ keys: [MerchantKey]) throws -> Merchant {
        Merchant(
            id: try #require(MerchantID("shop")), kind: .webshop,
            name: try DisplayName("\"Æbler\" & pærer\\"),
            gln: nil, isSuspended: false, currencies: [.dkk], limits: [], origins: ["https://a.example"],
            keys: keys)
    }

    @Test func `a written merchant file reads back as the same merchant`() throws {
        let merchant = try merchant(pair().entries)
        let text = MerchantText.file(merchant)
        let found = MerchantFile.read(text, id: "shop", file: "f")
        #expect(found.problems == [])
        #expect(found.merchant == merchant)
    }

    @Test func `a key has 256 random bits and only its hash is written`() throws {
        let pair = pair()
        let secret = pair.secret.exposed()
        #expect(secret.hasPrefix("sk_test_"))
        #expect(secret.count == "sk_test_".count + 43)
        #expect(pair.publishable?.exposed().hasPrefix("pk_test_") == true)
        #expect(pair.entries.map(\.digest).first == Digest.sha256([UInt8](secret.utf8)))
        #expect(!MerchantText.file(try merchant(pair.entries)).contains(secret.dropFirst(8)))
        #expect("\(pair.secret)" == "[redacted]")
    }

    @Test func `a filer gets a secret key only`() {
        #expect(pair(.filer).publishable == nil)
        #expect(pair(.filer).entries.map(\.kind) == [.secret])
    }

    @Test(arguments: ["", "# keys below\n", "keys:\n", "keys: []\n"])
    func `rotation adds keys to a file that has none and keeps its comments`(end: String) throws {
        let text = "# ours\nkind: webshop\nname: Shop\ncurrencies: [DKK]\n" + end
        let changed = MerchantText.rotated(text, adding: pair().entries, oldExpireAt: now)
        let merchant = try #require(MerchantFile.read(changed, id: "shop", file: "f").merchant)
        #expect(merchant.keys.count == 2)
        #expect(changed.hasPrefix("# ours\n"))
    }

    @Test func `rotation ends the old keys once and leaves other lines alone`() throws {
        let first = MerchantText.file(try merchant(pair().entries)) + "# the end\nsuspended: true\n"
        let second = MerchantText.rotated(first, adding: pair().entries, oldExpireAt: now)
        let later = now.adding(seconds: 60)
        let third = MerchantText.rotated(second, adding: pair().entries, oldExpireAt: later)
        let merchant = try #require(MerchantFile.read(third, id: "shop", file: "f").merchant)
        #expect(merchant.keys.map(\.expiresAt) == [nil, nil, later, later, now, now])
        #expect(merchant.isSuspended)
        #expect(third.contains("# the end"))
    }

    @Test func `a key that stands at two merchants is refused`() throws {
        let folder = try TemporaryFolder()
        let text = MerchantText.file(try merchant(pair().entries))
        for name in ["one", "two"] {
            try PrivateFile.write([UInt8](text.utf8), to: "\(folder.path)/\(name).yaml")
        }
        let (_, problems) = try MerchantFolder(path: folder.path).read()
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.message.contains("rotate the keys") })
    }

    @Test func `one broken file keeps the whole book as it was`() async throws {
        let folder = try TemporaryFolder()
        let merchant = try merchant(pair().entries)
        let book = MerchantBook([merchant])
        try PrivateFile.write([UInt8]("kind: webshop\n".utf8), to: folder.path + "/broken.yaml")
        let reload = MerchantReload(
            folder: MerchantFolder(path: folder.path), replace: { book.replace(with: $0) },
            logger: WatchfulLog.logger())
        #expect(await !reload.reload())
        #expect(book.all == [merchant])
        try FileManager.default.removeItem(atPath: folder.path + "/broken.yaml")
        #expect(await reload.reload())
        #expect(book.all.isEmpty)
    }
}
