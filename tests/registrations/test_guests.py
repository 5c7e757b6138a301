"""Invited guests: their list, the seats kept for them, the links they get."""

from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner
from flask import Flask

from showcase.cli import showcase
from showcase.registrations.answering import end_what_is_over
from showcase.registrations.errors import NotEnoughSeats
from showcase.registrations.guest_list import GuestListError, read_guests
from showcase.registrations.guests import Guest, invite
from showcase.registrations.messages import compose
from showcase.registrations.queries import seats_left
from tests.conftest import AppMaker
from tests.registrations.builders import make_event
from tests.registrations.people import KARIM, NOON, RAHIMA, ask, books, owed, registration, stored

UNTIL = NOON + timedelta(days=7)
RAHIMA_INVITED = Guest("Rahima Begum", RAHIMA, None, 3, "bn")


def table(text: str) -> bytes:
    return dedent(text).encode()


def test_a_table_of_guests_is_read_as_spreadsheets_write_it() -> None:
    found = read_guests(
        b"\xef\xbb\xbf"
        + table("""\
            name,phone,email,people,language
            রহিমা বেগম,০১৭১১ ০০০০০০,,৩,
            "Karim, Abdul",,Karim@Example.com,,en

            """)
    )

    assert found.problems == []
    assert found.guests == [
        Guest("রহিমা বেগম", RAHIMA, None, 3, "bn"),
        Guest("Karim, Abdul", None, "karim@example.com", 1, "en"),
    ]


def test_every_bad_row_is_told_by_its_line_and_the_good_ones_are_kept() -> None:
    found = read_guests(
        table("""\
            name,phone,email,people,language
            Rahima,01711000000,,1,en
            ,01811000000,,1,en
            Karim,,,1,en
            Salma,12345,,1,en
            Salma,,salma,1,en
            Salma,01911000000,,11,en
            Salma,01911000000,,1,fr
            Rahim,01711000000,,1,en
            Nasima,01511000000,,1,en,more
            """)
    )

    assert [guest.name for guest in found.guests] == ["Rahima"]
    assert found.problems == [
        "line 3: the name is missing or too long; write how the guest is called",
        "line 4: neither number nor e-mail; write one of them",
        "line 5: “12345” is no Bangladeshi mobile number; write it like 01711000000",
        "line 6: “salma” is no e-mail address; write it like name@example.com",
        "line 7: “11” people; write a whole number from 1 to 10",
        "line 8: “fr” is no language of this site; write bn or en",
        "line 9: the same number or e-mail as in line 2; keep one",
        "line 10: more values than columns; put a name with a comma in quotes",
    ]


def test_ten_thousand_bad_rows_are_each_told() -> None:
    rows = "name,phone\n" + "".join(f"Guest {n},{n}\n" for n in range(10_000))

    found = read_guests(rows.encode())

    assert len(found.problems) == 10_000
    assert found.problems[-1].startswith("line 10001: “9999” is no Bangladeshi mobile number")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: the columns are missing; write name, phone, email, people, language"),
        (b"Name;Phone\n", "line 1: the columns are Name;Phone; write name, phone"),
        (b"name,mobile\n", "line 1: the columns are name, mobile; write name, phone"),
        ("name,phone\nরহিমা,01711000000\n".encode("utf-16"), "the file is not UTF-8"),
        (b'name,phone\n"Rahima,01711000000\n', "line 2: unexpected end of data"),
    ],
)
def test_what_is_no_table_of_guests_is_told(content: bytes, told: str) -> None:
    with pytest.raises(GuestListError) as caught:
        read_guests(content)

    assert told in str(caught.value)


def test_seats_are_kept_for_guests_and_each_gets_a_link(app: Flask) -> None:
    event = make_event(app, seats=5)

    with app.app_context():
        invited = invite(event_id=event, guests=[RAHIMA_INVITED], answer_by=UNTIL, at=NOON)

        assert invited == [RAHIMA_INVITED]
        assert seats_left(event) == 2
        assert registration(1).is_guest
        assert owed(1) == [("invitation", "sms", "ready")]
        sms = compose(1, "invitation", "sms")
        assert sms is not None
        assert "/t/" in str(sms)


def test_more_guests_than_seats_are_invited_not_even_in_part(app: Flask) -> None:
    event = make_event(app, seats=5)
    karim = Guest("Karim", KARIM, None, 3, "en")

    with app.app_context():
        with pytest.raises(NotEnoughSeats) as caught:
            invite(event_id=event, guests=[RAHIMA_INVITED, karim], answer_by=UNTIL, at=NOON)

        assert caught.value.seats_left == 5
        assert seats_left(event) == 5


def test_who_is_registered_is_not_invited_again(app: Flask) -> None:
    event = make_event(app, seats=5)
    with app.app_context():
        ask(event)
        invited = invite(event_id=event, guests=[RAHIMA_INVITED], answer_by=UNTIL, at=NOON)

        assert invited == []
        assert seats_left(event) == 4


def test_an_invitation_that_nobody_answers_gives_its_seats_to_others(app: Flask) -> None:
    event = make_event(app, seats=3, registration={"waiting_list": "yes"})
    with app.app_context():
        invite(event_id=event, guests=[RAHIMA_INVITED], answer_by=UNTIL, at=NOON)
        ask(event, phone=KARIM, party=3, joins_list=True)

        end_what_is_over(UNTIL - timedelta(seconds=1))
        before = registration(1).state
        end_what_is_over(UNTIL)

        assert (before, registration(1).state) == ("invited", "expired")
        assert owed(2)[-1] == ("offer", "sms", "ready")
        # Kept for the offer.
        assert books(event).taken == 3


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        showcase, arguments, env={"DATABASE_URL": app.config["DATABASE_URL"]}
    )
    return result.exit_code, result.output


@pytest.fixture
def command(make: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site on which the commands work."""
    app = make()
    monkeypatch.setattr("showcase.cli._site_with_tables", lambda: app)
    return app


def test_the_organiser_invites_from_a_file(command: Flask, tmp_path: Path) -> None:
    make_event(command, seats=5)
    guests = tmp_path / "guests.csv"
    guests.write_text("name,phone\nRahima,01711000000\nSalma,1\n", "utf-8")
    asked = ("invite", "kurigram-fair", str(guests), "--answer-by", "2090-01-01")

    refused = run(command, *asked)
    nobody = stored(command)
    kept = run(command, *asked, "--keep-good")

    assert refused[0] == 1
    assert "guests.csv: line 3: “1” is no Bangladeshi mobile number" in refused[1]
    assert "1 to mend; nobody was invited." in refused[1]
    assert nobody == []
    assert kept[0] == 0
    assert "1 invited, 0 have a registration already." in kept[1]
    assert [row.state for row in stored(command)] == ["invited"]


def test_the_organiser_answers_who_asks_to_come(command: Flask) -> None:
    event = make_event(command, seats=5, registration={"approval": "yes"})
    with command.app_context():
        ask(event, needs_approval=True)
        ask(event, phone=KARIM, needs_approval=True)
    first, second = (row.code for row in stored(command))

    yes = run(command, "decide", "kurigram-fair", first.lower(), "CCCCCCCC")
    no = run(command, "decide", "kurigram-fair", second, "--refuse")

    assert yes == (1, f"{first.lower()}: answered\nCCCCCCCC: nobody asks under this code\n")
    assert no == (0, f"{second}: answered\n")
    assert [row.state for row in stored(command)] == ["confirmed", "refused"]
    with command.app_context():
        assert owed(1)[-1] == ("confirmation", "sms", "ready")
        assert owed(2)[-1] == ("refusal", "sms", "ready")
        assert seats_left(event) == 4
