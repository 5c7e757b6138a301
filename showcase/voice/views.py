"""What the holder of a ticket says at the fair or after it: votes, exit slips, feedback."""

from http import HTTPStatus

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import SECRET_LINK, access
from showcase.db import now
from showcase.events.queries import EventFacts, card_of
from showcase.events.when import told_moment
from showcase.gate.queries import is_checked_in
from showcase.headers import unlisted
from showcase.registrations.queries import Ticket
from showcase.registrations.tickets.secret_pages import found
from showcase.templating import render
from showcase.text import latin_digits
from showcase.voice import actions, queries
from showcase.voice.forms import (
    Ballot,
    FeedbackForm,
    SlipForm,
    ballot,
    feedback_form,
    slip_form,
)
from showcase.voice.models import FEEDBACK_MAX
from showcase.voice.refusals import (
    FEEDBACK_FOR,
    SLIPS_FOR,
    feedback_refusal,
    slip_refusal,
    vote_refusal,
)
from showcase.voice.stalls import stalls_of, stalls_with_services

voice = unlisted(
    Blueprint("voice", __name__, url_prefix="/<any(bn, en):language>/tickets/<secret>")
)


@voice.get("/vote")
@access(SECRET_LINK)
def vote(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    refused = _may_not_vote(ticket, event)
    return _vote_page(ticket, event, None if refused else _ballot(ticket, event), refused)


@voice.post("/vote")
@access(SECRET_LINK)
def cast_vote(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if refused := _may_not_vote(ticket, event):
        return _vote_page(ticket, event, None, refused), HTTPStatus.CONFLICT
    form = _ballot(ticket, event)
    if not form.validate():
        return _vote_page(ticket, event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    actions.vote(
        registration_id=ticket.registration_id, event_id=event.id, chosen=form.chosen, at=now()
    )
    return htmx.see_other(url_for(".vote", secret=secret))


@voice.get("/slip")
@access(SECRET_LINK)
def slip(secret: str) -> ResponseReturnValue:
    """``?stall=14``: put right what was said of that stall."""
    ticket, event = found(secret)
    if refused := _may_not_tell(ticket, event):
        return _slip_page(ticket, event, None, refused)
    told = queries.slips_of(ticket.registration_id)
    asked = latin_digits(request.args.get("stall", ""))
    known = next((answers for stall, answers in told.items() if str(stall) == asked), None)
    return _slip_page(ticket, event, slip_form(stalls_with_services(event), known))


@voice.post("/slip")
@access(SECRET_LINK)
def fill_in_slip(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if refused := _may_not_tell(ticket, event):
        return _slip_page(ticket, event, None, refused), HTTPStatus.CONFLICT
    form = SlipForm(stalls_with_services(event))
    if not form.validate():
        return _slip_page(ticket, event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    actions.fill_in_slip(
        registration_id=ticket.registration_id,
        event_id=event.id,
        stall=int(form.stall.data),
        **form.answers,
        at=now(),
    )
    return htmx.see_other(url_for(".slip", secret=secret))


@voice.get("/feedback")
@access(SECRET_LINK)
def feedback(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if refused := feedback_refusal(ticket, event, at=now()):
        return _feedback_page(ticket, event, None, refused)
    form = feedback_form(queries.feedback_of(ticket.registration_id))
    return _feedback_page(ticket, event, form)


@voice.post("/feedback")
@access(SECRET_LINK)
def give_feedback(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if refused := feedback_refusal(ticket, event, at=now()):
        return _feedback_page(ticket, event, None, refused), HTTPStatus.CONFLICT
    form = FeedbackForm()
    if not form.validate():
        return _feedback_page(ticket, event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    actions.give_feedback(
        registration_id=ticket.registration_id,
        event_id=event.id,
        score=int(form.score.data),
        text=form.text.data,
        at=now(),
    )
    return htmx.see_other(url_for(".feedback", secret=secret))


def _may_not_vote(ticket: Ticket, event: EventFacts) -> str | None:
    came = is_checked_in(ticket.registration_id)
    return vote_refusal(ticket, event, is_checked_in=came, at=now())


def _may_not_tell(ticket: Ticket, event: EventFacts) -> str | None:
    came = is_checked_in(ticket.registration_id)
    return slip_refusal(ticket, event, is_checked_in=came, at=now())


def _ballot(ticket: Ticket, event: EventFacts) -> Ballot:
    return ballot(event, stalls_of(event), queries.votes_of(ticket.registration_id))


def _vote_page(
    ticket: Ticket, event: EventFacts, form: Ballot | None, refused: str | None = None
) -> str:
    voting = event.fields.voting
    return render(
        "voice/vote.html",
        ticket=ticket,
        card=card_of(event),
        form=form,
        refused=refused,
        votes=queries.votes_of(ticket.registration_id),
        closes=told_moment(voting.closes if voting else None),
    )


def _slip_page(
    ticket: Ticket, event: EventFacts, form: SlipForm | None, refused: str | None = None
) -> str:
    told = queries.slips_of(ticket.registration_id)
    return render(
        "voice/slip.html",
        ticket=ticket,
        card=card_of(event),
        form=form,
        refused=refused,
        told=[stall for stall in stalls_of(event) if stall.number in told],
        until=told_moment(event.ends + SLIPS_FOR),
    )


def _feedback_page(
    ticket: Ticket, event: EventFacts, form: FeedbackForm | None, refused: str | None = None
) -> str:
    return render(
        "voice/feedback.html",
        ticket=ticket,
        card=card_of(event),
        form=form,
        refused=refused,
        most=FEEDBACK_MAX,
        is_given=queries.feedback_of(ticket.registration_id) is not None,
        until=told_moment(event.ends + FEEDBACK_FOR),
    )
