"""The ticket that was lost: its link is sent again, or its code opens it.

Neither page tells whether a number or an address is known here.
"""

from http import HTTPStatus
from typing import Final

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from showcase import htmx
from showcase.access import PUBLIC, access
from showcase.db import now
from showcase.events.queries import coming_events
from showcase.headers import unlisted
from showcase.limits import Limit, address, refuse_if_spent, spend
from showcase.registrations import finding, queries
from showcase.registrations.queries import Ticket
from showcase.registrations.secret import fingerprint
from showcase.registrations.tickets.lost_forms import CodeForm, LostForm
from showcase.registrations.trying_out import is_tried_out
from showcase.templating import render

lost = unlisted(Blueprint("lost", __name__, url_prefix="/<any(bn, en):language>/tickets/lost"))

# A school that finds its tickets again on the morning of the fair does it in ten minutes. To one
# ticket go three messages an hour, whoever asks (registrations/finding.py).
ASKED: Final = Limit("lost tickets", parse("300 per 10 minutes"))
# Wrong pairs. 17,000 million codes would take one number two hundred thousand years.
WRONG_FOR_A_NUMBER: Final = Limit("wrong codes of a number", parse("10 per hour"))
WRONG_FROM_AN_ADDRESS: Final = Limit("wrong codes", parse("300 per 10 minutes"))


@lost.get("")
@access(PUBLIC)
def show() -> ResponseReturnValue:
    return _page(LostForm(), CodeForm())


@lost.post("")
@access(PUBLIC)
def send() -> ResponseReturnValue:
    spend(ASKED)
    form = LostForm()
    if not form.validate():
        return _page(form, CodeForm(formdata=None)), HTTPStatus.UNPROCESSABLE_ENTITY
    event_ids = [card.event.id for card in coming_events()]
    finding.send_links(phone=form.phone, email=form.email, event_ids=event_ids, at=now())
    return htmx.see_other(url_for(".sent"))


@lost.get("/sent")
@access(PUBLIC)
def sent() -> ResponseReturnValue:
    return render("lost/sent.html", is_tried_out=is_tried_out())


@lost.get("/code")
@access(PUBLIC)
def have_code() -> ResponseReturnValue:
    """Where the browser comes back to after a wrong code."""
    return _page(LostForm(), CodeForm())


@lost.post("/code")
@access(PUBLIC)
def open_by_code() -> ResponseReturnValue:
    form = CodeForm()
    # Never in clear: the counter may be a server of its own.
    number = fingerprint("wrong code", form.number or address())
    refuse_if_spent(WRONG_FROM_AN_ADDRESS)
    refuse_if_spent(WRONG_FOR_A_NUMBER, number)
    ticket = _ticket_of(form) if form.validate() else None
    if ticket is None:
        spend(WRONG_FROM_AN_ADDRESS)
        spend(WRONG_FOR_A_NUMBER, number)
        form.refuse()
        return _page(LostForm(formdata=None), form), HTTPStatus.UNPROCESSABLE_ENTITY
    return htmx.see_other(url_for("tickets.show", secret=ticket.secret))


def _ticket_of(form: CodeForm) -> Ticket | None:
    if form.number is None:
        return None
    return queries.ticket_by_code(code=form.printed_code, phone=form.number)


def _page(lost_form: LostForm, code_form: CodeForm) -> str:
    wrong = code_form if code_form.errors else lost_form
    return render("lost/show.html", form=lost_form, code_form=code_form, wrong=wrong)
