import Notation
import Vocabulary

/// The page as HTML. Everything in it is ours: fixed texts, and an id whose alphabet needs no escaping. What
/// belongs to one payment is filled in by the script, as text.
enum ConfirmationHTML {
    static func page(_ id: ConfirmationID, _ words: Words) -> String {
        let outcomes =
            outcomes(words.outcomes, of: "of-payment") + outcomes(words.lookup.outcomes, of: "of-lookup")
        return """
            <!doctype html>
            <html lang="\(words.language)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex"><title>\(HTML.escaped(words.title))</title>
            <link rel="stylesheet" href="\(ConfirmationPages.stylePath)">
            <script src="\(ConfirmationPages.scriptPath)" defer></script></head>
            <body data-confirmation="\(id.text)">
            <main>
            <h1 class="of-payment">\(HTML.escaped(words.title))</h1>
            <h1 class="of-lookup">\(HTML.escaped(words.lookup.title))</h1>
            <noscript><p class="notice">\(HTML.escaped(words.withoutScript))</p></noscript>
            <div role="status" aria-live="polite">
            \(outcomes.joined(separator: "\n"))
            <p class="notice" id="no-token" hidden>\(HTML.escaped(words.noToken))</p>
            <p class="notice" id="unknown" hidden>\(HTML.escaped(words.unknown))</p>
            <p class="notice" id="troubled" hidden>\(HTML.escaped(words.troubled))</p>
            </div>
            <section id="pending" hidden>
            <p class="of-payment">\(HTML.escaped(words.openApp))</p>
            <p class="of-lookup">\(HTML.escaped(words.lookup.openApp))</p>
            <h2 id="code-name">\(HTML.escaped(words.matchCode))</h2>
            <p id="code" aria-labelledby="code-name code"></p>
            </section>
            <section id="payment" hidden>
            <p id="payee"></p>
            <dl>
            <dt class="of-payment">\(HTML.escaped(words.amount))</dt><dd class="of-payment" id="amount"></dd>
            <dt class="left">\(HTML.escaped(words.timeLeft))</dt><dd class="left"><span id="left" role="timer"></span></dd>
            </dl>
            </section>
            <div id="ways" hidden>
            <button type="button" id="cancel"><span class="of-payment">\(HTML.escaped(words.cancel))</span>
            <span class="of-lookup">\(HTML.escaped(words.lookup.cancel))</span></button>
            <p class="of-lookup">\(HTML.escaped(words.lookup.otherWays))</p>
            <details class="of-payment"><summary>\(HTML.escaped(words.otherWays))</summary>
            <p>\(HTML.escaped(words.otherWaysTruth))</p>
            <button type="button" id="offer">\(HTML.escaped(words.offerKeyCard))</button></details>
            </div>
            <p><a id="back" hidden rel="noreferrer">\(HTML.escaped(words.backToShop))</a></p>
            </main>
            <footer><a id="language" lang="\(words.otherLanguage.tag)" hreflang="\(words.otherLanguage.tag)"
            href="?lang=\(words.otherLanguage.tag)">\(HTML.escaped(words.otherLanguage.name))</a></footer>
            </body></html>
            """
    }

    private static func outcomes(_ outcomes: [(status: String, text: String)], of kind: String) -> [String] {
        outcomes.map { status, text in
            """
            <p class="outcome \(kind)" data-status="\(HTML.escaped(status))" hidden>\(HTML.escaped(text))</p>
            """
        }
    }
}
