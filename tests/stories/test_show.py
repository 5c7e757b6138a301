"""The story page as HTML: what stands where, and what is said without colour or drawing."""

from typing import Any

import pytest
from flask import Flask

from tests.documents.folder import Folder, publish
from tests.pages import parse, words

BODY = """Text of the story.

:::steps before
- what: Ask at <the> gate
  time: 2 hours
  visits: 1
  pain: nobody knows
- what: Come again
  time: 30 minutes
  visits: 1
:::

:::steps after
- what: Ask nearby
  time: 1 hour
  visits: 1
:::

:::tcv
"""
EVERYTHING = {
    "district": "kurigram",
    "innovators": "[{name: Rahim, role: officer, office_contact: {office: The office, "
    "phone: 02-55006931}}]",
    "timeline": "[{date: 2014-03, phase: initiation, what: A visit}]",
    "visit_diary": "[{place: Room 4, what: Nobody is there, pain: queue}]",
    "citizens_said": "[{who: A farmer, said: They came to us}]",
    "where_today": "In nine unions",
    "replicable": "Yes",
    "needs_to_be_copied": "One officer",
    "replicated_in": "[rangpur]",
    "discussed_at": "[{title: The group, url: https://example.org}]",
    "corrections": "[{date: 2026-03-04, what: Nine unions, was: Ten unions, why: Counted twice}]",
    "tcv": "[{service: Treating cattle, source: A study}]",
}


@pytest.fixture
def page(app: Flask, folder: Folder) -> Any:
    folder.districts("kurigram", "rangpur")
    folder.story("health-camp", BODY, **EVERYTHING)
    with app.app_context():
        publish(folder)
    response = app.test_client().get("/en/stories/health-camp")
    assert response.status_code == 200
    return parse(response.text)


def texts(page: Any, selector: str) -> list[str]:
    return [words(node) for node in page.query(selector)]


def test_sections_stand_in_the_order_of_a_citizen_who_reads_on_a_phone(page: Any) -> None:
    assert texts(page, "article > section > h2") == [
        "What citizens said",
        "What the visitor in disguise met",
        "How it came about",
        "At a glance",
        "Who made it",
        "Where to get it today",
        "How to copy it",
        "Discussed at",
        "Sources",
        "Corrections",
        "Take it with you",
    ]


def test_numbers_stand_above_the_story_and_lead_to_their_table(page: Any) -> None:
    (strip,) = page.query(".numbers")

    assert texts(strip, "dl > div") == [
        "Time 60% less 2.5 hours → 1 hour",
        "Cost not measured",
        "Visits 50% less 2 visits → 1 visit",
    ]
    (link,) = strip.query("a")
    assert page.query(f"figure.tcv{link.attrs['href']}")


def test_steps_are_lists_that_say_their_pain_in_words(page: Any) -> None:
    assert texts(page, ".threads figcaption") == ["Step by step Treating cattle"]
    assert texts(page, ".thread-head") == ["Before 2 steps", "After 1 step"]
    assert texts(page, ".thread-before ol.steps > li") == [
        "Ask at <the> gate Time 2 hours Visits 1 visit Pain: nobody knows",
        "Come again Time 30 minutes Visits 1 visit",
    ]
    assert texts(page, ".thread-after ol.steps > li") == ["Ask nearby Time 1 hour Visits 1 visit"]


def test_sum_of_each_side_stands_under_its_thread(page: Any) -> None:
    assert [texts(thread, ".thread-facts > div") for thread in page.query(".thread")] == [
        ["Time 2.5 hours", "Cost not measured", "Visits 2 visits"],
        ["Time 1 hour", "Cost not measured", "Visits 1 visit"],
    ]


def test_both_threads_are_drawn_in_one_scale_and_hidden_from_readers_aloud(page: Any) -> None:
    drawings = page.query("svg.thread-line")

    assert [svg.attrs["aria-hidden"] for svg in drawings] == ["true", "true"]
    assert [svg.query("line")[0].attrs["x2"] for svg in drawings] == ["100.0%", "50.0%"]
    assert [len(svg.query("circle.painful")) for svg in drawings] == [1, 0]


def test_people_are_called_at_their_office(page: Any) -> None:
    (item,) = page.query(".people li")

    assert words(item) == "Rahim officer The office · 02-55006931"
    assert [link.attrs["href"] for link in item.query("a")] == ["tel:0255006931"]


def test_correction_keeps_the_old_words(page: Any) -> None:
    assert texts(page, "[aria-labelledby=corrections] li") == [
        "4 March 2026 Nine unions It said before: Ten unions Why: Counted twice"
    ]


def test_related_stories_are_cards_between_fairs_and_discussion(app: Flask, folder: Folder) -> None:
    folder.story("one", title="The first story", discussed_at="[{title: A, url: https://a.bd}]")
    folder.story("two", title="The second story")
    with app.app_context():
        publish(folder)
    page = parse(app.test_client().get("/en/stories/one").text)

    assert texts(page, "article > section > h2")[-4:] == [
        "Related stories",
        "Discussed at",
        "Sources",
        "Take it with you",
    ]
    assert texts(page, "[aria-labelledby=related] h3") == ["The second story"]


def test_story_that_says_little_has_no_empty_sections(app: Flask, folder: Folder) -> None:
    folder.story()
    with app.app_context():
        publish(folder)
    page = parse(app.test_client().get("/bn/stories/health-camp").text)

    assert [node.attrs["id"] for node in page.query("article > section > h2")] == [
        "journey",
        "facts",
        "sources",
        "take-away",
    ]
    assert page.query(".numbers") == []
