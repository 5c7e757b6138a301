"""What is told about a body before it is rendered."""

import time

import pytest

from showcase.documents.body_checks import check_body


def told(body: str) -> list[str]:
    return [str(problem).removeprefix("a.md:") for problem in check_body("a.md", body, 10)]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "## Heading\n\nText with `<b>` and ``<i> ` </i>``.\n\n### More ###",
        "```\n# comment\n<script>\n![](http://a)\n```",
        "5 < 6, a > b, <https://a.org>, <a.b@c.org>, x <y z>",
        '![What it shows](pond.jpg) [a](https://b.org "title") [c](/bn/) [d](#part)',
        "[a][b] and[^1]\n\n[b]: https://c.org\n[^1]: See: that.",
        ":::steps\n# a comment\n- what: <b>\n:::",
        "> > quoted\n\n#\n\n- - -",
        "A\n---\nB",
        "[ছবি](১২.pdf) ![ছবি](ছবি.jpg)",
    ],
)
def test_an_honest_body_is_not_complained_about(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("a\n\n# Title", "12:1: “#” is the title of the page; start headings with “##”"),
        (
            ":::note\n# Title\n:::",
            "11:1: “#” is the title of the page; start headings with “##”",
        ),
        ("  #Title", "10:3: “#” is the title of the page; start headings with “##”"),
        (
            "Title\n===",
            "11:1: a line of “=” makes a title of the page; start the heading with “##” instead",
        ),
        (
            "a ![](pond.jpg)",
            "10:3: the picture has no text for those who cannot see it; write ![What it shows](…)",
        ),
        (
            "![ ][pond]",
            "10:1: the picture has no text for those who cannot see it; write ![What it shows](…)",
        ),
        (
            "![a](https://b.org/c.jpg)",
            "10:6: “https://b.org/c.jpg” is no picture of this document; "
            "put the file beside it and write its bare name",
        ),
        (
            "![a](../c.jpg)",
            "10:6: “../c.jpg” is no picture of this document; "
            "put the file beside it and write its bare name",
        ),
        (
            "a <b>c",
            "10:3: HTML such as “<b” is printed as it stands; "
            "write Markdown, or put code between “`”",
        ),
        (
            "`a <b> c",
            "10:4: HTML such as “<b” is printed as it stands; "
            "write Markdown, or put code between “`”",
        ),
        (
            "<!-- a note -->",
            "10:1: HTML such as “<!--” is printed as it stands; "
            "write Markdown, or put code between “`”",
        ),
        (
            "[a](javascript:b)",
            "10:5: “javascript:b” is no link that a page may carry; "
            "write https://… or a path such as /bn/",
        ),
        (
            "[a](//b.org)",
            "10:5: “//b.org” is no link that a page may carry; "
            "write https://… or a path such as /bn/",
        ),
        (
            "[a]: ftp://b.org",
            "10:6: “ftp://b.org” is no link that a page may carry; "
            "write https://… or a path such as /bn/",
        ),
        ("a\n```\nb", "11:1: the code that begins here has no end; write “```” below it"),
        ("> " * 11 + "a", "10:1: quotations stand more than 10 deep; write them flatter"),
        (
            "a\n\nb\n" + "[" * 401,
            "13:1: this paragraph has more than 400 “[”; split it by empty lines",
        ),
        (":::tvc", "10:1: unknown block “:::tvc”; did you mean “:::tcv”?"),
    ],
)
def test_a_fault_is_told_with_its_place(body: str, problem: str) -> None:
    assert told(body) == [problem]


def test_all_faults_are_told_in_order() -> None:
    assert [problem.partition(" ")[0] for problem in told("# a\n![](b.jpg)\n:::tvc\n<i>c")] == [
        "10:1:",
        "11:1:",
        "12:1:",
        "13:1:",
    ]


@pytest.mark.parametrize(
    "piece", ["[", "![", "](", "`", "``` ", "<", "<a ", ">", "#", ":::x\n", "\n", "![a](", "a `b` "]
)
def test_the_largest_body_is_checked_in_no_time(piece: str) -> None:
    text = piece * (256 * 1024 // len(piece))
    lines = [
        line[i : i + 20_000] for line in text.split("\n") for i in range(0, len(line) + 1, 20_000)
    ]
    began = time.process_time()

    check_body("a.md", "\n".join(lines), 1)

    # Half a second here for a quarter of a million lines; a square of anything takes minutes.
    assert time.process_time() - began < 5
