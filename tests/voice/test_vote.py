"""One vote for each ticket and category: who may vote, for what, and until when."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from showcase.registrations.models import CANCELLED
from showcase.text import bangla_digits
from showcase.voice.models import Vote
from tests.pages import parse
from tests.registrations.forms import summary_of, texts
from tests.voice.fair import (
    BEFORE,
    CLOSED,
    NOON,
    Visitor,
    change,
    come,
    make_fair,
    refused,
    register,
    rows,
    send,
    send_blindly,
)

BEST, KINDEST = "category-best", "category-kindest"


def votes(app: Flask) -> list[tuple[str, int]]:
    return [(category, stall) for category, stall in rows(app, Vote.category, Vote.stall)]


def test_a_visitor_votes_in_each_category(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    sent = send(client, visitor.page("vote"), **{BEST: "14", KINDEST: "3"})

    assert (sent.status_code, sent.location) == (303, visitor.page("vote"))
    assert votes(app) == [("best", 14), ("kindest", 3)]


def test_every_stall_can_be_chosen_by_number_office_and_story(
    client: FlaskClient, visitor: Visitor
) -> None:
    page = client.get(visitor.page("vote"))

    assert texts(page, "legend") == ["Best stall", "Kindest stall"]
    assert texts(page, ".choice")[:3] == ["3 · Land Office", "14 · Livestock Office", "20 · Museum"]


def test_the_page_speaks_bangla(client: FlaskClient, visitor: Visitor) -> None:
    page = client.get(visitor.page("vote", "bn"))

    assert texts(page, "legend") == ["সেরা স্টল", "সবচেয়ে আন্তরিক স্টল"]
    assert texts(page, ".choice")[0] == f"{bangla_digits('3')} · Land Office"


def test_a_category_may_be_left_empty(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    send(client, visitor.page("vote"), **{KINDEST: "20"})

    assert votes(app) == [("kindest", 20)]


def test_an_empty_ballot_is_refused(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    sent = send(client, visitor.page("vote"))

    assert sent.status_code == 422
    assert "Choose a stall in at least one category." in sent.text
    assert "<title>Error:" in sent.text
    assert votes(app) == []


def test_a_vote_can_be_changed_and_the_page_tells_which_is_chosen(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    send(client, visitor.page("vote"), **{BEST: "14"})
    send(client, visitor.page("vote"), **{BEST: "3"})

    page = client.get(visitor.page("vote"))

    assert votes(app) == [("best", 3)]
    assert texts(page, ".banner-title") == ["Your vote is counted."]
    ticked = parse(page.text).query("input[checked]")
    assert [(field.attrs["name"], field.attrs["value"]) for field in ticked] == [(BEST, "3")]


def test_a_tab_that_was_opened_earlier_takes_no_other_vote_away(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    """Both were opened before anything was chosen; each sends another category."""
    send_blindly(app, client, visitor.page("vote"), **{BEST: "14"})
    send_blindly(app, client, visitor.page("vote"), **{KINDEST: "3"})

    assert votes(app) == [("best", 14), ("kindest", 3)]


@pytest.mark.parametrize(
    "typed", ["4", "999999999999999999999", "-3", "3.0", "১৪", "3 OR 1=1", "\x00", "fourteen"]
)
def test_a_stall_that_is_not_at_the_fair_is_refused(
    app: Flask, client: FlaskClient, visitor: Visitor, typed: str
) -> None:
    sent = send(client, visitor.page("vote"), **{BEST: typed, KINDEST: "3"})

    assert sent.status_code == 422
    assert summary_of(sent) == {"category-best-0": "Choose from the list: Best stall."}
    assert votes(app) == []


def test_a_category_of_another_event_counts_nothing(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    sent = send(client, visitor.page("vote"), **{"category-loudest": "3"})

    assert sent.status_code == 422
    assert votes(app) == []


def refused_alike(app: Flask, client: FlaskClient, visitor: Visitor) -> str:
    reason = refused(app, client, visitor.page("vote"), **{BEST: "14"})

    assert votes(app) == []
    return reason


def test_who_was_not_at_the_gate_is_sent_there(app: Flask, client: FlaskClient, event: int) -> None:
    visitor = register(app, event)

    assert refused_alike(app, client, visitor) == "Your ticket has to be shown at the gate first."


def test_a_ticket_cancelled_after_the_gate_votes_no_more(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    change(app, visitor, state=CANCELLED)

    assert refused_alike(app, client, visitor) == "This registration is not confirmed."


def test_an_erased_ticket_votes_no_more(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    change(app, visitor, erased_at=NOON)

    assert refused_alike(app, client, visitor).startswith("This registration was erased")


def test_before_the_vote_opens_the_page_says_when(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(BEFORE)

    assert refused_alike(app, client, visitor) == (
        "The vote opens on Wednesday, 14 January 2026, 10:00 am."
    )


def test_after_the_close_nothing_is_taken(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(CLOSED)

    assert refused_alike(app, client, visitor) == (
        "The vote closed on Friday, 16 January 2026, 4:00 pm. "
        "The result stands on the page of the event."
    )


@pytest.mark.parametrize("fields", [{"voting": None}, {"stalls": []}])
def test_an_event_without_a_vote_says_so(
    app: Flask, client: FlaskClient, fields: dict[str, object]
) -> None:
    visitor = come(app, make_fair(app, "small-fair", **fields))

    assert refused_alike(app, client, visitor) == "This event has no vote for its stalls."


def test_a_wrong_secret_opens_no_ballot(client: FlaskClient, visitor: Visitor) -> None:
    wrong = visitor.page("vote").replace(visitor.secret, "x" * 23)

    assert client.get(wrong).status_code == 404


def test_the_page_is_kept_out_of_caches_and_indexes(client: FlaskClient, visitor: Visitor) -> None:
    page = client.get(visitor.page("vote"))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
