"""The ``:::`` blocks: what they become, and what is told about a wrong one."""

import pytest

from showcase.documents.blocks import WidgetRef, check, widgets
from showcase.documents.render import render, split_on_widgets


def told(body: str) -> list[str]:
    return [str(problem).removeprefix("a.md:") for problem in check("a.md", body, 10)]


@pytest.mark.parametrize(
    ("line", "widget"),
    [
        (":::tcv", WidgetRef("tcv", "all")),
        (":::tcv 2", WidgetRef("tcv", "2")),
        (":::tcv ২", WidgetRef("tcv", "2")),
        ("::: tcv 2  ", WidgetRef("tcv", "2")),
        (":::tcv\n:::", WidgetRef("tcv", "all")),
        (":::figure pilots-begun", WidgetRef("figure", "pilots-begun")),
    ],
)
def test_widget_stands_between_what_surrounds_it(line: str, widget: WidgetRef) -> None:
    body = f"Before.\n{line}\nAfter."

    assert check("a.md", body, 1) == []
    assert split_on_widgets(render(body).html) == [
        "<p>Before.</p>\n",
        widget,
        "\n<p>After.</p>",
    ]


def test_widgets_are_told_with_their_lines() -> None:
    body = ":::tcv\n\n```\n:::tcv 3\n```\n\n:::figure pilots\n"

    assert list(widgets(body, 10)) == [
        (10, WidgetRef("tcv", "all")),
        (16, WidgetRef("figure", "pilots")),
    ]


def test_quote_holds_markdown_and_says_who() -> None:
    body = (
        ":::quote {who: Abdur <Rahim>, where: Kurigram}\nTwo *trips*.\n\n- and waiting\n:::\nAfter."
    )

    assert check("a.md", body, 1) == []
    assert render(body).html == (
        '<figure class="quote"><blockquote>\n'
        "<p>Two <em>trips</em>.</p>\n<ul>\n<li>and waiting</li>\n</ul>\n"
        "</blockquote><figcaption>Abdur &lt;Rahim&gt;, Kurigram</figcaption></figure>\n"
        "<p>After.</p>"
    )


def test_quote_of_nobody_has_no_caption() -> None:
    assert render(":::quote\nText.\n:::").html == (
        '<figure class="quote"><blockquote>\n<p>Text.</p>\n</blockquote></figure>'
    )


def test_note_shares_links_and_footnotes_with_its_document() -> None:
    html = render(":::note\n[a][b] and[^1]\n:::\n\n[b]: /bn/\n[^1]: Foot.", "en").html

    assert html.partition('\n<div class="footnote">')[0] == (
        '<aside class="note">\n<p><a href="/bn/">a</a> and'
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>\n</aside>'
    )


@pytest.mark.parametrize(
    ("language", "time", "pain"), [("en", "Time", "Pain"), ("bn", "সময়", "ভোগান্তি")]
)
def test_steps_say_what_each_costs_in_their_language(language: str, time: str, pain: str) -> None:
    body = ":::steps\n- what: Go & <b>ask</b>\n  time: 2 days\n  pain: 30 km\n- what: Wait\n:::"

    assert check("a.md", body, 1) == []
    assert render(body, language).html == (
        '<ol class="steps"><li><p>Go &amp; &lt;b&gt;ask&lt;/b&gt;</p><dl class="step-facts">'
        f"<div><dt>{time}</dt><dd>2 days</dd></div><div><dt>{pain}</dt><dd>30 km</dd></div>"
        "</dl></li>"
        "<li><p>Wait</p></li></ol>"
    )


@pytest.mark.parametrize("fence", ["```", "~~~~", "```yaml", '``` {.a hl_lines="1"}'])
def test_inside_a_fence_colons_are_text(fence: str) -> None:
    body = f"{fence}\n:::tvc\n{fence.strip('yaml').split(' ')[0]}\n"

    assert check("a.md", body, 1) == []
    assert render(body).html == "<pre><code>:::tvc\n</code></pre>"


def test_inside_an_indented_line_colons_are_text() -> None:
    assert check("a.md", "    :::tvc", 1) == []


def test_a_wrong_block_stays_text() -> None:
    assert render(":::tvc <b>\n").html == "<p>:::tvc &lt;b&gt;</p>"


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (":::tvc", ["10:1: unknown block “:::tvc”; did you mean “:::tcv”?"]),
        ("a\n  :::tvc 1", ["11:3: unknown block “:::tvc”; did you mean “:::tcv”?"]),
        (
            ":::warning\ntext\n:::",
            ["10:1: unknown block “:::warning”; write one of: tcv, figure, steps, quote, note"],
        ),
        (":::: note", ["10:1: “::::” opens no block; write three colons"]),
        (":::", ["10:1: “:::” closes nothing here; delete it, or name a block to open one"]),
        (
            ":::tcv\n\n:::",
            ["12:1: “:::” closes nothing here; delete it, or name a block to open one"],
        ),
        (":::note\ntext", ["10:1: “:::note” is not closed; write a line “:::” below its text"]),
        (
            ":::note\ntext\n:::quote\ntext\n:::",
            ["10:1: “:::note” is not closed; write a line “:::” below its text"],
        ),
        (
            "```\n:::note\n```\n:::note",
            ["13:1: “:::note” is not closed; write a line “:::” below its text"],
        ),
        (":::note\n\n:::", ["10:1: “:::note” is empty; write its text on the lines before “:::”"]),
        (
            ":::note {who: A}\ntext\n:::",
            ["10:9: “:::note” takes nothing after its name; delete “{who: A}”"],
        ),
        (
            ":::tcv first",
            ["10:8: “first” is no number of a record; write “:::tcv” or “:::tcv 1”"],
        ),
        (":::tcv 0", ["10:8: “0” is no number of a record; write “:::tcv” or “:::tcv 1”"]),
        (
            ":::figure",
            [
                "10:10: a figure needs its key; "
                "write it as figures.yaml does, such as “:::figure pilots”"
            ],
        ),
        (
            ":::figure ../x",
            [
                "10:11: “../x” is no key of a figure; "
                "write it as figures.yaml does, such as “:::figure pilots”"
            ],
        ),
        (
            ":::quote {who: A, were: B}\ntext\n:::",
            ["10:19: there is no option “were” here; did you mean “where”?"],
        ),
        (
            ":::quote Abdur Rahim\ntext\n:::",
            ["10:10: the options are keys with texts; write “:::quote {who: …, where: …}”"],
        ),
        (
            ":::quote {who: A\ntext\n:::",
            [
                "10:10: the bracket “{” is not closed, or a comma is missing; "
                "write {key: text, key: text}"
            ],
        ),
        (":::quote {who: [A]}\ntext\n:::", ["10:16: who: write one text here"]),
        (
            ":::quote {who: }\ntext\n:::",
            ["10:16: who: there is nothing here; write something or delete the line"],
        ),
        (
            ":::steps\n- what: A\n  tim: 1 day\n:::",
            ["12:3: there is no option “tim” here; did you mean “time”?"],
        ),
        (
            ":::steps\n- time: 1 day\n- wait\n:::",
            [
                "11:3: the key “what” is missing in this step; write “what: …”",
                "12:3: a step must be keys with texts; write “what: …”",
            ],
        ),
        (
            ":::steps\n- what: A\x07\n:::",
            ["11:10: an invisible character cannot be read here; delete it"],
        ),
        (
            ":::steps\nwhat: A\n:::",
            ["11:1: the steps must be a list; begin each step with “- what: …”"],
        ),
        (
            ":::steps\n- what: A\n\ttime: B\n:::",
            ["12:1: a tab stands at the beginning of the line; indent with spaces"],
        ),
    ],
)
def test_wrong_block_is_told_with_its_place(body: str, problems: list[str]) -> None:
    assert told(body) == problems


def test_every_wrong_block_is_told() -> None:
    assert [problem.partition(" ")[0] for problem in told(":::a\n:::\n:::tcv x\n:::note")] == [
        "10:1:",
        "12:8:",
        "13:1:",
    ]


def test_thousands_of_wrong_blocks_are_cut() -> None:
    assert len(told(":::wrong\n" * 5_000)) == 100
