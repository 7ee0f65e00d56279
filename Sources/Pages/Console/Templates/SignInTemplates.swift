/// The sign-in: password, then the number for the code app.
enum SignInTemplates {
    static let password = """
        {{<layout}}{{$main}}
        <div class="narrow">
        {{#page.hasFailed}}<p class="flaw" id="failed" role="alert">{{words.failed}}</p>{{/page.hasFailed}}
        <p>{{words.intro}}</p>
        <form method="post" action="/console/sign-in" class="stack">
        <p><label for="user">{{words.userID}}</label>
        <input id="user" name="user_id" autocomplete="username" autocapitalize="none" spellcheck="false" \
        required maxlength="100"{{#page.hasFailed}} aria-describedby="failed"{{/page.hasFailed}}></p>
        <p><label for="password">{{words.password}}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required \
        maxlength="200"></p>
        <p><button>{{words.go}}</button></p>
        </form>
        </div>
        {{/main}}{{/layout}}
        """

    static let app = """
        {{<layout}}{{$main}}
        <div class="narrow">
        <p id="how">{{words.openApp}}</p>
        <p class="match" role="status" aria-label="{{words.code}}: {{page.code}}">{{page.code}}</p>
        {{^page.isStill}}<p class="quiet">{{words.waiting}} <a href="/console/sign-in/app?still=1">{{words.beStill}}</a></p>{{/page.isStill}}
        <form method="get" action="/console/sign-in/app" class="row">
        {{#page.isStill}}<input type="hidden" name="still" value="1">{{/page.isStill}}
        <button>{{words.look}}</button> <a href="/console/sign-in">{{words.startAgain}}</a></form>
        </div>
        {{/main}}{{/layout}}
        """

    static let problem = """
        {{<layout}}{{$main}}
        <div class="narrow">
        <p class="flaw">{{page.detail}}</p>
        <p class="quiet"><code>{{page.code}}</code></p>
        <p><a href="/console">{{words.back}}</a></p>
        </div>
        {{/main}}{{/layout}}
        """
}
