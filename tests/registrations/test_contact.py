"""Another number or e-mail for a ticket: used once its reader, perhaps a stranger, has said so."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from showcase.outbox.actions import EMAIL, SMS, Email, Sms
from showcase.registrations import changing
from showcase.registrations.actions import cancel
from showcase.registrations.errors import ContactChangedTooOften
from showcase.registrations.messages import compose
from showcase.registrations.queries import Ticket, ticket_by_id
from showcase.registrations.secret import contact_token
from showcase.registrations.tickets.links import contact_link
from tests.pages import parse, words
from tests.registrations.builders import make_event
from tests.registrations.forms import hidden, summary_of, value_of
from tests.registrations.people import (
    KARIM,
    NOON,
    RAHIMA,
    ask,
    owed,
    registration,
    secret_of,
    stored,
)

NEW_PHONE = "+8801999000000"
NEW_EMAIL = "new@example.com"


@pytest.fixture
def hers(app: Flask) -> str:
    """The path of Rahima's ticket."""
    event = make_event(app, seats=20)
    with app.app_context():
        ask(event, email="rahima@example.com")
        ask(event, name="Karim Mia", phone=KARIM)
    return f"/en/tickets/{secret_of(app)}"


def write_down(client: FlaskClient, ticket: str, phone: str, email: str = "") -> TestResponse:
    token = hidden(client.get(f"{ticket}/contact"), "csrf_token")
    fields = {"phone": phone, "email": email, "csrf_token": token}
    return client.post(f"{ticket}/contact", data=fields)


def ticket(app: Flask, registration_id: int = 1) -> Ticket:
    with app.app_context():
        found = ticket_by_id(registration_id)
        assert found is not None
        return found


def link(app: Flask, channel: str = SMS) -> str:
    """The path of the link in the message to the new contact."""
    with app.app_context():
        address = contact_link(ticket(app), channel)
    assert address is not None
    return urlsplit(address).path


def press(client: FlaskClient, path: str) -> TestResponse:
    return client.post(path, data={"csrf_token": hidden(client.get(path), "csrf_token")})


def contacts(app: Flask) -> tuple[str | None, ...]:
    row = stored(app)[0]
    return row.phone, row.email, row.new_phone, row.new_email


def test_the_form_shows_what_is_known(client: FlaskClient, hers: str) -> None:
    page = client.get(f"{hers}/contact")

    assert value_of(page, "phone") == "01711000000"
    assert value_of(page, "email") == "rahima@example.com"
    assert value_of(client.get(f"/bn{hers[3:]}/contact"), "phone") == "০১৭১১০০০০০০"


def test_a_new_number_waits_until_its_reader_says_so(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    answer = write_down(client, hers, "০১৯৯৯ ০০০০০০", "rahima@example.com")

    assert (answer.status_code, answer.location) == (303, hers)
    assert contacts(app) == (RAHIMA, "rahima@example.com", NEW_PHONE, None)
    with app.app_context():
        assert [sent for sent in owed(1) if sent[0] == "contact"] == [("contact", "sms", "ready")]

    short = client.get(link(app))
    asking = client.get(short.location)
    assert (short.status_code, asking.status_code) == (302, 200)
    # Opened by a program that follows every link: nothing has changed.
    assert contacts(app) == (RAHIMA, "rahima@example.com", NEW_PHONE, None)

    confirmed = press(app.test_client(), short.location)
    assert (confirmed.status_code, confirmed.location) == (303, "/en/contact/confirmed")
    assert client.get(confirmed.location).status_code == 200
    assert contacts(app) == (NEW_PHONE, "rahima@example.com", None, None)
    with app.app_context():
        assert owed(1)[-2:] == [("change", "sms", "ready"), ("change", "email", "ready")]
        message = compose(1, "change", SMS)
        assert isinstance(message, Sms)
        assert message.to == NEW_PHONE
        assert secret_of(app) in message.text


def test_a_new_address_waits_likewise(app: Flask, client: FlaskClient, hers: str) -> None:
    write_down(client, hers, "01711000000", "New@Example.com")

    assert contacts(app) == (RAHIMA, "rahima@example.com", None, NEW_EMAIL)
    assert press(client, link(app, EMAIL)).status_code == 303
    assert contacts(app) == (RAHIMA, NEW_EMAIL, None, None)


def test_what_is_left_empty_is_forgotten_at_once(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    write_down(client, hers, "01711000000", "")

    assert contacts(app) == (RAHIMA, None, None, None)
    write_down(client, hers, "", "new@example.com")
    # Until the new address is confirmed, there is no other.
    assert contacts(app) == (RAHIMA, None, None, NEW_EMAIL)


def test_the_old_number_stays_until_the_new_one_is_confirmed(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    write_down(client, hers, "01999000000", "")

    assert contacts(app) == (RAHIMA, None, NEW_PHONE, None)


def test_a_second_press_finds_it_done(app: Flask, client: FlaskClient, hers: str) -> None:
    write_down(client, hers, "01999000000", "rahima@example.com")
    path = client.get(link(app)).location
    token = hidden(client.get(path), "csrf_token")

    answers = [client.post(path, data={"csrf_token": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert client.get(path).location == "/en/contact/confirmed"
    assert registration_changes(app) == 1


def registration_changes(app: Flask) -> int:
    return stored(app)[0].changes


def test_a_link_for_one_number_does_not_confirm_another(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    write_down(client, hers, "01999000000", "rahima@example.com")
    old = client.get(link(app)).location
    token = hidden(client.get(old), "csrf_token")
    write_down(client, hers, "01888000000", "rahima@example.com")

    assert client.get(old).status_code == 404
    assert client.post(old, data={"csrf_token": token}).status_code == 404
    assert contacts(app)[0] == RAHIMA


def test_links_that_prove_nothing_open_nothing(app: Flask, client: FlaskClient, hers: str) -> None:
    write_down(client, hers, "01999000000", "rahima@example.com")
    true = link(app).rsplit("/", 1)[1]
    with app.app_context():
        other = ticket(app, 2)
        same = {"channel": SMS, "contact": NEW_PHONE}
        forged = [
            contact_token(registration_id=2, public_id=ticket(app).public_id, **same),
            contact_token(registration_id=1, public_id=other.public_id, **same),
            contact_token(registration_id=2, public_id=other.public_id, **same),
            contact_token(registration_id=999, public_id=ticket(app).public_id, **same),
            contact_token(
                registration_id=1, public_id=ticket(app).public_id, channel=EMAIL, contact=NEW_PHONE
            ),
        ]
    wrong = [
        *map(str, forged),
        true[:-1],
        true + "0",
        true.swapcase(),
        true.replace("s", "e", 1),
        "0" + true,
        "zzzzzz" + true[1:],
        secret_of(app),
        "%00",
        "x" * 3000,
    ]

    for token in wrong:
        assert client.get(f"/en/contact/{token}").status_code == 404, token
        assert client.get(f"/c/{token}").status_code == 404, token
    assert client.get(f"/en/contact/{true}").status_code == 200


def test_a_number_that_somebody_else_registered_with_is_told_to_its_reader_alone(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    fresh = write_down(client, hers, "01999000000", "rahima@example.com")
    strangers = write_down(client, hers, "01811000000", "rahima@example.com")

    assert (strangers.status_code, strangers.location) == (fresh.status_code, fresh.location)
    assert strangers.data == fresh.data
    path = client.get(link(app)).location
    refused = press(client, path)
    assert refused.status_code == 409
    assert "there is another registration" in refused.text
    assert contacts(app)[0] == RAHIMA


def test_the_pages_are_the_same_for_a_strangers_number_and_a_fresh_one(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    told = []
    for typed in ("01999000000", "01811000000"):
        answer = write_down(client, hers, typed, "rahima@example.com")
        page = client.get(answer.location)
        form = client.get(f"{hers}/contact")
        told.append(
            [
                words(parse(seen.text)).replace(typed, "NUMBER").replace(f"+88{typed}", "NUMBER")
                for seen in (page, form)
            ]
        )

    assert told[0] == told[1]


@pytest.mark.parametrize("channel", [SMS, EMAIL])
def test_a_stranger_reads_nothing_of_the_ticket(
    app: Flask, client: FlaskClient, hers: str, channel: str
) -> None:
    write_down(client, hers, "01999000000", NEW_EMAIL)
    with app.app_context():
        message = compose(1, "contact", channel)
        row = registration(1)
    assert message is not None
    told = str(message)
    path = link(app, channel)
    opened = client.get(path, follow_redirects=True)
    confirmed = client.get("/en/contact/confirmed")

    assert message.to == (NEW_PHONE if channel == SMS else NEW_EMAIL)
    assert path in told
    if isinstance(message, Email):
        assert message.attachments == ()
    for known in ("Rahima", secret_of(app), row.code, row.public_id, "01711", "rahima@"):
        assert known not in told
        assert known not in path
        assert known not in opened.text
        assert known not in confirmed.text
        assert known not in opened.request.path


def test_the_short_message_fits_into_one_part(app: Flask, client: FlaskClient, hers: str) -> None:
    app.config["PUBLIC_URL"] = "https://showcase.gov.bd"
    write_down(client, hers, "01999000000", "rahima@example.com")
    with app.app_context():
        message = compose(1, "contact", SMS)

    assert isinstance(message, Sms)
    assert message.parts == 1


def test_only_five_new_contacts_are_written_to_in_a_day(app: Flask, hers: str) -> None:
    def write_to(number: int, hours: int) -> None:
        changing.change_contact(
            secret=hers.rsplit("/", 1)[1],
            phone=f"+88019990000{number:02}",
            email=None,
            at=NOON + timedelta(hours=hours),
        )

    with app.app_context():
        for number in range(5):
            write_to(number, number)
        with pytest.raises(ContactChangedTooOften):
            write_to(5, 5)
        assert registration(1).new_phone == "+8801999000004"
        write_to(6, 25)
        assert registration(1).new_phone == "+8801999000006"
        ready = [sent for sent in owed(1) if sent[0] == "contact" and sent[2] == "ready"]
        assert len(ready) == 1


@pytest.mark.parametrize(
    ("phone", "email", "field"),
    [("", "", "phone"), ("123", "", "phone"), ("01711000000", "no address", "email")],
)
def test_what_cannot_be_reached_is_refused_and_kept(
    app: Flask, client: FlaskClient, hers: str, phone: str, email: str, field: str
) -> None:
    answer = write_down(client, hers, phone, email)

    assert answer.status_code == 422
    assert list(summary_of(answer)) == [field]
    assert (value_of(answer, "phone"), value_of(answer, "email")) == (phone, email)
    assert contacts(app) == (RAHIMA, "rahima@example.com", None, None)


def test_a_registration_that_ended_is_not_changed(
    app: Flask, client: FlaskClient, hers: str
) -> None:
    write_down(client, hers, "01999000000", "rahima@example.com")
    path = link(app)
    token = hidden(client.get(f"{hers}/contact"), "csrf_token")
    with app.app_context():
        cancel(secret=secret_of(app), at=NOON)

    fields = {"phone": "01888000000", "csrf_token": token}
    assert client.get(f"{hers}/contact").location == hers
    assert client.post(f"{hers}/contact", data=fields).status_code == 409
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/en/tickets/nope/contact", "/bn/tickets/nope/contact"])
def test_a_wrong_secret_is_no_page(client: FlaskClient, hers: str, path: str) -> None:
    assert client.get(path).status_code == 404
