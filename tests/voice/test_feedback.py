"""The one-minute question, what its answers add up to, and what stays when somebody is erased."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from showcase.db import write
from showcase.registrations.models import CANCELLED
from showcase.voice.actions import forget
from showcase.voice.models import Feedback, Slip, Vote
from showcase.voice.queries import FeedbackSummary, feedback_summary
from tests.registrations.forms import summary_of, texts, value_of
from tests.voice.fair import (
    A_MONTH_LATER,
    A_WEEK_LATER,
    BEFORE,
    Visitor,
    change,
    come,
    make_fair,
    refused,
    register,
    rows,
    send,
)


def given(app: Flask) -> list[tuple[Any, ...]]:
    return rows(app, Feedback.score, Feedback.text)


def test_a_score_is_enough(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    sent = send(client, visitor.page("feedback"), score="4")

    assert (sent.status_code, sent.location) == (303, visitor.page("feedback"))
    assert given(app) == [(4, "")]


def test_the_five_scores_have_words(client: FlaskClient, visitor: Visitor) -> None:
    page = client.get(visitor.page("feedback"))

    assert texts(page, ".choice") == ["Very good", "Good", "So-so", "Bad", "Very bad"]


def test_it_is_kept_once_and_can_be_changed(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    send(client, visitor.page("feedback"), score="2", text="পানির ব্যবস্থা ছিল না")
    opened = client.get(visitor.page("feedback"))
    send(client, visitor.page("feedback"), score="3", text="পানি পরে এসেছে")

    assert "Thank you, your answer is kept." in opened.text
    assert value_of(opened, "text") == "পানির ব্যবস্থা ছিল না"
    assert given(app) == [(3, "পানি পরে এসেছে")]


@pytest.mark.parametrize("score", ["", "0", "6", "৫", "5.0", "9" * 400, "\x00"])
def test_another_score_is_refused_and_the_text_kept(
    app: Flask, client: FlaskClient, visitor: Visitor, score: str
) -> None:
    sent = send(client, visitor.page("feedback"), score=score, text="Shade was missing")

    assert sent.status_code == 422
    assert summary_of(sent) == {"score-0": "Choose one of the five answers."}
    assert value_of(sent, "text") == "Shade was missing"
    assert given(app) == []


def test_a_text_may_be_five_hundred_characters_long(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    longer = send(client, visitor.page("feedback"), score="5", text="ক" * 501)
    assert longer.status_code == 422
    assert "This is 501 characters long; write at most 500." in longer.text

    assert send(client, visitor.page("feedback"), score="5", text="ক" * 500).status_code == 303
    assert given(app) == [(5, "ক" * 500)]


def refused_alike(app: Flask, client: FlaskClient, visitor: Visitor) -> str:
    reason = refused(app, client, visitor.page("feedback"), score="5")

    assert given(app) == []
    return reason


def test_it_opens_with_the_event(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(BEFORE)

    assert refused_alike(app, client, visitor).startswith("The event begins on Wednesday, 14 Jan")


def test_it_closes_after_thirty_days(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(A_MONTH_LATER)

    assert refused_alike(app, client, visitor) == (
        "This could be filled in until Sunday, 15 February 2026, 6:00 pm."
    )


def test_what_was_said_is_thanked_for_also_when_it_can_be_changed_no_more(
    client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    send(client, visitor.page("feedback"), score="5")
    noon.move_to(A_MONTH_LATER)

    page = client.get(visitor.page("feedback"))

    assert texts(page, ".banner-title") == [
        "Thank you, your answer is kept.",
        "This could be filled in until Sunday, 15 February 2026, 6:00 pm.",
    ]
    assert "You may change it" not in page.text


def test_the_page_is_kept_out_of_caches_and_indexes(client: FlaskClient, visitor: Visitor) -> None:
    page = client.get(visitor.page("feedback"))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_who_was_not_looked_at_by_a_gate_is_asked_too(
    app: Flask, client: FlaskClient, event: int, noon: time_machine.Traveller
) -> None:
    noon.move_to(A_WEEK_LATER)

    assert send(client, register(app, event).page("feedback"), score="5").status_code == 303


def test_a_cancelled_ticket_is_not_asked(app: Flask, client: FlaskClient, visitor: Visitor) -> None:
    change(app, visitor, state=CANCELLED)

    assert refused_alike(app, client, visitor) == "This registration is not confirmed."


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_nobody_is_asked_about_what_did_not_take_place(
    app: Flask, client: FlaskClient, state: str
) -> None:
    visitor = register(app, make_fair(app, "moved-fair", state=state))

    assert refused_alike(app, client, visitor) == (
        "The event has not taken place as it was announced."
    )


def test_the_summary_counts_the_scores_of_one_event(
    app: Flask, client: FlaskClient, event: int
) -> None:
    elsewhere = come(app, make_fair(app, "rangpur-fair"))
    send(client, elsewhere.page("feedback"), score="1")
    for score in ("5", "5", "4"):
        send(client, come(app, event).page("feedback"), score=score)

    with app.app_context():
        summary = feedback_summary(event)

    assert summary == FeedbackSummary(3, Decimal("4.67"), {1: 0, 2: 0, 3: 0, 4: 1, 5: 2})


def test_the_summary_of_nothing_has_no_mean(app: Flask, event: int) -> None:
    with app.app_context():
        assert feedback_summary(event) == FeedbackSummary(0, None, dict.fromkeys(range(1, 6), 0))


def test_forgetting_a_visitor_blanks_the_words_and_keeps_the_counts(
    app: Flask, client: FlaskClient, event: int, visitor: Visitor
) -> None:
    other = come(app, event)
    for each in (visitor, other):
        send(client, each.page("feedback"), score="2", text="I am Rahima of Ulipur")
        send(client, each.page("slip"), stall="14", minutes="45")
        send(client, each.page("vote"), **{"category-best": "14"})

    with app.app_context(), write() as session:
        forget(session, [visitor.id])

    assert rows(app, Feedback.registration_id, Feedback.score, Feedback.text) == [
        (visitor.id, 2, ""),
        (other.id, 2, "I am Rahima of Ulipur"),
    ]
    assert len(rows(app, Vote.stall)) == len(rows(app, Slip.stall)) == 2


def test_forgetting_is_undone_with_the_transaction_it_is_part_of(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    send(client, visitor.page("feedback"), score="2", text="Too hot")

    with app.app_context(), pytest.raises(LookupError):
        forget_and_fail(visitor)

    assert given(app) == [(2, "Too hot")]


def forget_and_fail(visitor: Visitor) -> None:
    with write() as session:
        forget(session, [visitor.id])
        raise LookupError
