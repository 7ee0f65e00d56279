/// Parts that several pages use.
enum PartTemplates {
    /// A table in a frame that scrolls by itself where the window is narrow, also with the keyboard.
    static let table = """
        {{^isFilled}}<p class="quiet">{{caption}}: {{emptyText}}</p>{{/isFilled}}
        {{#isFilled}}
        <div class="frame" role="region" aria-labelledby="{{tableID}}" tabindex="0">
        <table>
        <caption id="{{tableID}}">{{caption}}</caption>
        <thead><tr>{{#columns}}<th scope="col"{{#isNumber}} class="number"{{/isNumber}}>{{text}}</th>{{/columns}}</tr></thead>
        <tbody>
        {{#rows}}
        <tr>{{#cells}}{{>cell}}{{/cells}}</tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        {{/isFilled}}
        """

    static let cell = """
        {{#isHead}}<th scope="row"{{#classes}} class="{{.}}"{{/classes}}>{{>value}}</th>{{/isHead}}\
        {{^isHead}}<td{{#classes}} class="{{.}}"{{/classes}}>{{>value}}</td>{{/isHead}}
        """

    static let value = """
        {{#link}}<a href="{{.}}">{{text}}</a>{{/link}}{{^link}}{{#tone}}<span class="state {{.}}">{{text}}</span>\
        {{/tone}}{{^tone}}{{text}}{{/tone}}{{/link}}{{#word}} <code>{{.}}</code>{{/word}}
        """

    static let facts = """
        <dl>{{#facts}}<div><dt>{{name}}</dt><dd>{{>value}}</dd></div>
        {{/facts}}</dl>
        """

    /// Words exactly as they were shown or signed.
    static let quote = """
        <figure><figcaption id="{{quoteID}}">{{title}}</figcaption>\
        <pre tabindex="0" role="region" aria-labelledby="{{quoteID}}">{{body}}</pre></figure>
        """

    /// Sections of a story, each with what it has: text, facts, signed words, tables, and parts to open.
    static let section = """
        <section>
        <h2 id="{{sectionID}}">{{heading}}</h2>
        {{#paragraphs}}<p{{#mood}} class="{{.}}"{{/mood}}>{{body}}</p>
        {{/paragraphs}}
        {{#hasFacts}}{{>facts}}{{/hasFacts}}
        {{#quotes}}{{>quote}}{{/quotes}}
        {{#tables}}{{>table}}{{/tables}}
        {{#folds}}<details{{#isOpen}} open{{/isOpen}}><summary>{{title}}{{#state}} <span class="state {{tone}}">{{words}}</span>{{/state}}</summary>
        {{#body}}<p>{{.}}</p>{{/body}}
        {{#hasFacts}}{{>facts}}{{/hasFacts}}
        {{#quotes}}{{>quote}}{{/quotes}}
        {{#tables}}{{>table}}{{/tables}}
        </details>
        {{/folds}}
        </section>
        """

    /// Bars lying on one another, each under its label: for counts by word.
    static let bars = """
        <figure class="chart"><svg role="img" aria-labelledby="{{chartID}}-t {{chartID}}-d" width="100%" \
        height="{{height}}" focusable="false">
        <title id="{{chartID}}-t">{{title}}</title><desc id="{{chartID}}-d">{{summary}}</desc>
        {{#bars}}<text class="label" x="0" y="{{labelY}}">{{label}}</text>\
        <text class="count" x="100%" y="{{labelY}}">{{count}}</text>\
        <rect class="track" x="0" y="{{barY}}" width="100%" height="8" rx="1"/>\
        <rect class="bar" x="0" y="{{barY}}" width="{{width}}%" height="8" rx="1"/>
        {{/bars}}</svg></figure>
        """

    /// Values day by day: columns or a line over the same days.
    static let course = """
        <figure class="chart"><svg role="img" aria-labelledby="{{chartID}}-t {{chartID}}-d" width="100%" \
        height="{{height}}" focusable="false">
        <title id="{{chartID}}-t">{{title}}</title><desc id="{{chartID}}-d">{{summary}}</desc>
        {{#grid}}<line class="grid" x1="0" x2="100%" y1="{{gridY}}" y2="{{gridY}}"/>{{/grid}}
        {{#steps}}<rect class="bar" x="{{x}}%" y="{{y}}" width="{{width}}%" height="{{rise}}"/>{{/steps}}
        {{#pieces}}<line class="course" x1="{{x1}}%" y1="{{y1}}" x2="{{x2}}%" y2="{{y2}}"/>{{/pieces}}
        {{#points}}<circle class="point" cx="{{x}}%" cy="{{y}}" r="2.5"/>{{/points}}
        {{#grid}}<text class="tick" x="0" y="{{labelY}}">{{label}}</text>{{/grid}}
        {{#ticks}}<text class="tick" x="{{x}}%" y="{{y}}" text-anchor="{{anchor}}">{{label}}</text>{{/ticks}}
        </svg></figure>
        """
}
