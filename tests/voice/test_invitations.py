"""What the ticket page offers its holder: only what can be done now."""

from datetime import datetime

import pytest
from flask import Flask

from showcase.events.queries import event_by_id
from showcase.registrations.models import CANCELLED
from showcase.registrations.queries import ticket_by_secret
from showcase.voice.queries import invitations_for
from tests.voice.fair import (
    A_MONTH_LATER,
    A_WEEK_LATER,
    BEFORE,
    CLOSED,
    NOON,
    Visitor,
    change,
    come,
    make_fair,
    register,
)

VOTE = "Vote for the best stalls"
SLIP = "Tell what a service took"
FEEDBACK = "Tell in a minute how it was"
CERTIFICATE = "Certificate of attendance"


def invitations(app: Flask, event: int, visitor: Visitor, at: datetime) -> list[tuple[str, str]]:
    with app.test_request_context(f"/en/tickets/{visitor.secret}"):
        app.preprocess_request()
        ticket, facts = ticket_by_secret(visitor.secret), event_by_id(event)
        assert ticket
        assert facts
        return invitations_for(ticket, facts, at)


def labels(app: Flask, event: int, visitor: Visitor, at: datetime) -> list[str]:
    return [label for label, _url in invitations(app, event, visitor, at)]


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        (NOON, [VOTE, SLIP, FEEDBACK, CERTIFICATE]),
        (CLOSED, [SLIP, FEEDBACK, CERTIFICATE]),
        (A_WEEK_LATER, [FEEDBACK, CERTIFICATE]),
        (A_MONTH_LATER, [CERTIFICATE]),
    ],
)
def test_who_came_is_offered_what_is_open(
    app: Flask, event: int, at: datetime, offered: list[str]
) -> None:
    assert labels(app, event, come(app, event), at) == offered


def test_before_the_fair_nothing_is_offered(app: Flask, event: int) -> None:
    assert labels(app, event, register(app, event), BEFORE) == []


def test_who_did_not_come_is_only_asked(app: Flask, event: int) -> None:
    assert labels(app, event, register(app, event), NOON) == [FEEDBACK]


def test_who_cancelled_after_coming_keeps_the_certificate(app: Flask, event: int) -> None:
    visitor = come(app, event)
    change(app, visitor, state=CANCELLED)

    assert labels(app, event, visitor, NOON) == [CERTIFICATE]


def test_a_link_leads_to_its_page(app: Flask, event: int) -> None:
    visitor = come(app, event)

    addresses = [url for _label, url in invitations(app, event, visitor, NOON)]

    assert addresses[:3] == [visitor.page(name) for name in ("vote", "slip", "feedback")]
    client = app.test_client()
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_a_simple_event_asks_a_simple_question(app: Flask) -> None:
    event = make_fair(app, "circle", kind="circle", stalls=[], voting=None)

    assert labels(app, event, come(app, event), NOON) == [FEEDBACK, CERTIFICATE]
