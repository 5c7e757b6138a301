from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.tcv import Bars, Row, WidgetView, widget
from showcase.tcv.widget import Badge
from showcase.words import Spoken

from .builders import record

visits = st.decimals(min_value=0, max_value=10_000, places=2)


def row_of(view: WidgetView, measure: str) -> Row:
    return next(row for row in view.rows if row.measure == measure)


def visits_row(before: str, after: str, language: str = "en") -> Row:
    tcv = record(before={"visits": before}, after={"visits": after}, note="Why")
    return row_of(widget(tcv, language), "visits")


def test_decrease_is_said_and_drawn() -> None:
    assert visits_row("4", "1") == Row(
        measure="visits",
        label="Visits",
        before="4 visits",
        after="1 visit",
        change="75% less",
        tone="less",
        reason=None,
        bars=Bars(100, 25),
        spoken="Visits: before, 4 visits; after, 1 visit; change: 75% less",
    )


def test_increase_is_drawn_as_large_as_a_decrease() -> None:
    row = visits_row("1", "4")

    assert (row.change, row.tone, row.bars) == ("300% more", "more", Bars(25, 100))


def test_same_is_said_without_a_percentage() -> None:
    row = visits_row("2", "2")

    assert (row.change, row.tone, row.bars) == ("no change", "same", Bars(100, 100))


def test_decrease_to_nothing_draws_no_thread_after() -> None:
    row = visits_row("2", "0")

    assert (row.after, row.change, row.bars) == ("0 visits", "100% less", Bars(100, 0))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("9999", "9995", "under 0.1% less"),
        ("9999", "1", "over 99.9% less"),
        ("1000", "965", "3.5% less"),
        ("1000", "1008", "0.8% more"),
    ],
)
def test_extreme_percentages_are_not_rounded_into_nothing_or_everything(
    before: str, after: str, said: str
) -> None:
    assert visits_row(before, after).change == said


def test_percent_only_says_so() -> None:
    row = row_of(widget(record(change={"time": "-77.5%"}), "en"), "time")

    assert row == Row(
        measure="time",
        label="Time",
        before="not given",
        after="not given",
        change="77.5% less",
        tone="less",
        reason="Percent only: the source does not give the values behind it.",
        bars=Bars(100, 23),
        spoken="Time: before, not given; after, not given; change: 77.5% less",
    )


def test_percent_only_beside_a_value_says_that_they_do_not_belong_together() -> None:
    tcv = record(before={"cost": "2,500+ BDT"}, change={"cost": "-97%"}, note="Why")

    row = row_of(widget(tcv, "en"), "cost")

    assert (row.before, row.change, row.reason) == (
        "৳2,500+",
        "97% less",
        "Percent only, as published: it is not worked out from the value here.",
    )


@pytest.mark.parametrize("side", ["before", "after"])
def test_missing_side_is_told_in_words(side: str) -> None:
    view = widget(record(**{side: {"visits": "2"}}), "en")
    row = row_of(view, "visits")
    missing = "after" if side == "before" else "before"

    assert (getattr(row, missing), row.change, row.tone, row.bars) == (
        "not measured",
        "unknown",
        "unknown",
        None,
    )
    assert row.reason == f"It was not measured {missing}, so the change is unknown."


def test_unmeasured_measure_is_told_in_words() -> None:
    row = row_of(widget(record(before={"time": "2 days"}), "en"), "visits")

    assert (row.before, row.after, row.change, row.reason, row.spoken) == (
        "not measured",
        "not measured",
        "not measured",
        None,
        "Visits: not measured",
    )


def test_refused_comparison_shows_both_values_and_the_reason() -> None:
    tcv = record(before={"time": "28 working days"}, after={"time": "2 days"}, basis="elapsed")

    row = row_of(widget(tcv, "en"), "time")

    assert row == Row(
        measure="time",
        label="Time",
        before="28 working days",
        after="2 days",
        change="not comparable",
        tone="refused",
        reason="Working days do not compare with hours or calendar days.",
        bars=None,
        spoken="Time: before, 28 working days; after, 2 days; change: not comparable",
    )


def test_formula_belongs_to_a_derived_percentage_only() -> None:
    derived = widget(record(before={"visits": "2"}, after={"visits": "1"}), "en").derived
    published = widget(record(change={"visits": "-50%"}), "en").derived

    assert (derived, published) == (True, False)


def test_badge_says_the_level_in_words() -> None:
    view = widget(record(before={"visits": "2"}, method="independent", sample="9"), "en")

    assert view.badge == Badge(
        number=5,
        highest=5,
        text="Evidence 5 of 5: independent",
        sentence="Measured by somebody outside the office that made the change.",
    )


def test_words_tell_their_language_where_they_lack_a_translation() -> None:
    view = widget(record(before={"visits": "2"}, note={"bn": "টীকা", "en": "A note"}), "bn")

    assert view.service == Spoken("Treating sick cattle", "en")
    assert view.note == Spoken("টীকা", "bn")


def test_bangla_page_has_bangla_digits() -> None:
    tcv = record(before={"cost": "2,500 BDT"}, after={"cost": "500 BDT"})

    row = row_of(widget(tcv, "bn"), "cost")

    assert (row.before, row.after) == ("৳২,৫০০", "৳৫০০")
    assert row.change.startswith("৮০%")


def test_details_of_a_full_record() -> None:
    view = widget(
        record(
            before={"time": "2 days", "cost": "50 BDT"},
            cost_parts={"before": ["travel"]},
            basis="spent",
            cost_year="2014",
            measured="2014-06",
            method="retrospective-survey",
            sample="1,200",
            statistic="median",
            who="An office",
            where="Kurigram",
        ),
        "en",
    )

    assert [(detail.term, detail.text) for detail in view.details] == [
        ("Time counted", "the citizen’s own time, spent on the service"),
        ("Cost counted", "before: travel; after: not stated"),
        ("Taka of", "2014"),
        ("Statistic", "median (half of the cases lie below)"),
        ("Method", "citizens asked afterwards"),
        ("Sample", "1,200"),
        ("Measured in", "June 2014"),
        ("Measured by", "An office"),
        ("Place", "Kurigram"),
        ("Source", "A study"),
    ]


def test_details_say_what_the_source_leaves_out() -> None:
    view = widget(record(before={"visits": "2"}), "en")

    assert [(detail.term, detail.text) for detail in view.details] == [
        ("Method", "stated by the source, no method given"),
        ("Sample", "not stated"),
        ("Measured in", "not stated"),
        ("Source", "A study"),
    ]


def test_corrections_keep_the_old_value_newest_first() -> None:
    corrected = [
        {"date": "2026-05-01", "field": "after.time", "was": "1 day", "why": "A slip"},
        {"date": "2026-06-01", "field": "source", "was": "Another study", "why": "Mixed up"},
        {"date": "2026-04-01", "field": "before.cost", "was": "about 5", "why": "Unclear"},
    ]

    view = widget(record(before={"time": "2 days"}, corrections=corrected), "en")

    assert [(correction.term, correction.text) for correction in view.corrections] == [
        ("1 June 2026, corrected: Source, formerly Another study", "Mixed up"),
        ("1 May 2026, corrected: Time (after), formerly 1 day", "A slip"),
        ("1 April 2026, corrected: Cost (before), formerly about 5", "Unclear"),
    ]


@given(visits, visits)
def test_longer_thread_fills_the_row_and_nothing_measured_disappears(
    before: Decimal, after: Decimal
) -> None:
    bars = visits_row(str(before), str(after)).bars

    if bars is None:
        assert before == 0
        assert after > 0
    else:
        assert max(bars) == 100
        assert min(bars) >= 0
        assert (bars.before > 0, bars.after > 0) == (before > 0, after > 0) or before == after


@given(visits.filter(bool), visits.filter(bool))
def test_threads_of_the_way_back_are_the_same_threads(before: Decimal, after: Decimal) -> None:
    forth = visits_row(str(before), str(after)).bars
    back = visits_row(str(after), str(before)).bars

    assert forth
    assert back
    assert (forth.before, forth.after) == (back.after, back.before)
