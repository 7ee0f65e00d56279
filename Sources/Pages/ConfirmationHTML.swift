import Vocabulary

/// The page as HTML. Everything in it is ours: fixed texts, and an id whose alphabet needs no escaping. What
/// belongs to one payment is filled in by the script, as text.
enum ConfirmationHTML {
    static func page(_ id: ConfirmationID, _ words: Words) -> String {
        let outcomes = words.outcomes.map { status, text in
            "<p class=\"outcome\" data-status=\"\(escaped(status))\" hidden>\(escaped(text))</p>"
        }
        return """
            <!doctype html>
            <html lang="\(words.language)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex"><title>\(escaped(words.title))</title>
            <link rel="stylesheet" href="\(ConfirmationPages.stylePath)">
            <script src="\(ConfirmationPages.scriptPath)" defer></script></head>
            <body data-confirmation="\(id.text)">
            <main>
            <h1>\(escaped(words.title))</h1>
            <noscript><p class="notice">\(escaped(words.withoutScript))</p></noscript>
            <div role="status" aria-live="polite">
            \(outcomes.joined(separator: "\n"))
            <p class="notice" id="no-token" hidden>\(escaped(words.noToken))</p>
            <p class="notice" id="unknown" hidden>\(escaped(words.unknown))</p>
            <p class="notice" id="troubled" hidden>\(escaped(words.troubled))</p>
            </div>
            <section id="pending" hidden>
            <p>\(escaped(words.openApp))</p>
            <h2 id="code-name">\(escaped(words.matchCode))</h2>
            <p id="code" aria-labelledby="code-name code"></p>
            </section>
            <section id="payment" hidden>
            <p id="payee"></p>
            <dl>
            <dt>\(escaped(words.amount))</dt><dd id="amount"></dd>
            <dt class="left">\(escaped(words.timeLeft))</dt><dd class="left"><span id="left" role="timer"></span></dd>
            </dl>
            </section>
            <div id="ways" hidden>
            <button type="button" id="cancel">\(escaped(words.cancel))</button>
            <details><summary>\(escaped(words.otherWays))</summary>
            <p>\(escaped(words.otherWaysTruth))</p>
            <button type="button" id="offer">\(escaped(words.offerKeyCard))</button></details>
            </div>
            <p><a id="back" hidden rel="noreferrer">\(escaped(words.backToShop))</a></p>
            </main>
            <footer><a id="language" lang="\(words.otherLanguage.tag)" hreflang="\(words.otherLanguage.tag)"
            href="?lang=\(words.otherLanguage.tag)">\(escaped(words.otherLanguage.name))</a></footer>
            </body></html>
            """
    }

    /// Text made safe for content and quoted attributes (WHATWG HTML section 13.3).
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
