/// The page's style: the reader's own colours, light or dark.
enum ConfirmationStyle {
    static let text = """
        :root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}
        body{margin:0;background:Canvas;color:CanvasText}
        main,footer{max-width:32rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem}h2{font-size:1rem;font-weight:normal;margin:1.5rem 0 0}
        #code{font-size:4rem;font-weight:bold;letter-spacing:.25em;margin:0;font-variant-numeric:tabular-nums}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
        #payee{font-weight:bold;margin:1.5rem 0 0}dl{margin-top:.25rem}dd{margin:0;font-variant-numeric:tabular-nums}
        .notice,.outcome{border-inline-start:.25rem solid currentColor;padding-inline-start:.75rem}
        button{font:inherit;padding:.5rem 1rem;min-height:2.75rem}
        details{margin-top:1.5rem}:focus-visible{outline:3px solid Highlight;outline-offset:2px}
        [hidden],[data-kind=prescription_lookup] .of-payment{display:none}
        body:not([data-kind=prescription_lookup]) .of-lookup{display:none}
        """
}
