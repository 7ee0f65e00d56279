import NIOCore
import Testing

@testable import Outbound

/// Every way to tell frames apart.
let everyFraming: [ISO8583Framing] = ISO8583Framing.Header.allCases.flatMap { header in
    [false, true].flatMap { isInclusive in
        [nil, [0x60, 0x00, 0x03, 0x80, 0x12]].map {
            ISO8583Framing(header: header, isInclusive: isInclusive, tpdu: $0)
        }
    }
}

@Suite struct FramingTests {
    /// The frames that come out when the bytes go in piece by piece.
    private func read(
        _ bytes: [UInt8], _ framing: ISO8583Framing, by random: inout Seeded
    ) throws -> [ByteBuffer] {
        var decoder = ISO8583FrameDecoder(framing)
        var (buffer, rest, frames) = (ByteBuffer(), bytes[...], [ByteBuffer]())
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, min(rest.count, 600)), using: &random)
            buffer.writeBytes(rest.prefix(count))
            rest = rest.dropFirst(count)
            while let frame = try decoder.decode(buffer: &buffer) { frames.append(frame) }
        }
        #expect(buffer.readableBytes == 0)
        return frames
    }

    @Test(arguments: everyFraming)
    func `ACQ-PORT: messages come out of any pieces as they went in, and empty frames between them`(
        framing: ISO8583Framing
    ) throws {
        var random = Seeded(state: 8_583)
        for round in 0..<200 {
            var (bytes, sent) = ([UInt8](), [[UInt8]]())
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let length = Bool.random(using: &random) ? 0 : Int.random(in: 1...900, using: &random)
                let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                sent.append(message)
                bytes += Array(buffer: framing.frame(message))
            }
            let frames = try read(bytes, framing, by: &random).map { framing.split($0) }
            #expect(frames.map(\.message) == sent, "seed 8583, round \(round)")
            #expect(zip(frames, sent).allSatisfy { $0.tpdu == ($1.isEmpty ? nil : framing.tpdu) })
        }
    }

    /// A message of three bytes behind each kind of length.
    @Test(
        arguments: [
            (.binary2, false, [0, 3]), (.binary2, true, [0, 5]), (.binary4, false, [0, 0, 0, 3]),
            (.binary4, true, [0, 0, 0, 7]), (.ascii4, false, [48, 48, 48, 51]),
            (.ascii4, true, [48, 48, 48, 55]),
        ] as [(ISO8583Framing.Header, Bool, [UInt8])])
    func `ACQ-PORT: the length is written as the settings say`(
        header: ISO8583Framing.Header, isInclusive: Bool, length: [UInt8]
    ) {
        let framing = ISO8583Framing(header: header, isInclusive: isInclusive)
        #expect(Array(buffer: framing.frame([1, 2, 3])) == length + [1, 2, 3])
        let keepAlive = [UInt8](repeating: header == .ascii4 ? 48 : 0, count: header == .binary2 ? 2 : 4)
        #expect(Array(buffer: framing.frame([])) == keepAlive)
    }

    @Test func `ACQ-PORT: a TPDU is counted by the length, and its addresses change places in an answer`() {
        let framing = ISO8583Framing(tpdu: [0x60, 1, 2, 3, 4])
        #expect(Array(buffer: framing.frame([9])) == [0, 6, 0x60, 1, 2, 3, 4, 9])
        #expect(ISO8583Framing.swapped([0x60, 1, 2, 3, 4]) == [0x60, 3, 4, 1, 2])
    }

    @Test(
        arguments: [
            (.binary2, false, [0x10, 0x01]), (.binary2, true, [0x10, 0x03]), (.binary2, true, [0, 1]),
            (.binary4, false, [0, 0, 0x10, 0x01]), (.binary4, false, [0xFF, 0xFF, 0xFF, 0xFF]),
            (.ascii4, false, [52, 48, 57, 55]), (.ascii4, false, [48, 48, 48, 65]),
            (.ascii4, true, [48, 48, 48, 51]),
        ] as [(ISO8583Framing.Header, Bool, [UInt8])])
    func `ACQ-PORT: a length that no message has is refused`(
        header: ISO8583Framing.Header, isInclusive: Bool, length: [UInt8]
    ) {
        var decoder = ISO8583FrameDecoder(ISO8583Framing(header: header, isInclusive: isInclusive))
        var buffer = ByteBuffer(bytes: length)
        #expect(throws: ISO8583BadLength.self) { try decoder.decode(buffer: &buffer) }
    }

    @Test func `ACQ-PORT: a message of 4,096 bytes is the longest`() throws {
        for (length, isGood) in [(4_096, true), (4_097, false)] {
            var decoder = ISO8583FrameDecoder()
            var buffer = ByteBuffer(bytes: [UInt8(length >> 8), UInt8(length & 255)])
            buffer.writeRepeatingByte(1, count: length)
            if isGood {
                #expect(try decoder.decode(buffer: &buffer)?.readableBytes == length)
            } else {
                #expect(throws: ISO8583BadLength.self) { try decoder.decode(buffer: &buffer) }
            }
        }
    }
}
