"""Every address declares who may open it; one that does not is open to nobody."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Address

from showcase.access import DEVELOPMENT, PUBLIC, SECRET_LINK, Rule, access, rule_of
from tests.conftest import AppMaker
from tests.pages import parse, words

PRODUCTION = {"SHOWCASE_ENV": "production", "SHOWCASE_PUBLIC_URL": "http://localhost"}

# What a stranger may change, and by which rule. A new line here is a decision.
UNSAFE = {
    ("POST", "contacts.change", "secret-link"),
    ("POST", "contacts.confirm", "secret-link"),
    ("POST", "erasing.erase", "secret-link"),
    ("POST", "lost.open_by_code", "public"),
    ("POST", "lost.send", "public"),
    ("POST", "registrations.create", "public"),
    ("POST", "tickets.accept_invitation", "secret-link"),
    ("POST", "tickets.accept_offer", "secret-link"),
    ("POST", "tickets.cancel", "secret-link"),
    ("POST", "tickets.change", "secret-link"),
    ("POST", "tickets.decline_invitation", "secret-link"),
    ("POST", "tickets.decline_offer", "secret-link"),
    ("POST", "tickets.leave_list", "secret-link"),
    ("POST", "voice.cast_vote", "secret-link"),
    ("POST", "voice.fill_in_slip", "secret-link"),
    ("POST", "voice.give_feedback", "secret-link"),
}
NOT_FOR_EVERYBODY = {
    "certificates.show": SECRET_LINK,
    "contact_links.show": SECRET_LINK,
    "contacts.ask": SECRET_LINK,
    "contacts.change": SECRET_LINK,
    "contacts.confirm": SECRET_LINK,
    "contacts.edit": SECRET_LINK,
    "erasing.ask": SECRET_LINK,
    "erasing.erase": SECRET_LINK,
    "gallery.index": DEVELOPMENT,
    "gallery.messages": DEVELOPMENT,
    "mailbox.index": DEVELOPMENT,
    "mailbox.show": DEVELOPMENT,
    "short_links.show_short": SECRET_LINK,
    "tickets.accept_invitation": SECRET_LINK,
    "tickets.accept_offer": SECRET_LINK,
    "tickets.ask_to_cancel": SECRET_LINK,
    "tickets.calendar": SECRET_LINK,
    "tickets.cancel": SECRET_LINK,
    "tickets.change": SECRET_LINK,
    "tickets.decline_invitation": SECRET_LINK,
    "tickets.decline_offer": SECRET_LINK,
    "tickets.edit": SECRET_LINK,
    "tickets.leave_list": SECRET_LINK,
    "tickets.show": SECRET_LINK,
    "voice.cast_vote": SECRET_LINK,
    "voice.feedback": SECRET_LINK,
    "voice.fill_in_slip": SECRET_LINK,
    "voice.give_feedback": SECRET_LINK,
    "voice.slip": SECRET_LINK,
    "voice.vote": SECRET_LINK,
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def addresses(app: Flask) -> Iterator[Address]:
    return app.url_map.iter_rules()


def test_every_endpoint_and_method_declares_a_rule(site: Flask) -> None:
    undeclared = [
        f"{method} {address.rule}"
        for address in addresses(site)
        for method in sorted(address.methods or ())
        if rule_of(site, address.endpoint) is None
    ]

    assert undeclared == []


def test_every_address_that_changes_something_is_known(site: Flask) -> None:
    unsafe = set()
    for address in addresses(site):
        rule = rule_of(site, address.endpoint)
        assert rule
        methods = (address.methods or set()) - SAFE_METHODS
        unsafe |= {(method, address.endpoint, rule.name) for method in methods}

    assert unsafe == UNSAFE


def test_every_other_address_is_public(site: Flask) -> None:
    found = {address.endpoint: rule_of(site, address.endpoint) for address in addresses(site)}

    assert {name: rule for name, rule in found.items() if rule is not PUBLIC} == NOT_FOR_EVERYBODY


@pytest.fixture
def engine() -> str:
    """The database plays no part in what is shown here."""
    return "sqlite"


@pytest.fixture
def forgotten(app: Flask) -> FlaskClient:
    """A site with a view whose author forgot to say who may use it."""
    app.add_url_rule("/en/forgotten", "forgotten", lambda: "secret", methods=["GET", "POST"])
    return app.test_client()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_undeclared_address_is_refused_at_run_time(
    forgotten: FlaskClient, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = forgotten.open("/en/forgotten", method=method)

    assert response.status_code == 403
    assert "secret" not in response.text
    assert [
        record.getMessage() for record in caplog.records if record.levelno == logging.ERROR
    ] == ["forgotten declares no access rule, so it is open to nobody"]


def test_address_whose_rule_says_no_looks_like_none(app: Flask) -> None:
    nobody = access(Rule("nobody", lambda: False))
    app.add_url_rule("/en/closed", "closed", nobody(lambda: "secret"))
    client = app.test_client()

    closed, missing = client.get("/en/closed"), client.get("/en/missing")

    assert closed.status_code == 404
    assert words(parse(closed.text)) == words(parse(missing.text))


@pytest.mark.parametrize(("method", "endpoint", "_rule"), sorted(UNSAFE))
def test_change_without_the_token_of_a_form_is_refused(
    app: Flask, client: FlaskClient, method: str, endpoint: str, _rule: str
) -> None:
    values = {"language": "en", "slug": "x", "secret": "x", "token": "x", "wait_id": 1}
    address = app.url_map.bind("localhost").build(
        endpoint, values, method=method, append_unknown=False
    )

    assert client.open(address, method=method).status_code == 400


def test_mailbox_is_open_in_development_only(make: AppMaker) -> None:
    development = make().test_client().get("/mailbox")
    production = make(**PRODUCTION).test_client().get("/mailbox")

    assert (development.status_code, production.status_code) == (200, 404)
