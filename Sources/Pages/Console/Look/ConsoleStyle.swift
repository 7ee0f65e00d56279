/// The console's style sheet: two palettes by the reader's wish, one column that narrows, and paper.
enum ConsoleStyle {
    static let text = palettes + frame + parts + content + paper

    /// A check mark in a shield, for the tab.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b5a7a" d="M16 2 4 6v9c0 8 5 12 12 15 \
        7-3 12-7 12-15V6z"/><path fill="none" stroke="#fff" stroke-width="3.5" d="m10 15.500 4.500 4.500 8-9"/></svg>
        """

    /// Each pair of text and ground has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
    private static let palettes = """
        :root{color-scheme:light dark;--ground:#fff;--raised:#f5f6f7;--text:#1c2226;--quiet:#55606a;--line:#d5dade;
        --link:#0b5a7a;--accent:#0b5a7a;--on-accent:#fff;--good:#17603a;--good-ground:#e3f3e9;--bad:#a1232b;--bad-ground:#fbe9ea;
        --waiting:#7a4b00;--waiting-ground:#fdf1d8;--mark:#ffe08a;--track:#e6eaed;--focus:#b35900}
        @media(prefers-color-scheme:dark){:root{--ground:#14181b;--raised:#1d2327;--text:#e4e8eb;--quiet:#a3aeb7;--line:#39424a;
        --link:#7cc4e4;--accent:#7cc4e4;--on-accent:#0b1c24;--good:#83d3a5;--good-ground:#163325;--bad:#ff9ea3;--bad-ground:#421c20;
        --waiting:#f1c266;--waiting-ground:#3b2c0d;--mark:#7a5c00;--track:#2b3238;--focus:#ffb454}}

        """

    private static let frame = """
        *{box-sizing:border-box}
        html{font:100%/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        body{margin:0;background:var(--ground);color:var(--text);font-size:.9375rem;font-variant-numeric:tabular-nums;
        overflow-wrap:break-word}
        .skip{position:absolute;inset-inline-start:.5rem;top:-4rem;background:var(--accent);color:var(--on-accent);padding:.5rem 1rem}
        .skip:focus{top:.5rem;z-index:1}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.5rem;padding:.375rem max(1rem,calc(50vw - 41rem));
        background:var(--raised);border-bottom:1px solid var(--line)}
        .mark{margin:0}.mark a{color:inherit;text-decoration:none;padding-block:.375rem;display:inline-block}
        .badge{background:var(--waiting-ground);color:var(--waiting);border-radius:.25rem;padding:.0625rem .375rem;font-size:.8125rem}
        .menu{flex:1 1 auto}.menu ul,.chips ul,.pager ul,.views ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem}
        .menu a{display:block;padding:.375rem .625rem;border-radius:.25rem;text-decoration:none;color:inherit}
        .menu a:hover{text-decoration:underline}
        .menu [aria-current]{background:var(--ground);box-shadow:inset 0 -2px var(--accent);font-weight:600}
        .who{display:flex;align-items:center;gap:.75rem}.who strong{font-weight:600}.who span{color:var(--quiet)}
        main,footer{max-width:84rem;margin:0 auto;padding:0 1rem}
        main:focus{outline:none}
        h1{font-size:1.375rem;line-height:1.25;font-weight:650;margin:1.25rem 0 .75rem}
        h2{font-size:1.0625rem;font-weight:650;margin:1.75rem 0 .5rem}h3{font-size:.9375rem;margin:0 0 .5rem}
        p{margin:.5rem 0;max-width:46rem}
        footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 2rem;margin-top:3rem;padding-block:.5rem 1.5rem;
        border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
        .printed{display:none}

        """

    private static let parts = """
        a{color:var(--link);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--focus);outline-offset:2px}
        input,select,button{font:inherit;color:inherit;min-height:2.25rem;border:1px solid var(--quiet);border-radius:.25rem;
        background:var(--ground);padding:.25rem .625rem;max-width:100%}
        button{background:var(--accent);border-color:var(--accent);color:var(--on-accent);cursor:pointer;font-weight:600}
        button.second{background:var(--ground);color:var(--link);border-color:var(--link)}
        button.plain{background:none;border:0;color:var(--link);text-decoration:underline;text-underline-offset:.15em;font-weight:400;
        padding:.25rem .375rem;min-height:1.75rem}
        label{font-weight:600}.stack label{display:block}.stack input{width:100%}
        .row{display:flex;gap:.5rem;align-items:center}.wrap,.views .row{flex-wrap:wrap}.wrap{align-items:end}.wrap p{margin:0}
        .wrap label{display:block;font-size:.875rem}
        .search input{flex:1 1 auto;min-width:0;font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.9375rem}
        .search .row{margin-top:.25rem}.search p,.help{margin-block:.25rem}
        .narrow{max-width:26rem}
        .match{font-size:4rem;line-height:1.1;font-weight:700;letter-spacing:.12em;margin:.5rem 0 1rem}
        .quiet{color:var(--quiet)}
        .notice,.flaw{border-inline-start:.25rem solid var(--waiting);background:var(--waiting-ground);padding:.5rem .75rem;margin-block:.75rem}
        .flaw p{max-width:none}.flaw{border-color:var(--bad);background:var(--bad-ground)}.flaw pre{background:none;border:0;padding:0;margin:.25rem 0 0}
        mark{background:var(--mark);color:inherit;text-decoration:underline wavy var(--bad);text-underline-offset:.2em}
        .chips{margin:.75rem 0}.chips div,.views{display:flex;align-items:baseline;gap:.25rem .5rem;margin:.25rem 0}
        .chips h2,.views h2{flex:0 0 8.5rem;font-size:.8125rem;color:var(--quiet);font-weight:600;margin:0}
        .chips a{display:block;padding:.1875rem .5rem;border:1px solid var(--line);border-radius:1rem;text-decoration:none;font-size:.875rem}
        .chips [aria-current]{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
        .views{flex-wrap:wrap;margin-bottom:1.25rem}.views p,.views details{margin:0}.views li{display:flex;align-items:center;
        border:1px solid var(--line);border-radius:1rem;padding-inline:.5rem .125rem;font-size:.875rem}.views label{font-size:.875rem}
        .keep{white-space:nowrap}
        .pager ul{justify-content:space-between;margin:.75rem 0}

        """

    private static let content = """
        .frame{overflow-x:auto;margin:.5rem 0;max-width:100%}
        table{border-collapse:collapse;min-width:100%}
        caption{text-align:start;color:var(--quiet);font-size:.875rem;padding-bottom:.25rem}
        th,td{text-align:start;vertical-align:baseline;padding:.3125rem .75rem .3125rem 0;border-bottom:1px solid var(--line)}
        thead th{font-size:.8125rem;color:var(--quiet);font-weight:600;white-space:nowrap}tbody th{font-weight:inherit}
        tbody tr:hover{background:var(--raised)}
        .number{text-align:end;white-space:nowrap}td:last-child,th:last-child{padding-inline-end:0}
        code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.8125rem}
        code{color:var(--quiet);overflow-wrap:anywhere}th code{white-space:nowrap}
        pre{background:var(--raised);border:1px solid var(--line);border-radius:.25rem;padding:.625rem .75rem;margin:.25rem 0;
        white-space:pre-wrap;overflow-wrap:anywhere}
        .state{border-radius:.25rem;padding:.0625rem .375rem;font-size:.875rem;white-space:nowrap;background:var(--track)}
        .state.good{color:var(--good);background:var(--good-ground)}.state.bad{color:var(--bad);background:var(--bad-ground)}
        .state.waiting{color:var(--waiting);background:var(--waiting-ground)}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));gap:.5rem 1.5rem;margin:.75rem 0}
        dt{font-size:.8125rem;color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
        .answer{border:1px solid var(--line);border-inline-start:.375rem solid var(--quiet);border-radius:.25rem;padding:.5rem 1rem;margin:.75rem 0}
        .answer h2{margin:.25rem 0;font-size:1.1875rem}.answer.bad{border-inline-start-color:var(--bad)}
        .answer.good{border-inline-start-color:var(--good)}.answer.waiting{border-inline-start-color:var(--waiting)}
        details{margin:.375rem 0}summary{cursor:pointer;padding:.1875rem 0;color:var(--link)}
        details[open]{border-inline-start:2px solid var(--line);padding-inline-start:.75rem}
        figure{margin:.5rem 0}figcaption{font-size:.875rem;color:var(--quiet)}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2.5rem}.charts>section{min-width:0}
        .chart svg{display:block;overflow:visible}.chart text{fill:var(--text);font-size:.8125rem}
        .chart .tick{fill:var(--quiet);font-size:.75rem}.chart .count{text-anchor:end;font-weight:600}
        .chart .bar{fill:var(--accent)}.chart .track{fill:var(--track)}.chart .grid{stroke:var(--line)}
        .chart .course{stroke:var(--accent);stroke-width:2;stroke-linecap:round}.chart .point{fill:var(--accent)}
        .change{border:1px solid var(--line);border-radius:.25rem;padding:.75rem 1rem;margin:.75rem 0}
        .digest{max-width:none}.digest span{font-size:.8125rem;color:var(--quiet)}

        """

    private static let paper = """
        @media(max-width:40rem){.who{width:100%;justify-content:space-between}.search .row{flex-wrap:wrap}.search input{flex-basis:100%}
        .chips div,.views{display:block}.chips h2,.views h2{margin:.5rem 0 .25rem}.views form.row{margin-top:.25rem}}
        @media print{:root{color-scheme:light;--ground:#fff;--raised:#fff;--text:#000;--quiet:#333;--line:#999;--link:#000;--accent:#000;
        --good:#000;--bad:#000;--waiting:#000;--good-ground:#fff;--bad-ground:#fff;--waiting-ground:#fff;--track:#ddd}
        html{font-size:10pt}.menu,.who,.skip,.chips,.views,.pager,.help,.noprint,button,footer a{display:none}
        .printed{display:inline}main,footer{max-width:none;padding:0}.frame{overflow:visible}tr,figure,.change{break-inside:avoid}
        h2{break-after:avoid}thead{display:table-header-group}details::details-content{display:block;content-visibility:visible}
        a{color:inherit;text-decoration:none}}
        """
}
