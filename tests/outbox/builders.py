"""Messages that are owed, and servers of our own that take them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import Envelope
from flask import Flask

from showcase.db import db
from showcase.outbox.models import OutboxMessage
from tests.registrations.builders import make_event
from tests.registrations.people import ask


def owe(app: Flask, slug: str = "kurigram-fair", **contact: str | None) -> int:
    """Register somebody, whose ticket is owed from then on; the registration's id."""
    with app.app_context():
        event = db.session.scalar(sa.text("SELECT id FROM events WHERE slug = :s"), {"s": slug})
    event = event or make_event(app, slug, seats=500)
    with app.app_context():
        return ask(event, **contact).registration_id


def messages(app: Flask) -> list[OutboxMessage]:
    with app.app_context():
        rows = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()
        db.session.expunge_all()
        return list(rows)


def states(app: Flask) -> list[str]:
    return [message.state for message in messages(app)]


@dataclass
class Letterbox:
    """What a mail server took, and what it answers to each recipient."""

    url: str = ""
    letters: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 OK"


class _Keeper(Handler):
    def __init__(self, box: Letterbox) -> None:
        super().__init__()
        self.box = box

    async def handle_RCPT(  # as aiosmtpd calls it
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.box.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.box.answer

    def handle_message(self, message: Message) -> None:
        self.box.letters.append(message)
        self.box.recipients.append(message["X-RcptTo"])


@contextmanager
def mail_server() -> Iterator[Letterbox]:
    box = Letterbox()
    controller = Controller(_Keeper(box), hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{controller.port}"
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
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
