import Notation
import Testing

/// RFC 4648; the plain vectors are those of its section 10.
struct EncodingTests {
    static let vectors: [(String, String, String)] = [
        ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"), ("foo", "Zm9v", "666f6f"),
        ("foob", "Zm9vYg==", "666f6f62"), ("fooba", "Zm9vYmE=", "666f6f6261"),
        ("foobar", "Zm9vYmFy", "666f6f626172"),
    ]

    @Test(arguments: vectors)
    func `SCA-34: the vectors of RFC 4648 go both ways`(plain: String, base64: String, hex: String) {
        let bytes = Array(plain.utf8)
        let unpadded = String(base64.prefix { $0 != "=" })
        #expect(Base64.encode(bytes) == base64)
        #expect(Base64.decode(base64) == bytes)
        #expect(Base64URL.encode(bytes) == unpadded)
        #expect(Base64URL.decode(unpadded) == bytes)
        #expect(Hex.encode(bytes) == hex)
        #expect(Hex.decode(hex) == bytes)
        #expect(Hex.decode(hex.uppercased()) == bytes)
    }

    @Test func `SCA-34: every length and every digit go both ways`() {
        for length in 0...130 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 255 &- length) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    }

    @Test(arguments: [
        "Zg==", "Zm8=", "Zg=", "=", "Z", "Zm9vY", "Zh", "Zm9", "Zm8\n", " Zm8", "Zm 8", "Zm9v\u{0}Zm9",
        "-+-_", "-/-_",
        "Zm9vÆ", "Zm9v.", "Zm9v%3D",
    ])
    func `SCA-34: base64url with padding, spare bits or foreign characters is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zm8", "Zh==", "Zm9=", "Zm9v=", "====", "Z===", "Zm9v\n", "-_-_", "Zg==Zg==",
    ])
    func `SCA-34: base64 without its padding, with spare bits or line breaks is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["0", "0g", "0x00", " 00", "0０"])
    func `SCA-34: what is not pairs of hexadecimal digits is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func `SCA-34: of all two-character texts exactly one is each byte`() {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var texts: [[UInt8]: Int] = [:]
        for first in digits {
            for second in digits {
                if let bytes = Base64URL.decode("\(first)\(second)") { texts[bytes, default: 0] += 1 }
            }
        }
        #expect(texts.count == 256)
        #expect(texts.values.allSatisfy { $0 == 1 })
    }
}
