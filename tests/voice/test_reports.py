"""What slips add up to: a record of the service as it is now, beside the official one."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from showcase.db import write
from showcase.tcv.change import NotMeasured
from showcase.tcv.labels import MEASURES
from showcase.tcv.medians import grouped
from showcase.tcv.records import change_of
from showcase.voice.models import Slip
from showcase.voice.queries import report_of
from showcase.voice.reports import FEWEST, Report
from tests.conftest import AppMaker
from tests.documents.folder import TCV, Folder, counted_queries, publish
from tests.pages import check_html, parse, words
from tests.voice.fair import NOON, SLUG, STALLS, STORY, come, make_fair, send, take_off

TEMPLATE = (
    '{% from "voice/_report.html" import visitors_report %}{{ visitors_report(report) if report }}'
)
Numbers = tuple[int | None, int | None, int | None]
FIVE: Sequence[Numbers] = [(10, 0, 1), (20, 50, 1), (30, 100, 2), (45, 0, 1), (600, 9_000, 7)]


def fill_in(
    app: Flask, event: int, answers: Sequence[Numbers], stall: int = 14, at: datetime = NOON
) -> None:
    """On paper, since no ticket is needed; numbered on from what is there."""
    with app.app_context(), write() as session:
        for minutes, taka, visits in answers:
            slip = Slip(
                event_id=event,
                stall=stall,
                paper="new",
                minutes=minutes,
                taka=taka,
                visits=visits,
                at=at,
            )
            session.add(slip)
            session.flush()
            slip.paper = f"P{slip.id}"
            session.flush()


def told(app: Flask, language: str = "en", story: str = STORY) -> tuple[Report | None, str]:
    """The report as data and as it is read."""
    with app.test_request_context(f"/{language}/stories/{story}"):
        app.preprocess_request()
        report = report_of(story)
        html = render_template_string(TEMPLATE, report=report)
    check_html(html, fragment=True)
    return report, words(parse(html, fragment=True))


def report(app: Flask, language: str = "en") -> Report:
    found, _ = told(app, language)
    assert found
    return found


def test_slips_add_up_to_medians_with_their_number(app: Flask, event: int) -> None:
    fill_in(app, event, FIVE)

    found, text = told(app)

    assert found
    assert [(row.label, row.value, row.answered) for row in found.rows] == [
        ("Time", "30 minutes", 5),
        ("Cost", "৳50", 5),
        ("Visits", "1 visit", 5),
    ]
    assert "5 visitors filled in a slip on leaving the stall" in text
    assert "Kurigram Fair : 5 slips" in text


def test_it_is_a_record_of_level_three_with_one_side(app: Flask, event: int) -> None:
    fill_in(app, event, FIVE)

    found = report(app)

    record = found.record
    assert (found.level.number, record.method, record.statistic) == (
        3,
        "retrospective-survey",
        "median",
    )
    assert (record.sample, str(record.measured), record.basis.after) == (5, "2026-01", "spent")
    assert record.source.text("en") == "Kurigram Fair"
    assert record.service.text("en") == "Vaccination"
    assert [str(record.after.of(measure)) for measure in MEASURES] == [
        "30 minutes",
        "50 BDT",
        "1 visits",
    ]
    assert [change_of(record, measure) for measure in MEASURES] == [NotMeasured(("before",))] * 3
    assert grouped([record]) == ()


def test_a_median_of_an_even_number_is_the_mean_of_two(app: Flask, event: int) -> None:
    fill_in(app, event, [*FIVE, (31, 51, 2)])

    assert [row.value for row in report(app).rows] == ["30.5 minutes", "৳50.5", "1.5 visits"]


def test_only_those_who_answered_are_counted(app: Flask, event: int) -> None:
    fill_in(app, event, [(10, None, None)] * 4 + [(10, None, 2), (None, 0, 2)])

    found, text = told(app)

    assert found
    assert [(row.value, row.answered) for row in found.rows] == [
        ("10 minutes", 5),
        ("", 1),
        ("", 2),
    ]
    assert found.slips == 6
    assert text.count("too few answers") == 2
    assert found.record.after.cost is None


def test_four_answers_show_nothing(app: Flask, event: int) -> None:
    """Or one visitor's own numbers would be read off the page."""
    fill_in(app, event, FIVE[: FEWEST - 1])
    assert told(app) == (None, "")

    fill_in(app, event, FIVE[:1])
    assert report(app).slips == FEWEST


def test_five_slips_that_answered_different_questions_show_nothing(app: Flask, event: int) -> None:
    fill_in(app, event, [(10, None, None)] * 3 + [(None, 0, None)] * 2)

    assert told(app) == (None, "")


def test_all_fairs_that_showed_the_story_are_added_up(app: Flask, event: int) -> None:
    stalls = [{"number": "2", "office": "Clinic", "story": STORY, "services": ["Vaccination"]}]
    later = make_fair(
        app,
        "rangpur-fair",
        title="Rangpur Fair",
        starts="2026-03-01 09:00",
        ends="2026-03-02 18:00",
        voting=None,
        stalls=stalls,
    )
    fill_in(app, event, FIVE[:3])
    fill_in(app, later, FIVE[3:], stall=2, at=datetime(2026, 3, 1, 6, tzinfo=UTC))

    found = report(app)

    assert [(fair.card.title, fair.slips) for fair in found.fairs] == [
        ("Rangpur Fair", 2),
        ("Kurigram Fair", 3),
    ]
    assert found.record.source.text("en") == "Rangpur Fair, Kurigram Fair"
    assert str(found.record.measured) == "2026"
    assert found.newest == "1 March 2026"


def test_slips_of_other_stalls_and_stories_are_not_counted(app: Flask, event: int) -> None:
    other = make_fair(app, "other-fair", stalls=[STALLS[0], {**STALLS[1], "story": "land-records"}])
    fill_in(app, event, FIVE)
    fill_in(app, event, FIVE, stall=3)
    fill_in(app, other, FIVE, stall=14)

    assert report(app).slips == 5


def test_a_fair_that_was_taken_off_the_site_is_not_counted(app: Flask, event: int) -> None:
    hidden = make_fair(app, "hidden-fair")
    fill_in(app, event, FIVE[:4])
    fill_in(app, hidden, FIVE)
    assert report(app).slips == 9

    take_off(app, hidden)

    assert told(app) == (None, "")


def test_the_page_says_how_it_was_asked_and_keeps_apart(app: Flask, event: int) -> None:
    fill_in(app, event, FIVE)

    _, text = told(app)

    assert text.startswith("Visitors report Evidence 3 of 5: asked afterwards")
    assert "Nobody was asked about the time before, so there is no change here" in text
    assert "the official numbers on this page are counted apart from these" in text
    assert "Nothing is shown before five visitors have answered." in text


def test_the_official_numbers_stay_as_they_are(app: Flask, make: AppMaker, folder: Folder) -> None:
    """In the register, its medians and exports, the card to embed, and the story as data."""
    folder.story(STORY, tcv=TCV)
    with app.app_context():
        publish(folder)
    event = make_fair(app)
    before = official_numbers(make)

    fill_in(app, event, FIVE)

    assert report(app).slips == 5
    assert official_numbers(make) == before


def official_numbers(make: AppMaker) -> list[str]:
    """From a site of its own, which has no page in its cache."""
    client = make().test_client()
    paths = ("/en/tcv", "/tcv.csv", "/tcv.json", f"/embed/tcv/{STORY}", f"/en/stories/{STORY}.json")
    pages = [client.get(path) for path in paths]
    assert [page.status_code for page in pages] == [200] * len(paths)
    return [page.text for page in pages]


def test_slips_of_a_sample_fair_are_marked(app: Flask) -> None:
    fill_in(app, make_fair(app, sample="yes"), FIVE)

    assert "Sample data" in told(app)[1]


def test_the_report_speaks_bangla(app: Flask, event: int) -> None:
    fill_in(app, event, FIVE)

    found, text = told(app, "bn")

    assert found
    assert found.rows[0].value == "৩০ মিনিট"
    assert "কুড়িগ্রাম মেলা" in text
    assert not re.search("[0-9]", text)


def test_what_visitors_type_is_what_is_added_up(
    app: Flask, client: FlaskClient, event: int
) -> None:
    for minutes in ("10", "২০", "30", "40", "50"):
        send(client, come(app, event).page("slip"), stall="14", minutes=minutes)

    assert report(app).rows[0].value == "30 minutes"


def test_a_story_that_was_at_no_fair_has_no_report(app: Flask, event: int) -> None:
    assert told(app, story="land-records") == (None, "")


@pytest.mark.parametrize("story", ["", "x" * 400, "\x00", "ক"])
def test_a_story_that_is_none_has_no_report(app: Flask, event: int, story: str) -> None:
    with app.test_request_context(f"/en/events/{SLUG}"):
        app.preprocess_request()
        assert report_of(story) is None


def test_many_services_are_listed_as_far_as_a_record_has_room(app: Flask) -> None:
    long: list[Any] = [f"Service number {number} {'x' * 60}" for number in range(20)]
    fill_in(app, make_fair(app, stalls=[{**STALLS[1], "services": long}]), FIVE)

    service = report(app).record.service.text("en")

    assert len(service) <= 600
    assert service.endswith(" and 13 more")


def test_the_number_of_queries_does_not_grow_with_the_fairs(app: Flask, event: int) -> None:
    fill_in(app, event, FIVE)

    def asked() -> int:
        with app.test_request_context(f"/en/stories/{STORY}"):
            app.preprocess_request()
            with counted_queries() as queries:
                assert report_of(STORY)
            return len(queries)

    for_one = asked()
    app.extensions.pop("voice_stalls_of_stories")
    for number in range(5):
        fill_in(app, make_fair(app, f"fair-{number}"), FIVE)

    assert asked() == for_one
