"""What all pages behind a ticket's secret link have in common."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from showcase.events.queries import EventFacts, event_by_id
from showcase.registrations.queries import Ticket, ticket_by_secret


def unlisted(blueprint: Blueprint) -> Blueprint:
    """Keep its pages out of search engines."""

    def keep_out(response: Response) -> Response:
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    blueprint.after_request(keep_out)
    return blueprint


def found(secret: str) -> tuple[Ticket, EventFacts]:
    ticket = ticket_by_secret(secret) or abort(404)
    return ticket, event_by_id(ticket.event_id) or abort(404)
