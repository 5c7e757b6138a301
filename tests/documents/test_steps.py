"""``:::steps before`` and ``:::steps after``: how they are read, kept in a page and refused."""

import pytest

from showcase.documents.block_values import rows_as_text, rows_from_text
from showcase.documents.blocks import Steps, check, placed_steps
from showcase.documents.clean import clean
from showcase.documents.render import plain, render, split_on_widgets
from tests.documents.folder import Folder, refused

ROWS = ({"what": "Go & <b>ask</b> “why”", "time": "২ দিন", "pain": "30\xa0km"}, {"what": "Wait"})
BODY = (
    ":::steps {side}\n- what: Go & <b>ask</b> “why”\n  time: ২ দিন\n  pain: 30\xa0km\n"
    "- what: Wait\n:::\n"
)


def told(body: str) -> list[str]:
    return [str(problem).removeprefix("a.md:") for problem in check("a.md", body, 10)]


@pytest.mark.parametrize(
    ("side", "steps"),
    [
        ("before", Steps("before", 1, ROWS)),
        ("after", Steps("after", 1, ROWS)),
        ("before 2", Steps("before", 2, ROWS)),
        ("after  ১২", Steps("after", 12, ROWS)),
    ],
)
def test_steps_of_a_side_stand_between_what_surrounds_them(side: str, steps: Steps) -> None:
    body = f"Before.\n\n{BODY.format(side=side)}\nAfter."

    assert check("a.md", body, 1) == []
    assert split_on_widgets(render(body).html) == ["<p>Before.</p>\n", steps, "\n<p>After.</p>"]


def test_steps_are_told_with_their_line_and_the_place_of_each_value() -> None:
    body = f"Text.\n\n{BODY.format(side='before')}\n:::steps\n- what: Alone\n:::\n"

    ((line, steps, places),) = placed_steps(body, 10)

    assert (line, steps) == (12, Steps("before", 1, ROWS))
    assert places[0, "time"] == (14, 9)


def test_words_of_steps_are_words_of_the_page() -> None:
    html = render(f"Some text.\n\n{BODY.format(side='after')}").html

    assert plain(html) == "Some text. Go & <b>ask</b> “why” ২ দিন 30 km Wait"


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (
            ":::steps befor\n- what: A\n:::",
            [
                "10:10: “befor” is neither before nor after; "
                "write “:::steps before”, “:::steps after 2”, or “:::steps” alone"
            ],
        ),
        (
            ":::steps before 0\n- what: A\n:::",
            [
                "10:10: “before 0” is neither before nor after; "
                "write “:::steps before”, “:::steps after 2”, or “:::steps” alone"
            ],
        ),
        (
            ":::steps after\n- what: A\n:::\n\n:::steps after 1\n- what: B\n:::",
            ["14:1: the steps after of record 1 are told in line 10 already; keep one of the two"],
        ),
        (
            ":::steps after\n- wat: A\n:::",
            [
                "11:3: the key “what” is missing in this step; write “what: …”",
                "11:3: there is no option “wat” here; did you mean “what”?",
            ],
        ),
    ],
)
def test_wrong_side_is_told_with_its_place(body: str, problems: list[str]) -> None:
    assert told(body) == problems


def test_sides_of_several_records_stand_beside_each_other() -> None:
    body = "".join(BODY.format(side=side) for side in ("before", "after", "before 2", "after 2"))

    assert told(body) == []


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '[{"time":"1 day"}]', '[{"what":1}]', '[{"what":"A","script":"x"}]']
)
def test_only_steps_are_read_from_a_page(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        rows_from_text(text)
    assert clean(f"<x-widget rows='{text}'></x-widget>") == "<x-widget></x-widget>"


def test_steps_are_read_from_a_page_as_they_were_written() -> None:
    assert rows_from_text(rows_as_text(ROWS)) == ROWS


@pytest.mark.usefixtures("context")
def test_page_without_records_has_no_sides(folder: Folder) -> None:
    folder.page(body=":::steps\n- what: Look round\n:::\n\n:::steps before 2\n- what: Ask\n:::\n")

    assert refused(folder) == [
        "pages/about/index.md:12:1: “:::steps before 2” belongs to a TCV record, "
        "and here are none; write “:::steps” alone for steps without a record"
    ]
