/// Why bytes are not a message of ours, or a message cannot be written. Says where, never what stood there.
package enum ISO8583Error: Error, Sendable, Hashable {
    /// The bytes end inside something.
    case truncated
    /// Bytes are left after the last element.
    case trailingBytes(Int)
    case badMessageType
    /// Not hexadecimal, or a second bitmap that is announced and empty.
    case badBitmap
    /// A data element that we have no format for, so that what follows cannot be read.
    case unknownElement(Int)
    /// The element belongs to another message type.
    case unexpectedElement(Int)
    case missingElement(Int)
    case badLength(element: Int)
    case badCharacter(element: Int)
    case badValue(element: Int)
    /// A tag of data element 48: not in the table, out of order or repeated.
    case unexpectedSubfield(Int)
    case missingSubfield(Int)
    case badSubfield(Int)
}
