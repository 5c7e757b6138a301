"""Erasing a registration on its owner's request."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import PUBLIC, SECRET_LINK, access
from showcase.db import now
from showcase.events.queries import card_of
from showcase.headers import unlisted
from showcase.registrations.erasure import erase as erase_for_good
from showcase.registrations.forms import ButtonForm
from showcase.registrations.tickets.secret_pages import found
from showcase.templating import render

erasing = unlisted(Blueprint("erasing", __name__, url_prefix="/<any(bn, en):language>/tickets"))


@erasing.get("/<secret>/erase")
@access(SECRET_LINK)
def ask(secret: str) -> ResponseReturnValue:
    ticket, event = found(secret)
    is_to_come = not ticket.has_ended and now() < event.ends
    return render(
        "erasing/ask.html",
        ticket=ticket,
        card=card_of(event),
        is_to_come=is_to_come,
        form=ButtonForm(),
    )


@erasing.post("/<secret>/erase")
@access(SECRET_LINK)
def erase(secret: str) -> ResponseReturnValue:
    found(secret)
    erase_for_good(secret=secret, at=now())
    return htmx.see_other(url_for(".done"))


@erasing.get("/erased")
@access(PUBLIC)
def done() -> ResponseReturnValue:
    return render("erasing/done.html")
