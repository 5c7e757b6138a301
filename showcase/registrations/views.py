"""The registration form, and the page after it."""

from http import HTTPStatus

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import PUBLIC, access
from showcase.db import now
from showcase.events import queries as events
from showcase.events.queries import EventFacts
from showcase.headers import unlisted
from showcase.i18n import language
from showcase.registrations import actions, queries
from showcase.registrations.errors import (
    FormAlreadyUsed,
    NotEnoughSeats,
    PartyTooLarge,
    SessionsFull,
)
from showcase.registrations.forms import RegistrationForm
from showcase.registrations.party_form import party_form
from showcase.registrations.published import published_event
from showcase.registrations.refusals import refusal, sessions_full, too_few
from showcase.registrations.sessions import choices
from showcase.registrations.trying_out import is_tried_out
from showcase.templating import render

registrations = unlisted(Blueprint("registrations", __name__, url_prefix="/<any(bn, en):language>"))


@registrations.get("/events/<slug>/register")
@access(PUBLIC)
def register(slug: str) -> ResponseReturnValue:
    event = _published(slug)
    left = queries.seats_left(event.id)
    return _form_page(event, _form(event), refused=refusal(event, seats_left=left, at=now()))


@registrations.post("/events/<slug>/register")
@access(PUBLIC)
def create(slug: str) -> ResponseReturnValue:
    event = _published(slug)
    form = _form(event)
    refused = refusal(event, seats_left=None, at=now())
    if refused and not _was_answered(event, form):
        return _form_page(event, form, refused=refused), HTTPStatus.CONFLICT
    if not form.validate():
        return _form_page(event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _register(event, form)
    except NotEnoughSeats as error:
        return _too_few(event, form, error.seats_left), error.status
    except SessionsFull as error:
        return _sessions_full(event, form, error), error.status
    except (FormAlreadyUsed, PartyTooLarge) as error:
        form.renew_key()
        form.form_errors.append(error.sentence)
        return _form_page(event, form), error.status
    return htmx.see_other(url_for(".sent", slug=slug))


@registrations.get("/events/<slug>/register/sent")
@access(PUBLIC)
def sent(slug: str) -> ResponseReturnValue:
    event = _published(slug)
    return render(
        "registrations/sent.html",
        card=events.card_of(event),
        is_tried_out=is_tried_out(),
        keeps_list=event.keeps_list,
        needs_approval=event.asks_approval,
    )


def _published(slug: str) -> EventFacts:
    return published_event(slug) or abort(404)


def _form(event: EventFacts) -> RegistrationForm:
    form = party_form(RegistrationForm, event)(event=event)
    assert isinstance(form, RegistrationForm)  # noqa: S101 - for mypy
    return form


def _was_answered(event: EventFacts, form: RegistrationForm) -> bool:
    """A visitor whose answer got lost, and who sends the form again after registration closed."""
    if not form.validate():
        return False
    body_hash = actions.body_hash(event_id=event.id, **vars(form.answers))
    return queries.was_answered(key=form.sent_key, body_hash=body_hash)


def _register(event: EventFacts, form: RegistrationForm) -> None:
    actions.register(
        event_id=event.id,
        **vars(form.answers),
        language=language(),
        key=form.sent_key,
        needs_approval=event.asks_approval,
        joins_list=form.wait.data and event.keeps_list,
        at=now(),
    )


def _too_few(event: EventFacts, form: RegistrationForm, left: int) -> str:
    if left == 0:
        refused = refusal(event, seats_left=0, at=now())
        return _form_page(event, form, refused=refused, keeps_form=True)
    form.party.errors = [too_few(left)]
    return _form_page(event, form, may_wait=True)


def _sessions_full(event: EventFacts, form: RegistrationForm, error: SessionsFull) -> str:
    form.sessions.errors = [sessions_full(event, error)]
    return _form_page(event, form, may_wait=True)


def _form_page(
    event: EventFacts,
    form: RegistrationForm,
    *,
    refused: str | None = None,
    keeps_form: bool = False,
    may_wait: bool = False,
) -> str:
    """
    Args:
        keeps_form: Below the refusal stands what was typed, since a seat may become free.
        may_wait: Something is full, so there is a second button.
    """
    card = events.card_of(event)
    keeps_list = event.keeps_list
    return render(
        "registrations/form.html",
        fragment="answer",
        card=card,
        form=form,
        choices=choices(event, now()),
        refused=refused,
        shows_form=keeps_form or not refused or (card.state == "full" and keeps_list),
        only_waits=bool(refused) and keeps_list,
        may_wait=may_wait and keeps_list,
        is_fragment=htmx.is_request(),
    )
