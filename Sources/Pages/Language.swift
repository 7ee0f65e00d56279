/// A language of the pages.
enum Language: String, CaseIterable, Sendable {
    case danish = "da"
    case english = "en"

    /// BCP 47 tag.
    var tag: String { rawValue }

    var other: Language { self == .danish ? .english : .danish }

    /// What it calls itself.
    var name: String { pick("Dansk", "English") }

    func pick(_ danish: String, _ english: String) -> String { self == .danish ? danish : english }

    /// The first of our languages in `Accept-Language` (RFC 9110 section 12.5.4); quality values are not
    /// weighed. Danish without the field; English where it names none of ours.
    static func preferred(acceptLanguage: String?) -> Language {
        for part in (acceptLanguage ?? "").split(separator: ",") {
            switch part.drop(while: { $0 == " " }).prefix(2).lowercased() {
            case "da", "nb", "nn", "no", "sv": return .danish
            case "en": return .english
            default: continue
            }
        }
        return acceptLanguage == nil ? .danish : .english
    }
}
