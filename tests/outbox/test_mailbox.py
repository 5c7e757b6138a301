from flask import Flask

from showcase.outbox.sending import send_due
from tests.conftest import AppMaker
from tests.outbox.builders import owe
from tests.pages import parse
from tests.registrations.forms import texts
from tests.registrations.people import secret_of


def sent(app: Flask) -> None:
    with app.app_context():
        send_due(10)


def test_the_mailbox_lists_messages_newest_first(app: Flask) -> None:
    owe(app, email="rahima@example.com")
    owe(app, phone="+8801811000000")
    sent(app)

    page = app.test_client().get("/mailbox")

    links = [link.attrs["href"] for link in parse(page.text).query("main li a")]
    assert links == ["/mailbox/3", "/mailbox/2", "/mailbox/1"]


def test_a_message_in_the_mailbox_opens_its_ticket(app: Flask) -> None:
    owe(app, email="rahima@example.com")
    sent(app)
    client = app.test_client()

    sms, email = client.get("/mailbox/1"), client.get("/mailbox/2")

    assert texts(email, "h1") == ["Your ticket: Kurigram Fair"]
    for page, path in ((sms, f"/t/{secret_of(app)}"), (email, f"/en/tickets/{secret_of(app)}")):
        (link,) = [a.attrs["href"] for a in parse(page.text).query("main p a")]
        assert link == f"http://127.0.0.1:8000{path}"
        assert client.get(path).status_code in (200, 302)


def test_an_empty_mailbox_says_so(app: Flask) -> None:
    assert app.test_client().get("/mailbox").status_code == 200


def test_a_message_that_is_not_there_is_not_found(app: Flask) -> None:
    client = app.test_client()

    for path in ("/mailbox/1", "/mailbox/../secret_key", "/mailbox/x", "/mailbox/-1"):
        assert client.get(path).status_code == 404


def test_in_production_there_is_no_mailbox(make: AppMaker) -> None:
    app = make(
        SHOWCASE_ENV="production",
        SHOWCASE_PUBLIC_URL="https://showcase.gov.bd",
    )
    owe(app, email="rahima@example.com")
    sent(app)
    client = app.test_client()

    for path in ("/mailbox", "/mailbox/1"):
        assert client.get(path, base_url="https://showcase.gov.bd").status_code == 404
