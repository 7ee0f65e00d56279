import Notation
import Testing

struct JSONValueTests {
    @Test func `SCA-34: objects are equal whatever the order of their members`() {
        let one: JSON = ["a": 1, "b": ["c": nil, "d": true]]
        let other: JSON = ["b": ["d": true, "c": nil], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "b": ["c": nil, "d": false]])
        #expect(one != ["a": 1])
        #expect(one.writtenText != other.writtenText)
    }

    @Test func `SCA-34: texts of different bytes are different values`() {
        #expect(JSON.text("\u{E9}") != JSON.text("e\u{301}"))
        #expect(JSON.text("K") != JSON.text("\u{212A}"))
        #expect(JSON.integer(1) != JSON.decimal("1.0"))
    }

    @Test func `SCA-34: setting a name again keeps its place and its number`() {
        var object: JSONObject = ["a": 1, "b": 2]
        object.set("a", 3)
        object.set("c", nil)
        #expect(object.names == ["a", "b", "c"])
        #expect(object["a"] == 3)
        #expect(object["c"] == .null)
        #expect(object["d"] == nil)
    }

    @Test func `PAY-ERROR: what is read by its kind is nil for every other kind`() {
        let values: [JSON] = [nil, true, 1, .decimal("1.5"), "x", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.compactMap(\.bool) == [true])
        #expect(values.compactMap(\.integer) == [1])
        #expect(values.compactMap(\.text) == ["x"])
        #expect(values.compactMap(\.array) == [[1]])
        #expect(values.compactMap(\.object) == [["a": 1]])
    }

    @Test func `PAY-ERROR: control characters are escaped and everything else is itself`() throws {
        let text =
            String(String.UnicodeScalarView((0..<0x23).compactMap(Unicode.Scalar.init))) + "\\/\u{7F}æ😀"
        let written = JSON.text(text).writtenText
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011"#
            + #"\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f !\"\\/"#
        #expect(written == expected + "\u{7F}æ😀\"")
        #expect(try JSON.parse(written) == .text(text))
    }

    @Test func `PAY-ERROR: a decimal that is no number cannot break the text around it`() {
        #expect(
            JSON.array([.decimal("1,2"), .decimal("1.50"), .decimal("")]).writtenText == "[null,1.50,null]")
    }
}
