"""Addresses of a ticket, for messages and codes: built from the settings, never from a request."""

from typing import Any

from flask import current_app


def ticket_link(secret: str, language: str) -> str:
    return _address("registrations.ticket", secret=secret, language=language)


def short_link(secret: str) -> str:
    """For an SMS, where 70 Bangla letters have to hold it."""
    return _address("short_links.ticket_by_short_link", secret=secret)


def _address(endpoint: str, **values: Any) -> str:
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"
