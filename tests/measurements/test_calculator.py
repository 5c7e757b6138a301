"""The calculator: nothing is stored, everything that is wrong is told at its field."""

from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from showcase import i18n
from showcase.documents.frontmatter import parse, split
from showcase.i18n import speaking
from showcase.measurements.calculator import calculate
from showcase.measurements.forms import CalculatorForm
from showcase.tcv import TcvRecord
from tests.measurements.stories import Site, texts

COMPLETE = {
    "service": "Treating cattle",
    "before_time": "4",
    "before_unit": "days",
    "before_basis": "elapsed",
    "after_time": "1",
    "after_unit": "days",
    "after_basis": "elapsed",
    "method": "before-and-after",
    "sample": "120",
    "source": "A study",
}


class Head(BaseModel):
    tcv: list[TcvRecord]


def address(language: str = "en", **typed: Any) -> str:
    return f"/{language}/tcv/calculator?{urlencode(typed, doseq=True)}"


def lines(page: Any) -> str:
    return str(page.query("#source-lines")[0].to_text(strip=False))


def errors(page: Any) -> dict[str, str]:
    """What is told at each field."""
    return {
        node.attrs["id"].removesuffix("-error"): " ".join(node.to_text().split())
        for node in page.query(".wrong")
    }


def read(yaml: str) -> TcvRecord:
    (record,) = parse(split("index.md", f"---\n{yaml}\n---\n".encode()), Head, {}).tcv
    return record


def test_empty_calculator_complains_of_nothing(site_of: Site) -> None:
    page = site_of.page("/en/tcv/calculator")

    assert errors(page) == {}
    assert page.query(".error-summary, .tcv, #source-lines") == []


def test_widget_looks_as_it_will_in_the_story(site_of: Site) -> None:
    page = site_of.page(address(**COMPLETE))

    assert texts(page, ".tcv__service") == ["Treating cattle"]
    assert texts(page, ".tcv__badge") == ["Evidence 4 of 5: measured before and after"]
    assert texts(page, ".tcv__measure--less tr:first-child") == ["Time 4 days 1 day 75% less"]


def test_lines_to_copy_are_the_record(site_of: Site) -> None:
    record = read(lines(site_of.page(address(**COMPLETE))))

    assert record == TcvRecord.model_validate(
        {
            "service": {"en": "Treating cattle"},
            "before": {"time": "4 days"},
            "after": {"time": "1 day"},
            "basis": "elapsed",
            "method": "before-and-after",
            "sample": "120",
            "source": {"en": "A study"},
        }
    )


def test_costs_are_counted_side_by_side(site_of: Site) -> None:
    typed: dict[str, Any] = {
        "before_cost": "2500",
        "after_cost": "50+",
        "before_parts": ["fee", "travel"],
    }

    page = site_of.page(address(service="A", source="B", note="C", **typed))

    assert texts(page, ".tcv__measure--refused .tcv__reason") == [
        "The two sides count different costs (before: fees, travel; after: not stated)."
    ]
    assert read(lines(page)).cost_parts.before == ("fee", "travel")


def test_bangla_digits_and_words_are_read(site_of: Site) -> None:
    typed = {"before_time": "২", "before_unit": "days", "after_time": "৪ ঘণ্টা", "sample": "১২০"}

    page = site_of.page(address("bn", service="গরুর চিকিৎসা", source="একটি সমীক্ষা", **typed))

    record = read(lines(page))
    assert (str(record.before.time), str(record.after.time)) == ("2 days", "4 hours")
    assert (record.sample, record.service.root) == (120, {"bn": "গরুর চিকিৎসা"})


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        (
            "before_time",
            "soon",
            "Write a number such as 2 or 1.5, or leave it empty if it was not measured.",
        ),
        (
            "after_cost",
            "-5",
            "Write an amount of taka such as 2500, or leave it empty if it was not measured.",
        ),
        (
            "before_visits",
            "two",
            "Write a number of visits such as 2, or leave it empty if it was not measured.",
        ),
        ("sample", "0", "Write how many cases were measured, a whole number like 120."),
        ("measured", "June", "Write a month or a year, like 2014-06 or 2014."),
        ("cost_year", "14", "Write a year, like 2014."),
        ("method", "guessed", "Choose from the list: Method."),
        ("before_basis", "felt", "Choose from the list: Time counted before."),
        ("before_parts", "bribe", "Choose from the list: Costs counted before."),
        ("service", "", "Write which service was measured."),
        ("source", "", "Write where the numbers come from."),
        ("service", "x" * 161, "This is 161 characters long; write at most 160."),
        ("sample", "1" * 31, "This is 31 characters long; write at most 30."),
    ],
)
def test_fault_is_told_at_its_field_and_nothing_is_given_to_copy(
    site_of: Site, name: str, typed: str, told: str
) -> None:
    page = site_of.page(address(**{**COMPLETE, name: typed}))

    assert errors(page) == {name: f"Error: {told}"}
    assert texts(page, ".error-summary li") == [told]
    assert page.query("#source-lines") == []
    assert texts(page, "title")[0].startswith("Error:")


def test_form_without_a_value_asks_for_one(site_of: Site) -> None:
    page = site_of.page(address(service="A", source="B"))

    assert texts(page, ".error-summary li") == ["Write at least one value under before or after."]


def test_rare_change_asks_for_a_note_and_shows_the_widget_all_the_same(site_of: Site) -> None:
    rare = {**COMPLETE, "before_time": "100"}

    page = site_of.page(address(**rare))

    assert errors(page) == {
        "note": "Error: A change of 99% is rare: write a note that says how so much was possible."
    }
    assert texts(page, ".tcv__measure--less tr:first-child") == ["Time 100 days 1 day 99% less"]
    assert page.query(".tcv__note") == []
    assert errors(site_of.page(address(**rare, note="It is done at once now."))) == {}


def test_what_was_typed_stays_in_the_form(site_of: Site) -> None:
    page = site_of.page(address(**{**COMPLETE, "before_time": "<b>soon</b>"}, before_parts="fee"))

    assert page.query("#before_time")[0].attrs["value"] == "<b>soon</b>"
    assert [box.attrs["value"] for box in page.query("input[checked]")] == ["fee"]
    assert texts(page, "#method option[selected]") == ["measured before and after"]


def test_htmx_is_not_told_of_what_is_still_to_be_typed(site_of: Site) -> None:
    response = site_of.get(address(before_time="x", service=""), **{"HX-Request": "true"})

    assert response.status_code == 200
    assert "Write which service was measured." not in response.text
    assert "Write a number such as 2 or 1.5" in response.text
    assert "error-summary" not in response.text


def test_htmx_gives_nothing_to_copy_before_all_is_typed(site_of: Site) -> None:
    response = site_of.get(address(before_time="4", service="A"), **{"HX-Request": "true"})

    assert "4 days" in response.text
    assert "source-lines" not in response.text


def test_what_is_typed_is_kept_by_nobody(site_of: Site) -> None:
    response = site_of.get(address(**COMPLETE))

    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert site_of.get("/en/tcv/calculator").headers["Cache-Control"] == "public, no-cache"


_anything = st.text(max_size=40) | st.sampled_from(("2", "১.৫", "2,500+", "4 ঘণ্টা", "০"))


@given(st.dictionaries(st.sampled_from([*COMPLETE, "note", "before_cost", "cost_year"]), _anything))
def test_whatever_is_typed_is_answered(typed: dict[str, str]) -> None:
    # It needs no database and no site, only both languages.
    app = Flask("showcase")
    i18n.init_app(app)
    with app.test_request_context("/en/"), speaking("en"):
        result = calculate(CalculatorForm(MultiDict(typed)))

    assert result.source == "" or read(result.source).source.root
