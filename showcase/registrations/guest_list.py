"""A list of guests as a table (CSV): name, phone, email, people, language."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from showcase.registrations.forms import e164, is_email
from showcase.registrations.guests import Guest
from showcase.registrations.models import NAME_MAX, PARTY_MAX
from showcase.registrations.party_form import whole_number
from showcase.text import clean_line

COLUMNS: Final = ("name", "phone", "email", "people", "language")
_NEEDED: Final = ("name",)


class GuestListError(Exception):
    """The table itself cannot be read; the message says what to write instead."""


@dataclass
class GuestList:
    """
    Attributes:
        problems: Of each row that is wrong, ``line 7: what is wrong; what to write``.
    """

    guests: list[Guest] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_guests(content: bytes, *, language: str = "bn") -> GuestList:
    """
    Args:
        language: Of the invitation, where the row does not say.

    Raises:
        GuestListError: It is no table with these columns.
    """
    found = GuestList()
    seen: dict[str, int] = {}
    for line, row in _rows(content):
        problems = list(_problems(row))
        guest = None if problems else _guest(row, language)
        for contact in (guest.phone, guest.email) if guest else ():
            if contact and contact in seen:
                problems.append(f"the same number or e-mail as in line {seen[contact]}; keep one")
            elif contact:
                seen[contact] = line
        if guest and not problems:
            found.guests.append(guest)
        found.problems.extend(f"line {line}: {problem}" for problem in problems)
    return found


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        # Spreadsheets write a mark at the beginning of UTF-8.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise GuestListError("the file is not UTF-8; save it as CSV UTF-8") from wrong
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="more", strict=True)
    _check_columns(reader.fieldnames or [])
    try:
        for row in reader:
            if any(value for value in row.values()):
                yield reader.line_num, {key: _told(value) for key, value in row.items()}
    except csv.Error as wrong:
        line = reader.line_num + 1
        raise GuestListError(f"line {line}: {wrong}; put texts in quotes") from wrong


def _check_columns(names: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing or unknown:
        raise GuestListError(
            f"line 1: the columns are {', '.join(names) or 'missing'}; write {', '.join(COLUMNS)}"
        )


def _told(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ", ".join(_more(value))


def _more(value: object) -> list[str]:
    """What stands behind the last column, as the csv module gives it."""
    return [str(each) for each in value] if isinstance(value, list) else []


def _problems(row: dict[str, str]) -> Iterator[str]:
    if row.get("more"):
        yield "more values than columns; put a name with a comma in quotes"
    if not any(letter.isalpha() for letter in row["name"]) or len(row["name"]) > NAME_MAX:
        yield "the name is missing or too long; write how the guest is called"
    phone, email = row.get("phone", ""), row.get("email", "")
    if not phone and not email:
        yield "neither number nor e-mail; write one of them"
    if phone and e164(phone) is None:
        yield f"“{phone}” is no Bangladeshi mobile number; write it like 01711000000"
    if email and not is_email(email):
        yield f"“{email}” is no e-mail address; write it like name@example.com"
    people = row.get("people", "")
    if people and not 1 <= (whole_number(people) or 0) <= PARTY_MAX:
        yield f"“{people}” people; write a whole number from 1 to {PARTY_MAX}"
    if row.get("language", "") not in ("", "bn", "en"):
        yield f"“{row['language']}” is no language of this site; write bn or en"


def _guest(row: dict[str, str], language: str) -> Guest:
    phone = row.get("phone", "")
    return Guest(
        name=row["name"],
        phone=e164(phone) if phone else None,
        email=row.get("email", "").lower() or None,
        party=whole_number(row.get("people", "")) or 1,
        language=row.get("language") or language,
    )
