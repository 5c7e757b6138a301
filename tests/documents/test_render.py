"""Markdown as clean HTML, and what hostile Markdown must not become."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from showcase.documents.clean import clean
from showcase.documents.render import Heading, plain, render, split_on_widgets

TAGS = (
    "a aside blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img li ol "
    "p pre strong sup table tbody td th thead tr ul x-widget"
)
ATTRIBUTES = "alt argument class href id kind rel scope src start tabindex title"


def elements(html: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Every element as a browser would see it, templates and all."""
    todo = [JustHTML(html, sanitize=False, fragment=True).root]
    while todo:
        node = todo.pop()
        todo += list(getattr(node, "children", None) or [])
        if content := getattr(node, "template_content", None):
            todo.append(content)
        if not node.name.startswith(("#", "!")):
            yield node.name, dict(node.attrs or {})


def dangers(html: str) -> list[str]:
    """What a page may not hold, found by structure rather than by words."""
    found = []
    for tag, attributes in elements(html):
        if tag not in TAGS.split():
            found.append(f"<{tag}>")
        found += [f"{tag} {name}" for name in attributes if name not in ATTRIBUTES.split()]
        found += [f"{tag} → {url}" for url in _leads_astray(tag, attributes)]
    return found


def _leads_astray(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    href, src = attributes.get("href"), attributes.get("src")
    if href is not None:
        # As a browser reads it: without tabs and line ends, a backslash being a slash.
        seen = "".join(c for c in href.strip() if c not in "\t\r\n").replace("\\", "/")
        scheme = urlsplit(seen).scheme
        if seen.startswith("//") or scheme not in ("", "http", "https", "mailto", "tel"):
            yield href
    if src is not None and ("/" in src or ":" in src or "\\" in src or tag != "img"):
        yield src


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/x.png><img src=http://169.254.169.254/>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data='data:text/html,<script>alert(1)</script>'>",
    "<embed src=//evil.example/x.swf>",
    "<form action=//evil.example><input name=q><button>Go</button></form>",
    "<style>body{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<details open ontoggle=alert(1)>",
    "<div hx-get=/bn/ hx-trigger=load>a</div>",
    "<div data-hx-post='/desk/' data-hx-trigger=load>a</div>",
    "<p style='position:fixed;inset:0'>a</p>",
    "<p class='tcv widget' id=main>a</p>",
    "<x-widget kind=tcv argument=all onclick=alert(1)></x-widget>",
    "<a href='javascript:alert(1)'>a</a>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](<java\nscript:alert(1)>)",
    "[a](\x01javascript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example)",
    "[a](///evil.example)",
    "[a](/\\evil.example)",
    "[a](\\\\evil.example)",
    "[a](/\t/evil.example)",
    "[a](http:///evil.example\\@b)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a][b]\n\n[b]: //evil.example '\" onclick=\"alert(1)'",
    '[a](/bn/ "t\\" onmouseover=alert(1)")',
    "<javascript:alert(1)>",
    '<http://a.example/"onclick=alert(1)>',
    "![a](http://169.254.169.254/latest/meta-data)",
    "![a](//evil.example/x.png)",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![a](x.png "t\\" onerror=alert(1)")',
    '![a" onerror=alert(1)](x.png)',
    "![a][b]\n\n[b]: https://evil.example/x.png",
    "![a](../../other/x.png)",
    "![a](/static/x.png)",
    "# a {onclick=alert(1) hx-get=/}",
    "a\n{: onclick=alert(1) }",
    "[a](/bn/){onclick=alert(1)}",
    "``` {.a onclick=alert(1) #main}\nx\n```",
    "```html onclick=alert(1)\n<script>\n```",
    "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
    "[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
    "*[HTML]: <script>alert(1)</script>\n\nHTML",
    "a\n:   <script>alert(1)</script>",
    "## <img src=x onerror=alert(1)>\n\n[TOC]",
    ":::quote {who: '<script>alert(1)</script>'}\n<script>alert(1)</script>\n:::",
    ":::quote {who: A}\n</blockquote></figure><script>alert(1)</script>\n:::",
    ":::steps\n- what: <img src=x onerror=alert(1)>\n  pain: '\"><script>'\n:::",
    ':::figure a"><script>alert(1)</script>',
    ":::note\n</aside><script>alert(1)</script>\n:::",
    "<div markdown=1 onclick=alert(1)>\n*a*\n</div>",
    "\x02wzxhzdk:0\x03 :::tcv",
    ":::tcv\n\n\x02wzxhzdk:0\x03",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_markdown_becomes_harmless(body: str) -> None:
    assert dangers(render(body).html) == []


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_html_is_cleaned_even_if_the_renderer_let_it_through(body: str) -> None:
    assert dangers(clean(body)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>a</script>",
        "<p onclick=a>",
        "<p hx-get=a>",
        "<a href=//a>a</a>",
        "<a href='java\nscript:a'>a</a>",
        "<img src=http://a>",
        "<template><p style=a></template>",
    ],
)
def test_the_check_for_dangers_finds_them(html: str) -> None:
    assert dangers(html) != []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5), min_size=1, max_size=4))
def test_hostile_pieces_together_stay_harmless(pieces: list[str]) -> None:
    assert dangers(render("".join(pieces)).html) == []


def test_attributes_stand_only_where_we_put_them() -> None:
    html = '<p title="a" lang="bn" id="part-a" class="note">b</p><h2 id="main">c</h2>'

    assert clean(html) == "<p>b</p><h2>c</h2>"


def test_cleaning_twice_changes_nothing() -> None:
    html = render("\n\n".join(HOSTILE)).html

    assert clean(html) == html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("*a* **b** `c<d`", "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code></p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"),
        ("[a](/bn/)", '<p><a href="/bn/">a</a></p>'),
        ("[a](pond#map)", '<p><a href="pond#map">a</a></p>'),
        ("[a](tel:+8801711000000)", '<p><a href="tel:+8801711000000">a</a></p>'),
        ("[a](https://b.org)", '<p><a href="https://b.org" rel="noopener">a</a></p>'),
        ("<https://b.org>", '<p><a href="https://b.org" rel="noopener">https://b.org</a></p>'),
        ("[a](javascript:b)", "<p><a>a</a></p>"),
        ("![a pond](pond.jpg)", '<p><img alt="a pond" src="pond.jpg"></p>'),
        ("b ![a pond](https://c.org/d.jpg) e", "<p>b a pond e</p>"),
        ("![a pond](https://c.org/d.jpg)", "<p>a pond</p>"),
        ("১. এক\n২. দুই", "<ol>\n<li>এক</li>\n<li>দুই</li>\n</ol>"),
        ("৫. পাঁচ", '<ol start="5">\n<li>পাঁচ</li>\n</ol>'),
        ("# a", '<h2 id="part-a">a</h2>'),
        ("```python\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("[TOC]", "<p>[TOC]</p>"),
    ],
)
def test_markdown_becomes_html(body: str, html: str) -> None:
    assert render(body).html == html


def test_table_scrolls_by_itself_and_names_its_columns() -> None:
    assert render("| a | b |\n|:--|--:|\n| 1 | 2 |").html == (
        '<div class="table-scroll" tabindex="0">\n<table>\n<thead>\n<tr>\n'
        '<th class="align-left" scope="col">a</th>\n<th class="align-right" scope="col">b</th>\n'
        '</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-left">1</td>\n'
        '<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>\n</div>'
    )


def test_headings_keep_vowel_signs_in_their_ids_and_are_told() -> None:
    rendered = render("## ভূমি সেবা\n\n### A & B\n\n## ভূমি সেবা\n\n## ???")

    assert rendered.headings == (
        Heading(2, "part-ভূমি-সেবা", "ভূমি সেবা"),
        Heading(3, "part-a-b", "A & B"),
        Heading(2, "part-ভূমি-সেবা_1", "ভূমি সেবা"),
        Heading(2, "part-0", "???"),
    )
    ids = [attributes.get("id") for _tag, attributes in elements(rendered.html)]
    assert [name for name in ids if name][::-1] == [heading.id for heading in rendered.headings]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Back to footnote 1 in the text"), ("bn", "পাদটীকা 1 থেকে লেখায় ফিরুন")],
)
def test_footnote_leads_back_in_words_of_its_language(language: str, words: str) -> None:
    html = render("a[^1]\n\n[^1]: b", language).html

    titles = [attributes["title"] for _tag, attributes in elements(html) if "title" in attributes]
    assert titles == [words]


def test_words_are_those_a_reader_reads() -> None:
    assert render("## ভূমি সেবা\n\n[two *words*](/a/b/c) &amp; `code`\n\n:::tcv\n").words == 6


def test_plain_text_has_no_markup() -> None:
    assert plain(render("*a* &lt;b&gt;\n\n- `c`").html) == "a <b> c"


def test_a_page_without_widgets_is_one_piece() -> None:
    assert split_on_widgets("<p>a</p>") == ["<p>a</p>"]


def test_an_empty_body_is_empty() -> None:
    rendered = render("")

    assert (rendered.html, rendered.headings, rendered.words) == ("", (), 0)
    assert split_on_widgets(rendered.html) == []


def test_an_address_that_cannot_be_read_is_left_out() -> None:
    html = "<a href='http://[::1'>a</a><img src=''><ol start=x></ol>"

    assert clean(html) == "<a>a</a><img><ol></ol>"
