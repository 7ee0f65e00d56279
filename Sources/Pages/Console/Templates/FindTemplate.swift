/// The list of payments behind its filter.
enum FindTemplate {
    static let text = """
        {{<layout}}{{$main}}
        <form role="search" method="get" action="/console" class="search">
        <label for="q">{{words.filter}}</label>
        <div class="row"><input id="q" name="q" type="search" value="{{page.query}}" autocomplete="off" \
        autocapitalize="none" spellcheck="false" maxlength="1000" aria-describedby="hint{{#page.flaw}} flaw{{/page.flaw}}"\
        {{#page.flaw}} aria-invalid="true"{{/page.flaw}}><button>{{words.show}}</button></div>
        <p id="hint" class="quiet">{{words.hint}}</p>
        </form>
        {{#page.flaw}}
        <div class="flaw" id="flaw" role="alert"><p><strong>{{words.flaw}}.</strong> {{explanation}}</p>
        <pre>{{before}}<mark>{{term}}</mark>{{after}}</pre></div>
        {{/page.flaw}}
        <details class="help"><summary>{{words.help}}</summary>{{#page.help}}{{>table}}{{/page.help}}</details>
        <nav class="chips" aria-label="{{words.quick}}">
        {{#page.chips}}<div><h2>{{chipGroup}}</h2><ul>{{#choices}}<li><a href="{{href}}"{{#isChosen}} aria-current="true"{{/isChosen}}>{{name}}</a></li>
        {{/choices}}</ul></div>
        {{/page.chips}}
        </nav>
        <section class="views"><h2 id="views">{{words.views}}</h2>
        <ul>{{#page.views}}<li><a href="{{href}}">{{name}}</a>
        <form method="post" action="/console/views/delete"><input type="hidden" name="token" value="{{shell.token}}">
        <input type="hidden" name="name" value="{{name}}"><input type="hidden" name="q" value="{{page.query}}">
        <button class="plain" aria-label="{{words.deleteView}}: {{name}}">{{words.deleteView}}</button></form></li>
        {{/page.views}}</ul>
        {{^page.views}}<p class="quiet">{{words.noViews}}</p>{{/page.views}}
        {{#page.canSave}}<form method="post" action="/console/views" class="row">
        <input type="hidden" name="token" value="{{shell.token}}"><input type="hidden" name="q" value="{{page.query}}">
        <label for="view">{{words.viewName}}</label><input id="view" name="name" required maxlength="60">
        <button class="second">{{words.saveView}}</button></form>{{/page.canSave}}
        </section>
        {{#page.customer}}<p><a href="{{.}}">{{words.customer}}</a></p>{{/page.customer}}
        {{#page.table}}{{>table}}{{/page.table}}
        {{#page.searchedTo}}<p class="notice">{{words.searchedTo}} {{moment}}. <a href="{{href}}" rel="next">{{words.goOn}}</a></p>{{/page.searchedTo}}
        {{#page.pager}}<nav class="pager" aria-label="{{words.pages}}"><ul>
        {{#newer}}<li><a href="{{.}}" rel="prev">← {{words.newer}}</a></li>{{/newer}}
        {{#older}}<li><a href="{{.}}" rel="next">{{words.older}} →</a></li>{{/older}}
        </ul></nav>{{/page.pager}}
        {{#page.export}}<section class="noprint"><h2 id="export">{{words.exportTitle}}</h2>
        <p><a href="{{csv}}" download>{{words.exportCSV}}</a> · <a href="{{lines}}" download>{{words.exportJSON}}</a></p>
        <p class="quiet">{{words.exportHint}}</p></section>{{/page.export}}
        {{/main}}{{/layout}}
        """
}
