import NIOCore

/// One message on a TCP connection: its length in two bytes, the higher first, then the message.
enum ISO8583Framing {
    /// No message of ours comes near it; what announces more is not our protocol.
    static let maximumLength = 4_096

    static func frame(_ message: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(2 + message.count)
        buffer.writeInteger(UInt16(clamping: message.count))
        buffer.writeBytes(message)
        return buffer
    }

    /// Makes the channel read whole messages.
    static func addDecoder(to channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(ISO8583FrameDecoder()))
    }
}

/// A length that no message has. The connection cannot be read any further.
struct ISO8583BadLength: Error {}

struct ISO8583FrameDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    mutating func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt16.self) else { return nil }
        guard (1...ISO8583Framing.maximumLength).contains(Int(length)) else { throw ISO8583BadLength() }
        guard buffer.readableBytes >= 2 + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 2)
        return buffer.readSlice(length: Int(length))
    }

    /// A message that was cut off by the end of the connection is dropped.
    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}
