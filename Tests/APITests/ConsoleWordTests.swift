import Lifecycles
import Testing
import Vocabulary

@testable import Pages

/// The console's texts, and what its forms are read with.
@Suite struct ConsoleWordTests {
    /// Every text in a value, however deep, with the names that lead to it.
    private static func texts(_ value: Any, _ path: String = "") -> [(path: String, text: String)] {
        if let text = value as? String { return [(path, text)] }
        return Mirror(reflecting: value).children.enumerated().flatMap { index, child in
            texts(child.value, "\(path).\(child.label ?? String(index))")
        }
    }

    private static func all(_ language: Language) -> [Any] {
        [
            ShellWords(language), MenuWords(language), SignInWords(language), FindWords(language),
            HelpWords(language), FilterHelp.all(language), ColumnWords(language), ProblemWords(language),
            StoryWords(language), ChartWords(language), ListWords(language), LogWords(language),
            ChangeWords(language), CustomerWords(language), OperatorWords(language),
            DeclineReason.allCases.map { $0.words(language) },
            DeclineParty.allCases.map { $0.words(language) },
            AuthorizationStatus.allCases.map { $0.words(language) },
            ConfirmationStatus.allCases.map { $0.words(language) },
            ChangeKind.allCases.map { $0.words(language) },
            DeclineFixer.allCases.map { $0.words(language) },
        ]
    }

    /// Words that are the same in both languages.
    private static let alike: Set<String> = [
        "Filter", "Log", "Status", "Administrator", "Id", "Reference",
    ]

    @Test func `OPS-WEB: every text is there in Danish and in English`() {
        let (danish, english) = (Self.texts(Self.all(.danish)), Self.texts(Self.all(.english)))
        #expect(danish.count == english.count && danish.count > 300)
        for (one, other) in zip(danish, english) {
            #expect(one.path == other.path)
            #expect(!one.text.isEmpty && !other.text.isEmpty, "\(one.path)")
            let isFixed = one.path.hasSuffix(".key") || one.path.hasSuffix(".example")
            #expect(isFixed || one.text != other.text || Self.alike.contains(one.text), "\(one.path)")
        }
    }

    @Test(arguments: DeclineReason.allCases)
    func `OPS-FIND: every reason has words of its own in both languages`(reason: DeclineReason) {
        for language in Language.allCases {
            let words = reason.words(language)
            #expect(words != reason.rawValue && words.count <= 80)
            let others = DeclineReason.allCases.filter { $0 != reason }.map { $0.words(language) }
            #expect(!others.contains(words), "\(words)")
        }
    }

    @Test func `OPS-WEB: all templates parse, and none shows anything unescaped`() throws {
        _ = try ConsoleTemplates()
        for (name, text) in ConsoleTemplates.texts {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
            #expect(!text.contains("<script") && !text.contains("style="), "\(name)")
        }
    }

    @Test(
        arguments: [
            ("a=1&b=2", ["1", "2"]), ("a=x+y&b=%C3%A6", ["x y", "æ"]), ("a=&b", [nil, nil]),
            ("", [nil, nil]),
            ("a=1%26b%3D2", ["1&b=2", nil]),
        ] as [(String, [String?])])
    func `OPS-WEB: a form is read as it was filled in`(text: String, values: [String?]) throws {
        let form = try #require(FormFields(text))
        #expect([form["a"], form["b"]] == values)
    }

    @Test(arguments: ["a=1&a=2", "a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "a=1&%61=2", "a=x%0d%0ay"])
    func `OPS-WEB: a form that could be read in two ways is refused`(text: String) {
        #expect(FormFields(text) == nil)
    }

    @Test func `OPS-WEB: an address reads back as what was written`() throws {
        let text = "status:declined order:\"a&b=c\" æøå 100% #/?"
        let address = FormFields.address("/console", [("q", text), ("after", nil), ("x", "1")])
        let query = try #require(address.split(separator: "?").last)
        let fields = try #require(FormFields(query))
        #expect(fields["q"] == text && fields["x"] == "1" && fields["after"] == nil)
    }

    @Test(arguments: [
        (Language.danish, "1.249,00 kr."), (.english, "DKK 1,249.00"),
    ])
    func `OPS-WEB: amounts are written as each language does`(language: Language, text: String) throws {
        #expect(try Money(amountMinor: 124_900, currency: .dkk).words(language) == text)
    }

    @Test(arguments: [
        ("2026-03-29T00:59:59Z", "2026-03-29 01:59:59"), ("2026-03-29T01:00:00Z", "2026-03-29 03:00:00"),
        ("2026-10-25T00:59:59Z", "2026-10-25 02:59:59"), ("2026-10-25T01:00:00Z", "2026-10-25 02:00:00"),
    ])
    func `OPS-WEB: times are those of Copenhagen on both sides of a change of clocks`(
        utc: String, local: String
    ) throws {
        #expect(try #require(Instant(rfc3339: utc)).local == local)
    }

    @Test func `OPS-FIND: a shortcut changes its own term and leaves the others`() {
        let chips = FilterChips("merchant:nordlys  order:\"a b\" since:7d")
        let chosen = chips.choice("since", "7d", name: "")
        #expect(chosen.isChosen)
        #expect(chosen.href == "/console?q=merchant%3Anordlys+order%3A%22a+b%22")
        let other = chips.choice("since", "24h", name: "")
        #expect(!other.isChosen)
        #expect(other.href == "/console?q=merchant%3Anordlys+order%3A%22a+b%22+since%3A24h")
        #expect(FilterChips("since:7d").choice("since", "7d", name: "").href == "/console?q=status%3Aany")
    }

    @Test func `OPS-CHART: bars and columns stay within their frame`() {
        let bars = BarChart(id: "a", title: "", summary: "", counts: [("x", 3), ("y", 8), ("z", 0)])
        #expect(bars.bars.map(\.width) == ["37.5", "100.0", "0.0"])
        let course = CourseChart(
            id: "b", title: "", summary: "", shape: .columns,
            values: [("2026-05-01", 0), ("2026-05-02", 7), ("2026-05-03", nil)])
        #expect(course.steps.count == 1 && course.steps[0].x == "36.6")
        #expect(course.steps[0].y + course.steps[0].rise == 176)
        #expect(course.grid.map(\.label) == ["0", "4", "8"])
        let line = CourseChart(
            id: "c", title: "", summary: "", shape: .line,
            values: [("1", 50), ("2", nil), ("3", 100)], ceiling: 100, unit: " %")
        #expect(line.points.map(\.y) == [96, 16] && line.pieces.count == 1)
    }
}
