/// What stands around every page.
enum LayoutTemplate {
    static let text = """
        <!doctype html>
        <html lang="{{shell.language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        {{#shell.refreshSeconds}}<meta http-equiv="refresh" content="{{.}}">{{/shell.refreshSeconds}}
        <title>{{shell.title}} – Godkend</title>
        <link rel="icon" href="/assets/console.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/console.css">
        </head>
        <body>
        <a class="skip" href="#content">{{shell.words.skip}}</a>
        <header class="bar">
        <p class="mark"><a href="/console"><strong>Godkend</strong> {{shell.words.console}}</a>\
        {{#shell.isTest}} <span class="badge">{{shell.words.testMode}}</span>{{/shell.isTest}}</p>
        {{#shell.operator}}
        <nav class="menu" aria-label="{{shell.words.navigation}}"><ul>
        {{#shell.menu}}<li><a href="{{href}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{name}}</a></li>
        {{/shell.menu}}</ul></nav>
        <form class="who" method="post" action="/console/sign-out">
        <span><strong>{{operatorName}}</strong> {{operatorRole}}</span>
        <input type="hidden" name="token" value="{{shell.token}}">
        <button class="plain">{{shell.words.signOut}}</button></form>
        {{/shell.operator}}
        </header>
        <main id="content" tabindex="-1">
        <h1>{{shell.heading}}</h1>
        {{#shell.notice}}<p class="notice" role="status">{{.}}</p>{{/shell.notice}}
        {{$main}}{{/main}}
        </main>
        <footer>
        <p>{{shell.words.times}} <span class="printed">{{shell.now}}</span></p>
        <p><a href="{{shell.otherLanguage.href}}" lang="{{shell.otherLanguage.tag}}" \
        hreflang="{{shell.otherLanguage.tag}}">{{shell.otherLanguage.name}}</a></p>
        </footer>
        </body>
        </html>
        """
}
