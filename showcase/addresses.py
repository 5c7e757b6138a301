"""Addresses as the whole world knows them: from the settings, never from the Host header."""

from typing import Any

from flask import current_app, url_for


def public_url(endpoint: str, **values: Any) -> str:
    """In the language of the page unless ``language`` is given."""
    return absolute(url_for(endpoint, **values))


def absolute(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{path}"
