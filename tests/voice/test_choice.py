"""The visitors' choice on the event's page: silent until the close, then told with its method."""

from typing import Any

import pytest
import time_machine
from flask import Flask, render_template_string

from showcase.db import write
from showcase.events.queries import event_by_id
from showcase.voice.choice import Choice
from showcase.voice.models import Vote
from showcase.voice.queries import choice_of
from tests.conftest import AppMaker
from tests.pages import check_html, parse, words
from tests.voice.fair import BEFORE, CLOSED, NOON, SLUG, Visitor, come, make_fair, register

TEMPLATE = (
    '{% from "voice/_choice.html" import visitors_choice %}{{ visitors_choice(choice) if choice }}'
)


def vote(app: Flask, event: int, **stalls: int) -> None:
    """A visitor of their own votes, e.g. ``best=14``."""
    cast(app, event, come(app, event), **stalls)


def cast(app: Flask, event: int, visitor: Visitor, **stalls: int) -> None:
    with app.app_context(), write() as session:
        for category, stall in stalls.items():
            session.add(
                Vote(
                    registration_id=visitor.id,
                    category=category,
                    event_id=event,
                    stall=stall,
                    at=NOON,
                )
            )


def told(app: Flask, event: int, at: Any, language: str = "en") -> tuple[Choice | None, str]:
    """The result as data and as it is read."""
    with app.test_request_context(f"/{language}/events/{SLUG}"):
        app.preprocess_request()
        facts = event_by_id(event)
        assert facts
        choice = choice_of(facts, at)
        html = render_template_string(TEMPLATE, choice=choice)
    check_html(html, fragment=True)
    return choice, words(parse(html, fragment=True))


def test_the_stall_with_most_votes_wins_in_its_category(app: Flask, event: int) -> None:
    vote(app, event, best=14, kindest=3)
    vote(app, event, best=14)
    vote(app, event, best=3)
    come(app, event)
    register(app, event)

    choice, text = told(app, event, CLOSED)

    assert choice
    best, kindest = choice.results
    assert [(row.stall.number, row.votes, row.is_winner) for row in best.rows] == [
        (14, 2, True),
        (3, 1, False),
    ]
    assert [row.stall.number for row in kindest.winners] == [3]
    assert "Chosen by most visitors: stall 14, Livestock Office" in text
    assert "14 Livestock Office 2 votes 3 Land Office 1 vote" in text


def test_method_and_turnout_are_printed_with_the_result(app: Flask, event: int) -> None:
    """Of those who came in; who only registered is not counted."""
    vote(app, event, best=14, kindest=3)
    vote(app, event, kindest=3)
    come(app, event)
    register(app, event)

    _, text = told(app, event, CLOSED)

    assert "one vote in each category for each ticket shown at the gate" in text
    assert "2 of 3 tickets voted." in text


def test_equally_many_votes_share_the_first_place(app: Flask, event: int) -> None:
    vote(app, event, best=14)
    vote(app, event, best=3)

    choice, text = told(app, event, CLOSED)

    assert choice
    assert [row.stall.number for row in choice.results[0].winners] == [3, 14]
    assert "Equally many votes, so they share the first place: stall 3, Land Office" in text


def test_a_category_without_votes_says_so(app: Flask, event: int) -> None:
    choice, text = told(app, event, CLOSED)

    assert choice
    assert [result.winners for result in choice.results] == [(), ()]
    assert text.count("Nobody voted in this category.") == 2
    assert "0 of 0 tickets voted." in text


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (BEFORE, "Visitors choose the best stalls from Wednesday, 14 January 2026, 10:00 am to"),
        (NOON, "The vote closes on Friday, 16 January 2026, 4:00 pm; until then nobody sees"),
    ],
)
def test_until_the_close_nothing_is_told_but_when(
    app: Flask, event: int, at: Any, says: str
) -> None:
    for _ in range(7):
        vote(app, event, best=14)

    choice, text = told(app, event, at)

    assert choice
    assert (choice.results, choice.turnout) == ((), None)
    assert says in text
    assert not any(hint in text for hint in ("Livestock", "stall 14", "7", "turnout"))


def test_no_public_page_changes_with_a_vote(app: Flask, make: AppMaker, event: int) -> None:
    voters = [come(app, event) for _ in range(3)]
    before = public_pages(make)

    for voter in voters:
        cast(app, event, voter, best=14)

    assert public_pages(make) == before


def public_pages(make: AppMaker) -> list[str]:
    """From a site of its own, which has no page in its cache."""
    client = make().test_client()
    paths = (f"/{code}/events{rest}" for code in ("en", "bn") for rest in ("", f"/{SLUG}"))
    pages = [client.get(path) for path in paths]
    assert [page.status_code for page in pages] == [200] * 4
    return [page.text for page in pages]


def test_a_stall_that_was_withdrawn_keeps_its_votes(app: Flask) -> None:
    event = make_fair(app, stalls=[{"number": "3", "office": "Land Office"}])
    vote(app, event, best=14)

    _, text = told(app, event, CLOSED)

    assert "Chosen by most visitors: stall 14" in text


def test_votes_of_another_event_are_not_counted(app: Flask, event: int) -> None:
    vote(app, make_fair(app, "rangpur-fair"), best=14)

    choice, _ = told(app, event, CLOSED)

    assert choice
    assert choice.results[0].rows == ()


def test_an_event_without_a_vote_shows_nothing(app: Flask) -> None:
    assert told(app, make_fair(app, voting=None), CLOSED) == (None, "")


def test_the_result_speaks_bangla(app: Flask, event: int, noon: time_machine.Traveller) -> None:
    vote(app, event, best=14)

    _, text = told(app, event, CLOSED, "bn")

    assert "সেরা স্টল" in text
    assert "১৪" in text
