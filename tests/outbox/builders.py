"""Messages that are owed, and servers of our own that take them."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from threading import Thread
from urllib.parse import parse_qsl

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy.orm import Session as Writing

from showcase.db import db, write
from showcase.outbox.actions import put, put_to_all, wake
from showcase.outbox.models import OutboxMessage
from showcase.registrations.models import CONFIRMED, Registration, SeatPool
from showcase.registrations.secret import hash_of, new_public_id, secret_of
from tests.registrations.builders import make_event
from tests.registrations.people import NOON, RAHIMA

TICKET = "confirmation"
FAIR = "kurigram-fair"
_CODES = count()


def owe(
    app: Flask,
    *,
    name: str = "Rahima Begum",
    phone: str | None = RAHIMA,
    email: str | None = None,
    at: datetime = NOON,
) -> int:
    """Register somebody, whose ticket is owed from then on; the registration's id."""
    event_id = _event(app)
    with app.app_context(), write() as session:
        person = _person(event_id, name=name, phone=phone, email=email, at=at)
        _seat(session, event_id, [person])
        put(session, registration_id=person.id, kind=TICKET, phone=phone, email=email, at=at)
    wake()
    return person.id


def owe_crowd(
    app: Flask, addresses: Sequence[str], *, slug: str = FAIR, at: datetime = NOON
) -> list[int]:
    """The same for many people with e-mail, quickly; their registrations' ids."""
    event_id = _event(app, slug)
    with app.app_context(), write() as session:
        people = [
            _person(event_id, name=f"Visitor {number}", phone=None, email=address, at=at)
            for number, address in enumerate(addresses)
        ]
        _seat(session, event_id, people)
        put_to_all(session, crowd(), kind=TICKET, at=at)
    return [person.id for person in people]


def _seat(session: Writing, event_id: int, people: Sequence[Registration]) -> None:
    session.add_all(people)
    session.execute(
        sa.update(SeatPool)
        .where(SeatPool.event_id == event_id)
        .values(taken=SeatPool.taken + len(people))
    )


def crowd() -> sa.Select[tuple[int, str | None, str | None]]:
    """Everybody, with what they can be reached by."""
    return sa.select(Registration.id, Registration.phone, Registration.email).order_by(
        Registration.id
    )


def _event(app: Flask, slug: str = FAIR) -> int:
    with app.app_context():
        event_id = db.session.scalar(sa.text("SELECT id FROM events WHERE slug = :s"), {"s": slug})
    return event_id or make_event(app, slug, seats=500)


def _person(
    event_id: int, *, name: str, phone: str | None, email: str | None, at: datetime
) -> Registration:
    public_id = new_public_id()
    return Registration(
        event_id=event_id,
        public_id=public_id,
        secret_hash=hash_of(secret_of(public_id)),
        code=f"{next(_CODES):08}",
        name=name,
        phone=phone,
        email=email,
        party=1,
        needs="",
        language="en",
        state=CONFIRMED,
        registered_at=at,
    )


def messages(app: Flask) -> list[OutboxMessage]:
    with app.app_context():
        rows = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()
        db.session.expunge_all()
        return list(rows)


def states(app: Flask) -> list[str]:
    return [message.state for message in messages(app)]


@dataclass
class Letterbox:
    """What a mail server took, and what it answers to each recipient and each letter."""

    url: str = ""
    letters: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    letters_per_connection: int = 1_000_000
    answer: str = "250 OK"
    verdict: str = "250 OK"
    seconds: float = 0.0
    """Before each verdict."""


class _Keeper(Handler):
    def __init__(self, box: Letterbox) -> None:
        super().__init__()
        self.box = box
        self.taken = 0

    async def handle_EHLO(  # as aiosmtpd calls it
        self, _server: object, session: Session, _envelope: object, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.box.connections += 1
        self.taken = 0
        return answers

    async def handle_MAIL(  # as aiosmtpd calls it
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.taken == self.box.letters_per_connection:
            return "421 too many letters over this connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # as aiosmtpd calls it
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.box.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.box.answer

    async def handle_DATA(  # as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.box.verdict.startswith("250"):
            self.taken += 1
            await asyncio.sleep(self.box.seconds)
            await super().handle_DATA(server, session, envelope)
        return self.box.verdict

    def handle_message(self, message: Message) -> None:
        self.box.letters.append(message)
        self.box.recipients.append(message["X-RcptTo"])


@contextmanager
def mail_server(port: int = 0) -> Iterator[Letterbox]:
    box = Letterbox()
    controller = Controller(_Keeper(box), hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{controller.port}"
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Gateway:
    """What an SMS gateway was sent, and what it answers."""

    url: str = ""
    forms: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    answer: str = "accepted"


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handle(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # as http.server calls it
            length = int(self.headers["Content-Length"])
            gateway.forms.append(dict(parse_qsl(self.rfile.read(length).decode())))
            self.send_response(gateway.status)
            self.end_headers()
            self.wfile.write(gateway.answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handle)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        gateway.url = f"http://127.0.0.1:{server.server_port}/send"
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
