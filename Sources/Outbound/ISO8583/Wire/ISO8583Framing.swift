import NIOCore

/// How messages are told apart on a TCP connection: a length, perhaps a TPDU, then the message.
package struct ISO8583Framing: Sendable, Hashable {
    /// How the length is written.
    package enum Header: String, Sendable, Hashable, CaseIterable {
        /// The higher byte first.
        case binary2, binary4
        /// Four decimal digits. (Two would end at 99 bytes, where none of our messages does.)
        case ascii4

        var size: Int { self == .binary2 ? 2 : 4 }

        var maximum: Int {
            switch self {
            case .binary2: 0xFFFF
            case .binary4: Int(UInt32.max)
            case .ascii4: 9_999
            }
        }
    }

    package var header: Header
    /// The length counts itself.
    package var isInclusive: Bool
    /// Five bytes before each message, counted by the length: an id, and the addresses of destination and
    /// source. Nil: there are none.
    package var tpdu: [UInt8]?

    package init(header: Header = .binary2, isInclusive: Bool = false, tpdu: [UInt8]? = nil) {
        self.header = header
        self.isInclusive = isInclusive
        self.tpdu = tpdu
    }

    /// No message of ours comes near it; what announces more is not our protocol.
    package static let maximumLength = 4_096

    /// A message as it goes on the wire; `tpdu` stands in for our own. No bytes: a keep-alive.
    func frame(_ message: [UInt8], tpdu other: [UInt8]? = nil) -> ByteBuffer {
        let body = message.isEmpty ? [] : (tpdu == nil ? [] : other ?? tpdu ?? []) + message
        let length = body.count + (isInclusive && !message.isEmpty ? header.size : 0)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(header.size + body.count)
        switch header {
        case .binary2: buffer.writeInteger(UInt16(clamping: length))
        case .binary4: buffer.writeInteger(UInt32(clamping: length))
        case .ascii4: buffer.writeBytes(Array(decimal(length, digits: 4).utf8))
        }
        buffer.writeBytes(body)
        return buffer
    }

    /// Whether a message is short enough for the header.
    func fits(_ message: [UInt8]) -> Bool {
        message.count + (tpdu?.count ?? 0) + header.size <= min(header.maximum, Self.maximumLength)
    }

    /// A frame's TPDU, if there is one, and its message; a message without bytes is a keep-alive.
    func split(_ frame: ByteBuffer) -> (tpdu: [UInt8]?, message: [UInt8]) {
        let bytes = Array(buffer: frame)
        guard let tpdu, bytes.count >= tpdu.count else { return (nil, bytes) }
        return (Array(bytes.prefix(tpdu.count)), Array(bytes.dropFirst(tpdu.count)))
    }

    /// The TPDU of an answer: the addresses change places.
    static func swapped(_ tpdu: [UInt8]) -> [UInt8] {
        tpdu.count == 5 ? [tpdu[0], tpdu[3], tpdu[4], tpdu[1], tpdu[2]] : tpdu
    }

    /// Makes the channel read whole frames.
    func addDecoder(to channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(ISO8583FrameDecoder(self)))
    }
}

/// A length that no message has. The connection cannot be read any further.
struct ISO8583BadLength: Error {}

struct ISO8583FrameDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    private let framing: ISO8583Framing

    init(_ framing: ISO8583Framing = ISO8583Framing()) { self.framing = framing }

    /// The next frame; one without bytes is a keep-alive.
    mutating func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        guard let announced = try length(in: buffer) else { return nil }
        let size = framing.header.size
        let length = framing.isInclusive && announced > 0 ? announced - size : announced
        guard (0...ISO8583Framing.maximumLength).contains(length) else { throw ISO8583BadLength() }
        guard buffer.readableBytes >= size + length else { return nil }
        buffer.moveReaderIndex(forwardBy: size)
        return buffer.readSlice(length: length)
    }

    private func length(in buffer: ByteBuffer) throws -> Int? {
        let start = buffer.readerIndex
        switch framing.header {
        case .binary2: return buffer.getInteger(at: start, as: UInt16.self).map { Int($0) }
        case .binary4: return buffer.getInteger(at: start, as: UInt32.self).map { Int($0) }
        case .ascii4:
            guard let digits = buffer.getBytes(at: start, length: 4) else { return nil }
            guard digits.allSatisfy({ (48...57).contains($0) }) else { throw ISO8583BadLength() }
            return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        }
    }

    /// A message that was cut off by the end of the connection is dropped.
    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}
