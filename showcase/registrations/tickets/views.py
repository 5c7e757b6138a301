"""The ticket behind its secret link, and what its owner can do with it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import SECRET_LINK, access
from showcase.db import now
from showcase.events.calendar import MEDIA_TYPE
from showcase.events.queries import EventFacts, card_of
from showcase.events.when import told_times
from showcase.gate.queries import is_checked_in
from showcase.headers import unlisted
from showcase.i18n import format_number, language
from showcase.registrations import actions, answering, changing, queries
from showcase.registrations.errors import (
    AlreadyIn,
    EventIsOver,
    NotEnoughSeats,
    OfferOpen,
    PartyTooLarge,
    SessionsFull,
)
from showcase.registrations.forms import ButtonForm, ChangeForm, InvitationForm
from showcase.registrations.queries import Ticket
from showcase.registrations.refusals import sessions_full, too_few
from showcase.registrations.sessions import choices
from showcase.registrations.tickets.calendar import FILENAME, calendar_file
from showcase.registrations.tickets.change_form import change_form
from showcase.registrations.tickets.page import may_change, ticket_page
from showcase.registrations.tickets.secret_pages import found
from showcase.templating import render

tickets = unlisted(Blueprint("tickets", __name__, url_prefix="/<any(bn, en):language>/tickets"))
short_links = unlisted(Blueprint("short_links", __name__, url_prefix="/t"))


@tickets.get("/<secret>")
@access(SECRET_LINK)
def show(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    page = ticket_page(ticket, event, at=now())
    filled = {"party": format_number(ticket.party)}
    # A form sets a cookie, which a ticket that asks nothing does without.
    return render(
        "tickets/show.html",
        page=page,
        form=ButtonForm() if page.may_answer or page.places else None,
        invitation=InvitationForm(most=ticket.party, data=filled) if page.may_answer else None,
    )


@tickets.get("/<secret>.ics")
@access(SECRET_LINK)
def calendar(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    headers = {
        "Content-Type": MEDIA_TYPE,
        "Content-Disposition": f'attachment; filename="{FILENAME}"',
    }
    return calendar_file(ticket, event, language=language(), at=now()), headers


@tickets.get("/<secret>/change")
@access(SECRET_LINK)
def edit(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if not may_change(ticket, event, now()):
        return redirect(url_for(".show", secret=secret), HTTPStatus.SEE_OTHER)
    return _change_page(ticket, event, change_form(ticket, event, filled=True))


@tickets.post("/<secret>/change")
@access(SECRET_LINK)
def change(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if now() >= event.ends:
        raise EventIsOver
    _refuse_who_is_in(ticket)
    form = change_form(ticket, event)
    if not form.validate():
        return _change_page(ticket, event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        joins_list = form.wait.data and event.keeps_list
        changing.change(secret=secret, wish=form.wish, joins_list=joins_list, at=now())
    except NotEnoughSeats as error:
        form.party.errors = [too_few(error.seats_left)]
    except SessionsFull as error:
        form.sessions.errors = [sessions_full(event, error)]
        page = _change_page(ticket, event, form, may_wait=event.keeps_list)
        return page, error.status
    except (OfferOpen, PartyTooLarge) as error:
        form.form_errors.append(error.sentence)
    else:
        return _back(secret)
    return _change_page(ticket, event, form), HTTPStatus.CONFLICT


@tickets.get("/<secret>/cancel")
@access(SECRET_LINK)
def ask_to_cancel(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if not may_change(ticket, event, now()):
        return redirect(url_for(".show", secret=secret), HTTPStatus.SEE_OTHER)
    return render("tickets/cancel.html", **_about(ticket, event), form=ButtonForm())


@tickets.post("/<secret>/cancel")
@access(SECRET_LINK)
def cancel(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if not ticket.has_ended and now() >= event.ends:
        raise EventIsOver
    _refuse_who_is_in(ticket)
    actions.cancel(secret=secret, at=now())
    return _back(secret)


@tickets.post("/<secret>/offers/<int:wait_id>/accept")
@access(SECRET_LINK)
def accept_offer(secret: str, wait_id: int) -> ResponseReturnValue:
    _ticket, event = found(secret)
    answering.accept_offer(
        secret=secret, wait_id=wait_id, needs_approval=event.asks_approval, at=now()
    )
    return _back(secret)


@tickets.post("/<secret>/offers/<int:wait_id>/decline")
@access(SECRET_LINK)
def decline_offer(secret: str, wait_id: int) -> ResponseReturnValue:
    found(secret)
    answering.decline_offer(secret=secret, wait_id=wait_id, at=now())
    return _back(secret)


@tickets.post("/<secret>/waiting/<int:wait_id>/leave")
@access(SECRET_LINK)
def leave_list(secret: str, wait_id: int) -> ResponseReturnValue:
    found(secret)
    answering.leave_list(secret=secret, wait_id=wait_id, at=now())
    return _back(secret)


@tickets.post("/<secret>/invitation/accept")
@access(SECRET_LINK)
def accept_invitation(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if not ticket.is_invited:
        return _back(secret)
    form = InvitationForm(most=ticket.party)
    if not form.validate():
        page = ticket_page(ticket, event, at=now())
        html = render("tickets/show.html", page=page, form=ButtonForm(), invitation=form)
        return html, HTTPStatus.UNPROCESSABLE_ENTITY
    answering.accept_invitation(secret=secret, party=form.people, at=now())
    return _back(secret)


@tickets.post("/<secret>/invitation/decline")
@access(SECRET_LINK)
def decline_invitation(secret: str) -> ResponseReturnValue:
    ticket, _event = found(secret)
    if ticket.is_invited:
        answering.decline_invitation(secret=secret, at=now())
    return _back(secret)


@short_links.get("/<secret>")
@access(SECRET_LINK)
def show_short(secret: str) -> ResponseReturnValue:
    ticket = queries.ticket_by_secret(secret) or abort(404)
    return redirect(url_for("tickets.show", secret=secret, language=ticket.language))


def _change_page(
    ticket: Ticket, event: EventFacts, form: ChangeForm, *, may_wait: bool = False
) -> str:
    return render(
        "tickets/change.html",
        **_about(ticket, event),
        form=form,
        choices=choices(event, now(), kept=form.kept_sessions()),
        may_wait=may_wait,
    )


def _about(ticket: Ticket, event: EventFacts) -> dict[str, Any]:
    """What a page around the ticket repeats of it."""
    when = told_times(event.starts, event.ends, language())
    return {"ticket": ticket, "card": card_of(event), "when": when}


def _refuse_who_is_in(ticket: Ticket) -> None:
    if is_checked_in(ticket.registration_id):
        raise AlreadyIn


def _back(secret: str) -> ResponseReturnValue:
    return htmx.see_other(url_for(".show", secret=secret))
