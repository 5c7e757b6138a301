import re

import pytest
from flask import Flask

from showcase.outbox.actions import Email, Sms
from showcase.registrations.actions import cancel
from showcase.registrations.errors import TicketKeyChanged
from showcase.registrations.messages import compose
from tests.conftest import AppMaker
from tests.registrations.builders import make_event
from tests.registrations.people import NOON, RAHIMA, ask, registration, secret_of

# As long as government addresses get: 37 letters.
LONG_ADDRESS = "https://innovationshowcase.a2i.gov.bd"


def sms(registration_id: int, kind: str = "confirmation") -> Sms:
    message = compose(registration_id, kind, "sms")
    assert isinstance(message, Sms)
    return message


def email(registration_id: int, kind: str = "confirmation") -> Email:
    message = compose(registration_id, kind, "email")
    assert isinstance(message, Email)
    return message


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("address", ["https://showcase.gov.bd", LONG_ADDRESS])
def test_a_ticket_sms_is_one_part_and_holds_the_whole_link(
    make: AppMaker, address: str, language: str
) -> None:
    app = make(SHOWCASE_PUBLIC_URL=address)
    event = make_event(app)

    with app.app_context():
        receipt = ask(event, language=language)
        message = sms(receipt.registration_id)

    assert message.to == RAHIMA
    assert message.parts == 1
    assert message.text.endswith(f"{address}/t/{secret_of(app)}")


def test_a_bangla_sms_is_in_bangla_and_at_most_70_letters(make: AppMaker) -> None:
    app = make(SHOWCASE_PUBLIC_URL=LONG_ADDRESS)

    with app.app_context():
        text = sms(ask(make_event(app), language="bn").registration_id).text

    assert len(text.encode("utf-16-le")) // 2 <= 70
    assert re.search("[\u0980-\u09ff]", text)


def test_an_address_too_long_for_bangla_is_sent_in_latin_letters(make: AppMaker) -> None:
    app = make(SHOWCASE_PUBLIC_URL="https://" + "showcase." * 5 + "gov.bd")

    with app.app_context():
        receipt = ask(make_event(app), language="bn")
        message = sms(receipt.registration_id)
        code = registration(receipt.registration_id).code

    assert message.parts == 1
    assert message.text.startswith(f"Ticket {code}: https://showcase.")


def test_an_english_sms_tells_the_event_and_the_code(app: Flask) -> None:
    with app.app_context():
        receipt = ask(make_event(app), language="en")
        text = sms(receipt.registration_id).text
        code = registration(receipt.registration_id).code

    assert text == (
        "Kurigram Fair, 14 January 2090: "
        f"your ticket {code} http://127.0.0.1:8000/t/{secret_of(app)}"
    )


def test_a_ticket_email_holds_the_ticket_in_text_html_and_calendar(app: Flask) -> None:
    with app.app_context():
        receipt = ask(make_event(app), email="rahima@example.com", party=3)
        message = email(receipt.registration_id)
        code = registration(receipt.registration_id).code

    link = f"http://127.0.0.1:8000/en/tickets/{secret_of(app)}"
    assert message.to == "rahima@example.com"
    assert message.subject == "Your ticket: Kurigram Fair"
    for told in ("Rahima Begum", link, code, "14–16 January 2090", "College Field", "People: 3"):
        assert told in message.text
        assert told in message.html
    (calendar,) = message.attachments
    assert (calendar.filename, calendar.parameters) == ("ticket.ics", {"method": "PUBLISH"})
    assert "STATUS:CONFIRMED" in calendar.content


def test_a_bangla_email_speaks_bangla_throughout(app: Flask) -> None:
    with app.app_context():
        receipt = ask(make_event(app), email="rahima@example.com", party=3, language="bn")
        message = email(receipt.registration_id)

    assert "কুড়িগ্রাম মেলা" in message.subject
    assert "১৪–১৬ জানুয়ারি ২০৯০" in message.text
    assert "৩" in message.text
    assert '<html lang="bn">' in message.html


def test_a_name_cannot_write_html_into_an_email(app: Flask) -> None:
    with app.app_context():
        receipt = ask(make_event(app), name="<b>Rahima", email="rahima@example.com")
        message = email(receipt.registration_id)

    assert "Dear &lt;b&gt;Rahima," in message.html
    assert "Dear <b>Rahima," in message.text


def test_a_cancelled_registration_gets_no_ticket_any_more(app: Flask) -> None:
    with app.app_context():
        receipt = ask(make_event(app), email="rahima@example.com")
        cancel(secret=secret_of(app), at=NOON)

        assert compose(receipt.registration_id, "confirmation", "sms") is None
        assert compose(receipt.registration_id, "confirmation", "email") is None


@pytest.mark.parametrize("language", ["bn", "en"])
def test_a_cancellation_is_confirmed(app: Flask, language: str) -> None:
    with app.app_context():
        receipt = ask(make_event(app), email="rahima@example.com", language=language)
        cancel(secret=secret_of(app), at=NOON)
        by_sms = sms(receipt.registration_id, "cancellation")
        by_email = email(receipt.registration_id, "cancellation")
        code = registration(receipt.registration_id).code

    assert by_sms.parts == 1
    assert code in by_sms.text
    assert code in by_email.text
    assert "STATUS:CANCELLED" in by_email.attachments[0].content


def test_nothing_is_written_to_who_is_no_longer_stored(app: Flask) -> None:
    with app.app_context():
        assert compose(4711, "confirmation", "sms") is None


def test_a_link_that_would_open_nothing_is_not_sent(make: AppMaker) -> None:
    app, changed = make(), make(SHOWCASE_SECRET_KEY="another-secret-" * 4)
    with app.app_context():
        receipt = ask(make_event(app))

    with changed.app_context(), pytest.raises(TicketKeyChanged):
        compose(receipt.registration_id, "confirmation", "sms")


def test_a_change_of_key_leaves_tickets_that_were_sent_open(make: AppMaker) -> None:
    app, changed = make(), make(SHOWCASE_SECRET_KEY="another-secret-" * 4)
    with app.app_context():
        ask(make_event(app))

    assert changed.test_client().get(f"/en/tickets/{secret_of(app)}").status_code == 200
