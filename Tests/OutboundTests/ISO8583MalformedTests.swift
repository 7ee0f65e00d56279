import Lifecycles
import Operations
import Outbound
import SeedKit
import Testing
import Vocabulary

/// Always the same numbers: SplitMix64 from a fixed seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct ISO8583MalformedTests {
    /// A change of a good 0100 at an offset, and the error it gives.
    static let changes: [(offset: Int, with: String, error: ISO8583Error)] = [
        (0, "0800", .badMessageType),
        (0, "0110", .missingElement(39)),
        (0, "0200", .missingElement(90)),
        (4, "723c040108C18000", .badBitmap),
        (4, "G23C040108C18000", .badBitmap),
        (4, "F23C040108C180000000000000000000", .badBitmap),
        (4, "7A3C040108C18000", .unknownElement(5)),
        (4, "323C040108C18000", .missingElement(2)),
        (4, "723C040108818000", .missingElement(42)),
        (4, "723C04010AC18000", .unexpectedElement(39)),
        (20, "00", .badLength(element: 2)),
        (20, "20", .badLength(element: 2)),
        (20, "1x", .badCharacter(element: 2)),
        (22, "4242424242424241", .badValue(element: 2)),
        (22, "42424242424242 2", .badCharacter(element: 2)),
        (38, "999999", .badValue(element: 3)),
        (44, "00000002490A", .badCharacter(element: 4)),
        (56, "1322120000", .badValue(element: 7)),
        (72, "250000", .badValue(element: 13)),
        (82, "3013", .badValue(element: 14)),
        (86, "012", .badValue(element: 22)),
        (131, "999", .truncated),
        (131, "000", .badLength(element: 48)),
        (134, "99", .unexpectedSubfield(99)),
        (168, "01", .unexpectedSubfield(1)),
        (134, "0100", .badSubfield(1)),
        (138, "aut_", .badSubfield(1)),
    ]

    @Test(arguments: changes)
    func `ACQ-PORT: what is not a message of ours is refused by name`(
        row: (offset: Int, with: String, error: ISO8583Error)
    ) throws {
        var bytes = try ISO8583Message(authorizeCall(), institution: "45718").encoded()
        let end = row.with == "F23C040108C180000000000000000000" ? 20 : row.offset + row.with.utf8.count
        bytes.replaceSubrange(row.offset..<end, with: Array(row.with.utf8))
        #expect(throws: row.error) { try ISO8583Message(decoding: bytes) }
    }

    @Test func `ACQ-PORT: a message that ends early is refused at every length`() throws {
        for message in try sampleMessages() {
            let bytes = try message.encoded()
            for length in 0..<bytes.count {
                #expect(throws: ISO8583Error.self) {
                    try ISO8583Message(decoding: Array(bytes.prefix(length)))
                }
            }
        }
    }

    @Test(arguments: [1, 2, 300])
    func `ACQ-PORT: bytes after the last element are refused`(count: Int) throws {
        for message in try sampleMessages() {
            let bytes = try message.encoded() + Array(repeating: 48, count: count)
            #expect(throws: ISO8583Error.trailingBytes(count)) { try ISO8583Message(decoding: bytes) }
        }
    }

    @Test func `ACQ-PORT: random bytes never crash the reader`() {
        var random = Seeded(state: TestSeed.usual(8_583, "ACQ-PORT, random bytes"))
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(throws: ISO8583Error.self) { try ISO8583Message(decoding: bytes) }
        }
    }

    /// A request is refused unless it is written exactly as we write it. An answer may be written as its bank
    /// likes: what is read of it is what matters, and reads the same when we write it.
    @Test(arguments: [true, false])
    func `ACQ-PORT: a changed message is refused, or is one that we would write the same way`(
        isRequest: Bool
    ) throws {
        var random = Seeded(state: TestSeed.usual(1_987, "ACQ-PORT, changed messages"))
        let samples = try sampleMessages().filter { ($0.type.answer != nil) == isRequest }
            .map { try $0.encoded() }
        var accepted = 0
        for _ in 0..<20_000 {
            guard var bytes = samples.randomElement(using: &random) else { throw BadSample() }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 32...126, using: &random)
            }
            guard let message = try? ISO8583Message(decoding: bytes) else { continue }
            accepted += 1
            if isRequest {
                #expect(try message.encoded() == bytes)
            } else if let again = try? message.encoded() {
                #expect(try ISO8583Message(decoding: again).responseCode == message.responseCode)
                #expect(try ISO8583Message(decoding: again).amountMinor == message.amountMinor)
                #expect(try ISO8583Message(decoding: again).approvalCode == message.approvalCode)
            }
        }
        #expect((1..<20_000).contains(accepted))
    }

    @Test func `ACQ-PORT: what a message lacks or has too much of is refused when it is written`() throws {
        var bare = ISO8583Message(try authorizeCall(), institution: "45718")
        bare.cardNumber = nil
        #expect(throws: ISO8583Error.missingElement(2)) { try bare.encoded() }
        var full = ISO8583Message(inquiryCall(.capture, intent: 2), institution: "45718")
        full.cardNumber = try CardNumber(Card.good)
        #expect(throws: ISO8583Error.unexpectedElement(2)) { try full.encoded() }
    }
}
