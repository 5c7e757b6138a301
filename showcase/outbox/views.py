"""The development mailbox: messages that a site without mail server and gateway did not send."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from showcase.access import DEVELOPMENT, access
from showcase.outbox.carriers import outbox_folder
from showcase.templating import render

mailbox = Blueprint("mailbox", __name__, url_prefix="/mailbox")

_LINK: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Letter:
    number: int
    to: str
    subject: str
    text: str

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.text)


@mailbox.get("")
@access(DEVELOPMENT)
def index() -> ResponseReturnValue:
    paths = sorted(_folder().glob("[0-9]*.*"), key=lambda path: int(path.stem), reverse=True)
    return render("mailbox/index.html", letters=[_read(path) for path in paths])


@mailbox.get("/<int:number>")
@access(DEVELOPMENT)
def show(number: int) -> ResponseReturnValue:
    paths = [_folder() / f"{number}{ending}" for ending in (".eml", ".txt")]
    path = next((path for path in paths if path.exists()), None) or abort(404)
    return render("mailbox/show.html", letter=_read(path))


def _folder() -> Path:
    return outbox_folder(current_app)


def _read(path: Path) -> Letter:
    """An SMS is kept as a header and a text, which an e-mail parser reads as well."""
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - for mypy; the policy makes no other
    body = message.get_body(("plain",))
    return Letter(
        number=int(path.stem),
        to=str(message["To"]),
        subject=str(message["Subject"] or "SMS"),
        text=_utf_8(path) if path.suffix == ".txt" else body.get_content() if body else "",
    )


def _utf_8(path: Path) -> str:
    return path.read_text("utf-8").split("\n\n", 1)[1]
