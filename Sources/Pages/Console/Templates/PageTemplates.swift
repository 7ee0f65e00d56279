/// The remaining pages: most are made of the parts.
enum PageTemplates {
    /// One authorization: the answer first, then the story behind it.
    static let story = """
        {{<layout}}{{$main}}
        <p><a href="{{page.back}}">← {{words.back}}</a></p>
        {{#page.erased}}<p class="notice">{{.}}</p>{{/page.erased}}
        <section class="answer {{page.tone}}"><h2 id="answer">{{page.answer}}</h2>
        {{#page.because}}<p>{{.}}</p>{{/page.because}}
        {{#page.advice}}<p class="quiet">{{.}}</p>{{/page.advice}}
        {{#page.summary}}{{>facts}}{{/page.summary}}</section>
        {{#page.sections}}{{>section}}{{/page.sections}}
        {{/main}}{{/layout}}
        """

    /// Sections one after the other.
    static let sections = """
        {{<layout}}{{$main}}
        {{#page.intro}}<p>{{.}}</p>{{/page.intro}}
        {{#page.alarm}}<p class="flaw" role="alert">{{.}}</p>{{/page.alarm}}
        {{#page.sections}}{{>section}}{{/page.sections}}
        {{/main}}{{/layout}}
        """

    static let charts = """
        {{<layout}}{{$main}}
        <form method="get" action="/console/charts" class="row wrap">
        <p><label for="from">{{words.from}}</label><input id="from" name="from" type="date" required value="{{page.from}}"></p>
        <p><label for="to">{{words.to}}</label><input id="to" name="to" type="date" required value="{{page.to}}"></p>
        <p><label for="merchant">{{words.merchant}}</label><select id="merchant" name="merchant">
        {{#page.merchants}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/page.merchants}}</select></p>
        <p><button>{{words.show}}</button></p>
        </form>
        {{#page.flaw}}<p class="flaw" role="alert">{{.}}</p>{{/page.flaw}}
        <div class="charts">
        {{#page.charts}}<section><h2 id="{{chartID}}">{{title}}</h2>
        <p class="quiet">{{summary}}</p>
        {{#course}}{{>course}}{{/course}}{{#stack}}{{>bars}}{{/stack}}
        <details><summary>{{words.asTable}}</summary>{{#figures}}{{>table}}{{/figures}}</details></section>
        {{/page.charts}}
        </div>
        {{/main}}{{/layout}}
        """

    static let changes = """
        {{<layout}}{{$main}}
        <p>{{words.intro}}</p>
        <section><h2 id="waiting">{{words.waiting}}</h2>
        {{#page.waiting}}<article class="change" aria-labelledby="{{changeID}}"><h3 id="{{changeID}}">{{kind}}</h3>
        {{>facts}}
        <pre tabindex="0" role="region" aria-label="{{words.exact}} {{changeID}}">{{change}}</pre>
        <p class="digest"><span>{{words.digest}}</span> <code>{{digest}}</code></p>
        {{#mayDecide}}<form method="post" action="/console/changes/{{changeID}}" class="row">
        <input type="hidden" name="token" value="{{shell.token}}"><input type="hidden" name="digest" value="{{digest}}">
        <button name="decision" value="approve">{{words.approve}}</button>
        <button name="decision" value="reject" class="second">{{words.reject}}</button></form>{{/mayDecide}}
        {{#isOwn}}<p class="quiet">{{words.own}}</p>{{/isOwn}}
        </article>{{/page.waiting}}
        {{^page.waiting}}<p class="quiet">{{words.nothing}}</p>{{/page.waiting}}
        </section>
        {{/main}}{{/layout}}
        """

    static let customer = """
        {{<layout}}{{$main}}
        {{#page.erased}}<p class="notice">{{.}}</p>{{/page.erased}}
        {{#page.sections}}{{>section}}{{/page.sections}}
        {{#page.requests}}<section><h2 id="requests">{{words.requests}}</h2>
        <p>{{words.twoPeople}}</p>
        <div class="row wrap">{{#offers}}<form method="post" action="/console/changes" class="row">
        <input type="hidden" name="token" value="{{shell.token}}"><input type="hidden" name="kind" value="{{kind}}">
        <input type="hidden" name="subject" value="{{subject}}"><button class="second">{{name}}</button></form>{{/offers}}</div>
        </section>{{/page.requests}}
        {{/main}}{{/layout}}
        """

    static let operators = """
        {{<layout}}{{$main}}
        <p>{{words.intro}}</p>
        {{#page.table}}{{>table}}{{/page.table}}
        <section><h2>{{words.end}}</h2><p>{{words.endHint}}</p>
        <div class="row wrap">{{#page.others}}<form method="post" action="/console/changes">
        <input type="hidden" name="token" value="{{shell.token}}"><input type="hidden" name="kind" value="operator.end">
        <input type="hidden" name="subject" value="{{subject}}"><button class="second">{{words.end}}: {{name}}</button></form>
        {{/page.others}}</div></section>
        {{/main}}{{/layout}}
        """
}
