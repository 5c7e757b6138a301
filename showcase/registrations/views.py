"""The registration form, the page after it, and the ticket behind its secret link."""

from http import HTTPStatus

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from showcase import htmx
from showcase.access import PUBLIC, SECRET_LINK, access
from showcase.db import now
from showcase.events import queries as events
from showcase.events.queries import EventFacts
from showcase.i18n import _n, format_number, language
from showcase.registrations import actions, queries
from showcase.registrations.calendar import FILENAME, calendar_file
from showcase.registrations.errors import EventIsOver, FormAlreadyUsed, NotEnoughSeats
from showcase.registrations.forms import CancelForm, RegistrationForm
from showcase.registrations.published import published_event
from showcase.registrations.queries import Ticket
from showcase.registrations.refusals import refusal
from showcase.registrations.ticket_page import ticket_page
from showcase.templating import render

registrations = Blueprint("registrations", __name__, url_prefix="/<any(bn, en):language>")
short_links = Blueprint("short_links", __name__, url_prefix="/t")


@registrations.after_request
@short_links.after_request
def _keep_out_of_indexes(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@registrations.get("/events/<slug>/register")
@access(PUBLIC)
def register(slug: str) -> ResponseReturnValue:
    event = _published(slug)
    left = queries.seats_left(event.id)
    form = RegistrationForm(party_max=event.party_max)
    return _form_page(event, form, refused=refusal(event, seats_left=left, at=now()))


@registrations.post("/events/<slug>/register")
@access(PUBLIC)
def create(slug: str) -> ResponseReturnValue:
    event = _published(slug)
    form = RegistrationForm(party_max=event.party_max)
    refused = refusal(event, seats_left=None, at=now())
    if refused and not _was_answered(event, form):
        return _form_page(event, form, refused=refused), HTTPStatus.CONFLICT
    if not form.validate():
        return _form_page(event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _register(event, form)
    except NotEnoughSeats as error:
        return _too_few(event, form, error.seats_left), error.status
    except FormAlreadyUsed as error:
        form.renew_key()
        form.form_errors.append(error.sentence)
        return _form_page(event, form), error.status
    return htmx.see_other(url_for(".sent", slug=slug))


@registrations.get("/events/<slug>/register/sent")
@access(PUBLIC)
def sent(slug: str) -> ResponseReturnValue:
    config = current_app.config
    is_tried_out = config["ENVIRONMENT"] == "development" and not (
        config["SMTP_URL"] and config["SMS_URL"]
    )
    card = events.card_of(_published(slug))
    return render("registrations/sent.html", card=card, is_tried_out=is_tried_out)


@registrations.get("/tickets/<secret>")
@access(SECRET_LINK)
def ticket(secret: str) -> ResponseReturnValue:
    ticket, event = _ticket(secret)
    return render("registrations/ticket.html", page=ticket_page(ticket, event, at=now()))


@registrations.get("/tickets/<secret>.ics")
@access(SECRET_LINK)
def calendar(secret: str) -> ResponseReturnValue:
    ticket, event = _ticket(secret)
    headers = {
        "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
        "Content-Disposition": f'attachment; filename="{FILENAME}"',
    }
    return calendar_file(ticket, event, language=language(), at=now()), headers


@registrations.get("/tickets/<secret>/cancel")
@access(SECRET_LINK)
def ask_to_cancel(secret: str) -> ResponseReturnValue:
    ticket, event = _ticket(secret)
    page = ticket_page(ticket, event, at=now())
    if not page.may_cancel:
        return redirect(url_for(".ticket", secret=secret), HTTPStatus.SEE_OTHER)
    return render("registrations/cancel.html", page=page, form=CancelForm())


@registrations.post("/tickets/<secret>/cancel")
@access(SECRET_LINK)
def cancel(secret: str) -> ResponseReturnValue:
    ticket, event = _ticket(secret)
    if ticket.is_confirmed and now() >= event.ends:
        raise EventIsOver
    actions.cancel(secret=secret, at=now())
    return htmx.see_other(url_for(".ticket", secret=secret))


@short_links.get("/<secret>")
@access(SECRET_LINK)
def ticket_by_short_link(secret: str) -> ResponseReturnValue:
    ticket = queries.ticket_by_secret(secret) or abort(404)
    return redirect(url_for("registrations.ticket", secret=secret, language=ticket.language))


def _published(slug: str) -> EventFacts:
    return published_event(slug) or abort(404)


def _ticket(secret: str) -> tuple[Ticket, EventFacts]:
    ticket = queries.ticket_by_secret(secret) or abort(404)
    return ticket, events.event_by_id(ticket.event_id) or abort(404)


def _was_answered(event: EventFacts, form: RegistrationForm) -> bool:
    """A visitor whose answer got lost, and who sends the form again after registration closed."""
    if not form.validate():
        return False
    answers = form.answers
    body_hash = actions.body_hash(event.id, **vars(answers))
    return queries.was_answered(key=form.sent_key, body_hash=body_hash)


def _register(event: EventFacts, form: RegistrationForm) -> None:
    actions.register(
        event_id=event.id,
        **vars(form.answers),
        language=language(),
        key=form.sent_key,
        at=now(),
    )


def _too_few(event: EventFacts, form: RegistrationForm, left: int) -> str:
    if left == 0:
        refused = refusal(event, seats_left=0, at=now())
        return _form_page(event, form, refused=refused, keeps_form=True)
    told = _n(
        "Only %(count)s seat is left. Come with fewer people, or look again later.",
        "Only %(count)s seats are left. Come with fewer people, or look again later.",
        left,
        count=format_number(left),
    )
    form.party.errors = [told]
    return _form_page(event, form)


def _form_page(
    event: EventFacts,
    form: RegistrationForm,
    *,
    refused: str | None = None,
    keeps_form: bool = False,
) -> str:
    """``keeps_form``: below the refusal stands what was typed, since a seat may become free."""
    return render(
        "registrations/form.html",
        fragment="answer",
        card=events.card_of(event),
        form=form,
        refused=refused,
        shows_form=keeps_form or not refused,
        is_fragment=htmx.is_request(),
    )
