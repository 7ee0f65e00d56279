extension JSON {
    /// Reads one JSON value out of all the bytes given.
    ///
    /// Stricter than RFC 8259 asks: valid UTF-8 without byte order mark, no lone surrogates, no name twice in
    /// one object, nothing after the value. Numbers without fraction and exponent must fit Int64.
    package static func parse(
        _ bytes: some Collection<UInt8>, maximumDepth: Int = 32
    ) throws(JSONError) -> JSON {
        let bytes = [UInt8](bytes)
        // One check for the whole text lets every string below be decoded without another.
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw .invalidUTF8(offset: firstInvalidOffset(bytes))
        }
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        return try parser.parseDocument()
    }

    /// Reads one JSON value out of a string.
    package static func parse(_ text: String, maximumDepth: Int = 32) throws(JSONError) -> JSON {
        try parse([UInt8](text.utf8), maximumDepth: maximumDepth)
    }
}

/// The offset of the first byte that is not part of a well-formed UTF-8 sequence.
private func firstInvalidOffset(_ bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let encoded) = parser.parseScalar(from: &iterator) { offset += encoded.count }
    return offset
}
