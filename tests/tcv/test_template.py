from typing import Any

import pytest
from flask import Flask, render_template_string
from justhtml import Element, JustHTML

from showcase.i18n import speaking
from showcase.tcv import TcvRecord, widget

from .builders import record

PAGE = """{% from "tcv/_widget.html" import tcv_widget %}{{ tcv_widget(view, "cattle", url) }}"""


def printed(site: Flask, tcv: TcvRecord, language: str = "en", url: str | None = None) -> str:
    with site.test_request_context(), speaking(language):
        return render_template_string(PAGE, view=widget(tcv, language), url=url)


def parsed(page: str) -> JustHTML:
    """Any error of the markup fails the test."""
    return JustHTML(page, sanitize=False, fragment=True, strict=True)


def attributes(page: JustHTML, selector: str, name: str) -> list[str | None]:
    return [(node.attrs or {}).get(name) for node in page.query(selector)]


def texts(page: str, selector: str) -> list[str]:
    return [" ".join(node.to_text().split()) for node in parsed(page).query(selector)]


@pytest.fixture
def refused() -> TcvRecord:
    return record(
        before={"time": "28 working days", "cost": "300 BDT"},
        after={"time": "2 days", "cost": "450 BDT"},
        basis="elapsed",
        note="<b>Why</b>",
    )


def test_table_holds_every_number_and_reason_as_text(site: Flask, refused: TcvRecord) -> None:
    page = printed(site, refused)

    assert texts(page, "thead th") == ["Measure", "Before", "After", "Change"]
    assert texts(page, "tbody tr") == [
        "Time 28 working days 2 days not comparable",
        "Working days do not compare with hours or calendar days.",
        "Cost ৳300 ৳450 50% more",
        "",
        "Visits not measured",
    ]


def test_headings_belong_to_their_rows_and_columns(site: Flask, refused: TcvRecord) -> None:
    page = parsed(printed(site, refused))

    assert attributes(page, "thead th", "scope") == ["col"] * 4
    assert attributes(page, "tbody th", "scope") == ["row"] * 3
    assert len(page.query("caption")) == 1


def test_threads_are_hidden_from_readers_and_drawn_by_attributes(
    site: Flask, refused: TcvRecord
) -> None:
    page = parsed(printed(site, refused))

    assert attributes(page, "svg", "aria-hidden") == ["true", "true"]
    assert attributes(page, ".tcv__threads line", "x2") == ["67%", "100%"]


def test_nothing_needs_a_style_or_a_script(site: Flask, refused: TcvRecord) -> None:
    page = parsed(printed(site, refused))
    names = {name for node in page.query("*") if isinstance(node, Element) for name in node.attrs}

    assert {name for name in names if name == "style" or name.startswith("on")} == set()
    assert page.query("script") == []


def test_words_of_the_source_are_escaped(site: Flask, refused: TcvRecord) -> None:
    assert texts(printed(site, refused), ".tcv__note") == ["<b>Why</b>"]


def test_evidence_is_in_the_caption(site: Flask, refused: TcvRecord) -> None:
    assert texts(printed(site, refused), "figcaption") == [
        "Treating sick cattle Evidence 1 of 5: claimed "
        "Stated by the source; how it was measured is not shown."
    ]


def test_formula_and_method_page_stand_below(site: Flask, refused: TcvRecord) -> None:
    page = printed(site, refused, url="/en/pages/how-tcv-is-measured")

    assert texts(page, ".tcv__method") == [
        "Change = (before − after) ÷ before. How TCV is measured"
    ]
    assert attributes(parsed(page), "a", "href") == ["/en/pages/how-tcv-is-measured"]


def test_formula_is_left_out_where_nothing_is_derived(site: Flask) -> None:
    page = printed(site, record(change={"time": "-77%"}))

    assert texts(page, ".tcv__method") == []


def test_words_of_the_other_language_are_marked(site: Flask) -> None:
    fields: dict[str, Any] = {"service": {"bn": "গরুর চিকিৎসা"}, "before": {"visits": "2"}}

    page = printed(site, record(**fields))

    assert attributes(parsed(page), "[lang]", "lang") == ["bn"]
    assert texts(page, "[lang]") == ["গরুর চিকিৎসা"]


def test_corrections_are_listed(site: Flask) -> None:
    corrected = [{"date": "2026-05-01", "field": "before.visits", "was": "3", "why": "A slip"}]

    page = printed(site, record(before={"visits": "2"}, corrections=corrected))

    assert texts(page, ".tcv__corrections li") == [
        "1 May 2026, corrected: Visits (before), formerly 3 visits: A slip"
    ]
