import socket
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from showcase.outbox import mail_server as mail_server_module
from showcase.outbox.actions import Attachment, Email, Sms
from showcase.outbox.carriers import Folder, carrier_for
from showcase.outbox.errors import (
    CarrierError,
    OutOfReach,
    RefusedByGateway,
    RefusedForGood,
)
from showcase.outbox.mail_server import MailServer
from showcase.outbox.parcel import Parcel
from showcase.outbox.sms_gateway import SmsGateway
from tests.conftest import AppMaker
from tests.outbox.builders import mail_server, sms_gateway

CALENDAR = Attachment("ticket.ics", "calendar", "BEGIN:VCALENDAR\r\n", {"method": "PUBLISH"})
LETTER = Email(
    to="rahima@example.com",
    subject="আপনার টিকিট: কুড়িগ্রাম মেলা",
    text="প্রিয় রহিমা,\nhttps://example.com/bn/tickets/abc\n",
    html="<p>প্রিয় রহিমা</p>",
    attachments=(CALENDAR,),
)
SMS = Sms("+8801711000000", "টিকিট: https://example.com/t/abc")
SENDER = "showcase@example.com"


def parcel(message: Email | Sms) -> Parcel:
    return Parcel(7, "<7.20261130@example.com>", message)


def deliver(url: str) -> None:
    with closing(MailServer(url, sender=SENDER)) as server:
        server.send(parcel(LETTER))


def gateway(url: str, success: str = "") -> SmsGateway:
    return SmsGateway(
        url,
        fields="api_key=k%20ey&sender=Showcase",
        to_field="number",
        text_field="message",
        success=success,
    )


def test_a_mail_server_gets_the_whole_letter() -> None:
    with mail_server() as box:
        deliver(box.url)

    (raw,) = box.letters
    letter = message_from_bytes(raw.as_bytes(), policy=default)
    assert box.recipients == ["rahima@example.com"]
    assert letter["Subject"] == LETTER.subject
    assert letter["From"] == SENDER
    assert letter["Message-ID"] == "<7.20261130@example.com>"
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content() == LETTER.text
    assert html.get_content().strip() == LETTER.html
    (calendar,) = letter.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_filename() == "ticket.ics"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("550 5.1.1 No such mailbox", RefusedForGood),
        ("450 4.2.1 Mailbox busy, try again", CarrierError),
    ],
)
@pytest.mark.parametrize("stage", ["answer", "verdict"])
def test_what_is_refused_for_good_is_told_apart_from_what_may_be_taken_later(
    answer: str, error: type[CarrierError], stage: str
) -> None:
    """Whether the server dislikes the address or the letter itself."""
    with mail_server() as box:
        setattr(box, stage, answer)
        with pytest.raises(CarrierError) as refused:
            deliver(box.url)

    assert type(refused.value) is error


def test_a_password_is_not_told_to_a_server_without_encryption() -> None:
    with mail_server() as box, pytest.raises(OutOfReach, match="NoSafeLogin"):
        deliver(box.url.replace("//", "//user:p%40ss@"))

    assert box.letters == []


def test_a_mail_server_that_is_down_is_out_of_reach() -> None:
    with mail_server() as box:
        url = box.url

    with pytest.raises(OutOfReach, match="ConnectionRefusedError"):
        deliver(url)


def test_letters_go_over_one_connection_until_it_is_closed() -> None:
    with mail_server() as box, closing(MailServer(box.url, sender=SENDER)) as server:
        for _ in range(3):
            server.send(parcel(LETTER))
        server.close()
        server.send(parcel(LETTER))

    assert (len(box.letters), box.connections) == (4, 2)


def test_a_refused_letter_leaves_the_connection_open() -> None:
    with mail_server() as box, closing(MailServer(box.url, sender=SENDER)) as server:
        for answer, verdict in (("550 no", "250 OK"), ("250 OK", "550 no")):
            box.answer, box.verdict = answer, verdict
            with pytest.raises(RefusedForGood):
                server.send(parcel(LETTER))
        box.verdict = "250 OK"
        server.send(parcel(LETTER))

    assert (len(box.letters), box.connections) == (1, 1)


def test_a_server_that_takes_few_letters_over_a_connection_gets_another_connection() -> None:
    with mail_server() as box:
        box.letters_per_connection = 2
        with closing(MailServer(box.url, sender=SENDER)) as server:
            for _ in range(5):
                server.send(parcel(LETTER))

    assert (len(box.letters), box.connections) == (5, 3)


def test_a_connection_that_went_stale_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_server_module, "_STALE_SECONDS", 0.0)
    with mail_server() as box, closing(MailServer(box.url, sender=SENDER)) as server:
        server.send(parcel(LETTER))
        assert server.smtp is not None
        assert server.smtp.sock is not None
        server.smtp.sock.shutdown(socket.SHUT_RDWR)
        server.send(parcel(LETTER))

    assert (len(box.letters), box.connections) == (2, 2)


def test_a_gateway_gets_number_text_and_its_own_fields() -> None:
    with sms_gateway() as taken:
        gateway(taken.url).send(parcel(SMS))

    assert taken.forms == [
        {
            "api_key": "k ey",
            "sender": "Showcase",
            "number": "8801711000000",
            "message": "টিকিট: https://example.com/t/abc",
        }
    ]


@pytest.mark.parametrize(
    ("status", "answer", "success"),
    [
        (200, "anything", ""),
        (202, "", ""),
        (200, '{"response_code": 202}', '"response_code": 202'),
    ],
)
def test_a_gateway_takes_a_message(status: int, answer: str, success: str) -> None:
    with sms_gateway() as taken:
        taken.status, taken.answer = status, answer
        gateway(taken.url, success).send(parcel(SMS))

    assert len(taken.forms) == 1


@pytest.mark.parametrize(
    ("status", "answer", "success", "error"),
    [
        (200, '{"response_code": 1007}', '"response_code": 202', RefusedByGateway),
        (500, "accepted", "", RefusedByGateway),
        (503, "accepted", "", RefusedByGateway),
        (408, "accepted", "accepted", RefusedByGateway),
        (429, "accepted", "accepted", RefusedByGateway),
        # Our key, our balance, our address of the gateway: somebody will mend it.
        (401, "accepted", "accepted", RefusedByGateway),
        (402, "accepted", "accepted", RefusedByGateway),
        (403, "accepted", "accepted", RefusedByGateway),
        (404, "accepted", "accepted", RefusedByGateway),
        (400, "accepted", "accepted", RefusedForGood),
        (422, "accepted", "accepted", RefusedForGood),
    ],
)
def test_a_gateway_says_why_it_does_not_take_a_message(
    status: int, answer: str, success: str, error: type[CarrierError]
) -> None:
    with sms_gateway() as taken:
        taken.status, taken.answer = status, answer
        with pytest.raises(CarrierError) as refused:
            gateway(taken.url, success).send(parcel(SMS))

    assert type(refused.value) is error
    assert len(taken.forms) == 1


def test_a_gateway_that_is_down_is_out_of_reach() -> None:
    with sms_gateway() as taken:
        url = taken.url

    with pytest.raises(OutOfReach, match="ConnectionRefusedError"):
        gateway(url).send(parcel(SMS))


def test_the_folder_keeps_each_message_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "outbox", sender=SENDER)

    for _ in range(2):
        folder.send(parcel(LETTER))
    folder.send(Parcel(8, "<8@example.com>", SMS))

    assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == ["7.eml", "8.txt"]
    kept = (tmp_path / "outbox" / "8.txt").read_text("utf-8")
    assert kept == "To: +8801711000000\n\nটিকিট: https://example.com/t/abc\n"


def test_the_folder_logs_no_personal_data(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        Folder(tmp_path, sender=SENDER).send(parcel(SMS))

    assert caplog.messages == ["message 7 written to the outbox folder"]


def test_settings_choose_the_carrier(app: Flask, make: AppMaker) -> None:
    sends = make(SMTP_URL="smtps://user:pass@mail.example", SMS_URL="https://sms.example/send")

    assert isinstance(carrier_for(app, "email"), Folder)
    assert isinstance(carrier_for(app, "sms"), Folder)
    assert isinstance(carrier_for(sends, "email"), MailServer)
    assert isinstance(carrier_for(sends, "sms"), SmsGateway)
