/// The data elements of ISO 8583:1987 with their formats, so that any of them can be stepped over.
///
/// Source: ISO 8583:1987, data element directory, as the packagers of jPOS (`ISO87APackager`) and pyiso8583
/// (`specs.default_ascii`) have it. Lengths of `b` count bytes, those of `xn` the letter too. The currencies
/// (49 to 51) stand as `an`, since hosts write letters or digits.
enum ISO8583Directory {
    /// The second reading is for hosts on jPOS's formats, which differ in 65, 93 and 96. It is tried when a
    /// message does not come out even by the first.
    static let readings: [[Int: ISO8583Format]] = [
        formats,
        formats.merging(
            [
                65: ISO8583Format(.bytes, .fixed(1)), 93: ISO8583Format(.lettersAndDigits, .fixed(6)),
                96: ISO8583Format(.bytes, .fixed(16)),
            ]
        ) { $1 },
    ]

    /// By number, 2 to 128.
    static let formats: [Int: ISO8583Format] = {
        let words = text.split { $0 == " " || $0 == "\n" }
        var formats: [Int: ISO8583Format] = [:]
        for place in stride(from: 0, to: words.count - 1, by: 2) {
            let ends = words[place].split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last,
                let format = ISO8583Format(words[place + 1])
            else { continue }
            for number in first...last { formats[number] = format }
        }
        return formats
    }()

    /// Number, or first and last number, and format.
    private static let text = """
        2 n..19 3 n6 4-6 n12 7 n10 8-10 n8 11-12 n6 13-18 n4 19-24 n3 25-26 n2 27 n1 28-31 xn9
        32-33 n..11 34 ans..28 35 z..37 36 z...104 37 an12 38 an6 39 an2 40 an3 41 ans8 42 ans15 43 ans40
        44 ans..25 45 ans..76 46-48 ans...999 49-51 an3 52 b8 53 n16 54 ans...120 55-63 ans...999 64-65 b8
        66 n1 67 n2 68-70 n3 71-72 n4 73 n6 74-81 n10 82-85 n12 86-89 n16 90 n42 91 an1 92 an2 93 an5 94 an7
        95 an42 96 b8 97 xn17 98 ans25 99-100 n..11 101 ans..17 102-103 ans..28 104 ans...100
        105-127 ans...999 128 b8
        """
}
