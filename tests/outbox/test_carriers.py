from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from showcase.outbox.actions import Attachment, Email, Sms
from showcase.outbox.carriers import (
    CarrierError,
    Folder,
    MailServer,
    NoSafeLogin,
    Parcel,
    RefusedByGateway,
    RefusedForGood,
    SmsGateway,
    carrier_for,
)
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
        MailServer(box.url, sender=SENDER).send(parcel(LETTER))

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
def test_a_refused_address_is_told_apart_from_one_that_is_busy(
    answer: str, error: type[CarrierError]
) -> None:
    with mail_server() as box:
        box.answer = answer
        with pytest.raises(CarrierError) as refused:
            MailServer(box.url, sender=SENDER).send(parcel(LETTER))

    assert type(refused.value) is error


def test_a_password_is_not_told_to_a_server_without_encryption() -> None:
    with mail_server() as box:
        server = MailServer(box.url.replace("//", "//user:p%40ss@"), sender=SENDER)
        with pytest.raises(NoSafeLogin):
            server.send(parcel(LETTER))

    assert box.letters == []


def test_a_mail_server_that_is_down_is_an_error() -> None:
    with mail_server() as box:
        url = box.url

    with pytest.raises(OSError, match="refused"):
        MailServer(url, sender=SENDER).send(parcel(LETTER))


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
    ("status", "answer", "success", "is_taken"),
    [
        (200, "anything", "", True),
        (202, "", "", True),
        (200, '{"response_code": 202}', '"response_code": 202', True),
        (200, '{"response_code": 1007}', '"response_code": 202', False),
        (500, "accepted", "", False),
        (403, "accepted", "accepted", False),
    ],
)
def test_a_gateway_says_whether_it_took_the_message(
    status: int, answer: str, success: str, is_taken: bool
) -> None:
    with sms_gateway() as taken:
        taken.status, taken.answer = status, answer
        if is_taken:
            gateway(taken.url, success).send(parcel(SMS))
        else:
            with pytest.raises(RefusedByGateway):
                gateway(taken.url, success).send(parcel(SMS))

    assert len(taken.forms) == 1


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
