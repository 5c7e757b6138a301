"""The exit slip: three numbers about the service of a stall, once for each ticket and stall."""

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from showcase.registrations.models import CANCELLED
from showcase.text import bangla_digits
from showcase.voice.models import Slip
from tests.registrations.forms import summary_of, texts, value_of
from tests.voice.fair import (
    A_WEEK_LATER,
    BEFORE,
    CLOSED,
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

ANSWERS = {"stall": "14", "minutes": "45", "taka": "120", "visits": "2"}


def slips(app: Flask) -> list[tuple[Any, ...]]:
    return rows(app, Slip.stall, Slip.minutes, Slip.taka, Slip.visits)


def test_a_visitor_tells_what_a_service_took(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    sent = send(client, visitor.page("slip"), **ANSWERS)

    assert (sent.status_code, sent.location) == (303, visitor.page("slip"))
    assert slips(app) == [(14, 45, 120, 2)]


def test_only_stalls_that_give_services_can_be_chosen(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    page = client.get(visitor.page("slip"))
    sent = send(client, visitor.page("slip"), **{**ANSWERS, "stall": "20"})

    assert texts(page, "option") == ["Choose a stall", "3 · Land Office", "14 · Livestock Office"]
    assert summary_of(sent) == {"stall": "Choose the stall whose service you used."}


def test_bangla_digits_and_thousands_are_read(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    typed = {"minutes": bangla_digits("90"), "taka": bangla_digits("1,20,000"), "visits": "১"}

    send(client, visitor.page("slip", "bn"), **{**ANSWERS, **typed})

    assert slips(app) == [(14, 90, 120_000, 1)]


def test_what_is_not_known_is_left_empty_and_nothing_is_not_unknown(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    send(client, visitor.page("slip"), **{**ANSWERS, "minutes": " ", "taka": "0"})

    assert slips(app) == [(14, None, 0, 2)]


def test_a_slip_without_any_answer_is_refused(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    empty = dict.fromkeys(("minutes", "taka", "visits"), "")

    sent = send(client, visitor.page("slip"), **{**ANSWERS, **empty})

    assert sent.status_code == 422
    assert summary_of(sent) == {"minutes": "Answer at least one of the three questions."}
    assert slips(app) == []


@pytest.mark.parametrize(
    ("question", "typed", "limits"),
    [
        ("minutes", "10081", "0 to 10,080"),
        ("minutes", "-1", "0 to 10,080"),
        ("minutes", "2 hours", "0 to 10,080"),
        ("taka", "1000001", "0 to 10,00,000"),
        ("taka", "12.50", "0 to 10,00,000"),
        ("taka", "1" + "0" * 400, "0 to 10,00,000"),
        ("visits", "0", "1 to 120"),
        ("visits", "121", "1 to 120"),
        ("visits", "²", "1 to 120"),
    ],
)
def test_an_impossible_number_is_told_with_the_limits_and_kept_as_typed(
    app: Flask, client: FlaskClient, visitor: Visitor, question: str, typed: str, limits: str
) -> None:
    sent = send(client, visitor.page("slip"), **{**ANSWERS, question: typed})

    sentence = f"Write a whole number from {limits}, or leave it empty."
    assert sent.status_code == 422
    assert summary_of(sent) == {question: sentence}
    assert value_of(sent, question) == typed
    assert slips(app) == []


@pytest.mark.parametrize("stall", ["", "4", "99999999999999999999", "১৪", "x", "\x00"])
def test_a_stall_of_elsewhere_is_refused(
    app: Flask, client: FlaskClient, visitor: Visitor, stall: str
) -> None:
    sent = send(client, visitor.page("slip"), **{**ANSWERS, "stall": stall})

    assert sent.status_code == 422
    assert summary_of(sent) == {"stall": "Choose the stall whose service you used."}
    assert slips(app) == []


def test_told_again_the_same_stall_is_put_right(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    send(client, visitor.page("slip"), **ANSWERS)
    send(client, visitor.page("slip"), **{**ANSWERS, "minutes": "54"})
    send(client, visitor.page("slip"), **{**ANSWERS, "stall": "3"})

    assert slips(app) == [(14, 54, 120, 2), (3, 45, 120, 2)]


def test_what_was_told_can_be_opened_to_be_put_right(client: FlaskClient, visitor: Visitor) -> None:
    send(client, visitor.page("slip"), **{**ANSWERS, "taka": ""})

    page = client.get(visitor.page("slip"))
    opened = client.get(f"{visitor.page('slip')}?stall=14")

    assert "Thank you. You have told us about these stalls:" in page.text
    assert f'href="{visitor.page("slip")}?stall=14"' in page.text
    assert [value_of(opened, name) for name in ("minutes", "taka", "visits")] == ["45", "", "2"]
    assert '<option selected value="14">' in opened.text


@pytest.mark.parametrize("stall", ["3", "", "x", "9" * 400, "\x00"])
def test_an_address_with_another_stall_shows_an_empty_slip(
    client: FlaskClient, visitor: Visitor, stall: str
) -> None:
    send(client, visitor.page("slip"), **ANSWERS)

    opened = client.get(visitor.page("slip"), query_string={"stall": stall})

    assert (opened.status_code, value_of(opened, "minutes")) == (200, "")


def refused_alike(app: Flask, client: FlaskClient, visitor: Visitor) -> str:
    reason = refused(app, client, visitor.page("slip"), **ANSWERS)

    assert slips(app) == []
    return reason


def test_who_was_not_at_the_gate_is_sent_there(app: Flask, client: FlaskClient, event: int) -> None:
    reason = refused_alike(app, client, register(app, event))

    assert reason == "Your ticket has to be shown at the gate first."


def test_a_cancelled_ticket_tells_nothing(
    app: Flask, client: FlaskClient, visitor: Visitor
) -> None:
    change(app, visitor, state=CANCELLED)

    assert refused_alike(app, client, visitor) == "This registration is not confirmed."


def test_it_opens_with_the_event(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(BEFORE)

    assert refused_alike(app, client, visitor) == (
        "The event begins on Wednesday, 14 January 2026, 9:00 am; come back then."
    )


def test_it_can_be_filled_in_and_put_right_for_a_week(
    app: Flask, client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(A_WEEK_LATER.replace(hour=11, minute=59))
    assert send(client, visitor.page("slip"), **ANSWERS).status_code == 303

    noon.move_to(A_WEEK_LATER)
    late = send_blindly(app, client, visitor.page("slip"), **{**ANSWERS, "minutes": "1"})

    assert late.status_code == 409
    assert "Thank you. You have told us about these stalls:" in late.text
    assert "?stall=14" not in late.text
    assert "This could be filled in until Friday, 23 January 2026, 6:00 pm." in late.text
    assert slips(app) == [(14, 45, 120, 2)]


def test_a_fair_without_services_has_no_slips(app: Flask, client: FlaskClient) -> None:
    visitor = come(app, make_fair(app, "quiet-fair", stalls=[{"number": "1", "office": "Museum"}]))

    assert refused_alike(app, client, visitor) == (
        "No stall of this event gives a service on the spot."
    )


def test_the_vote_does_not_close_the_slips(
    client: FlaskClient, visitor: Visitor, noon: time_machine.Traveller
) -> None:
    noon.move_to(CLOSED)

    assert send(client, visitor.page("slip"), **ANSWERS).status_code == 303


def test_the_page_is_kept_out_of_caches_and_indexes(client: FlaskClient, visitor: Visitor) -> None:
    page = client.get(visitor.page("slip"))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
