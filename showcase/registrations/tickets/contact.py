"""Another number or address for a ticket's messages, and its confirmation by whoever reads it.

The two are strangers to each other until that is done: the owner learns nothing of the number that
was typed, and its reader nothing of the ticket.
"""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import PUBLIC, SECRET_LINK, access
from showcase.db import now
from showcase.events.queries import EventFacts, card_of
from showcase.headers import unlisted
from showcase.i18n import digits
from showcase.registrations import changing, queries
from showcase.registrations.forms import ButtonForm
from showcase.registrations.queries import Contact, Ticket
from showcase.registrations.secret import ContactToken, read_contact_token
from showcase.registrations.tickets.contact_form import ContactForm
from showcase.registrations.tickets.secret_pages import found
from showcase.templating import render

contacts = unlisted(Blueprint("contacts", __name__, url_prefix="/<any(bn, en):language>"))
contact_links = unlisted(Blueprint("contact_links", __name__, url_prefix="/c"))


@contacts.get("/tickets/<secret>/contact")
@access(SECRET_LINK)
def edit(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    if ticket.has_ended:
        return _to_ticket(secret)
    phone, email = ticket.new_phone or ticket.phone, ticket.new_email or ticket.email
    return _page(ticket, event, ContactForm(data={"phone": _as_typed(phone), "email": email}))


@contacts.post("/tickets/<secret>/contact")
@access(SECRET_LINK)
def change(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    form = ContactForm()
    if not form.validate():
        return _page(ticket, event, form), HTTPStatus.UNPROCESSABLE_ENTITY
    changing.change_contact(secret=secret, phone=form.number, email=form.address, at=now())
    return _to_ticket(secret)


@contacts.get("/contact/<token>")
@access(SECRET_LINK)
def ask(token: str) -> ResponseReturnValue:
    """A button, and nothing that happens by itself: programs open every link of a message."""
    _token, contact = _proved(token)
    if contact.is_confirmed:
        return redirect(url_for(".confirmed"), HTTPStatus.SEE_OTHER)
    return render("contacts/ask.html", token=token, form=ButtonForm())


@contacts.post("/contact/<token>")
@access(SECRET_LINK)
def confirm(token: str) -> ResponseReturnValue:
    proof, _contact = _proved(token)
    changing.confirm_contact(token=proof, at=now())
    return htmx.see_other(url_for(".confirmed"))


@contacts.get("/contact/confirmed")
@access(PUBLIC)
def confirmed() -> ResponseReturnValue:
    return render("contacts/confirmed.html")


@contact_links.get("/<token>")
@access(SECRET_LINK)
def show(token: str) -> ResponseReturnValue:
    _token, contact = _proved(token)
    return redirect(url_for("contacts.ask", token=token, language=contact.language))


def _proved(told: str) -> tuple[ContactToken, Contact]:
    token = read_contact_token(told) or abort(404)
    return token, queries.contact_of(token) or abort(404)


def _page(ticket: Ticket, event: EventFacts, form: ContactForm) -> str:
    return render("contacts/edit.html", ticket=ticket, card=card_of(event), form=form)


def _as_typed(phone: str | None) -> str:
    """``+8801711000000`` as people of the country write it: 01711000000, in the page's digits."""
    return digits(phone.removeprefix("+88")) if phone else ""


def _to_ticket(secret: str) -> ResponseReturnValue:
    return htmx.see_other(url_for("tickets.show", secret=secret))
