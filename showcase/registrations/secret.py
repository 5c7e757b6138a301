"""What opens a ticket: a secret link, and a short code to say aloud or type at the gate; and what
shows that somebody reads the messages to a new number."""

import hashlib
import hmac
import re
import secrets
from typing import Final, NamedTuple

from flask import current_app

from showcase.text import latin_digits

# Letters and digits only: many phones end a link before a trailing "-" or "_".
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# 23 of 62 letters are 136 bits; OWASP ASVS 7.2.3 asks for 128.
SECRET_LENGTH: Final = 23
_TICKET: Final = b"ticket:"
_FORM: Final = b"form:"
_CONTACT: Final = b"contact:"

# Left out are 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V; and the vowels, so that no code spells a word.
CODE_ALPHABET: Final = "3479CDFHJKMNPQRTWXY"
# 19 letters eight times are 17,000 million: a guess at a fair of 10,000 hits once in a million.
CODE_LENGTH: Final = 8
_NOT_IN_CODES: Final = re.compile("[^0-9A-Z]")

# 16 of 62 letters are 95 bits. It is tried over the network alone, and opens no ticket.
_PROOF_LENGTH: Final = 16
_TOKEN: Final = re.compile(f"([0-9A-Za-z]{{1,6}})([es])([0-9A-Za-z]{{{_PROOF_LENGTH}}})")
_LARGEST_ID: Final = 2**31 - 1
_CHANNELS: Final = {"e": "email", "s": "sms"}


def new_public_id() -> str:
    return secrets.token_hex(16)


def new_code(length: int = CODE_LENGTH) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def secret_of(public_id: str) -> str:
    """The ticket's secret, made again whenever its link must be sent: it is stored nowhere."""
    return _lettered(_keyed(_TICKET + public_id.encode()), SECRET_LENGTH)


def hash_of(secret: str) -> str:
    """Under which a ticket is found; unsalted, since a secret of 136 bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def unknown_hash() -> str:
    """Of a secret that nobody has: it opens nothing."""
    return hash_of(secrets.token_hex())


def as_printed(code: str) -> str:
    """A code as it stands on the ticket, from how a person may type it."""
    return _NOT_IN_CODES.sub("", latin_digits(code).upper())


class ContactToken(NamedTuple):
    """Of the link that is sent to a new number or address, and of nothing else.

    It names the registration and proves the new contact; the ticket's secret does not follow
    from it, since whoever reads it may be a stranger to the ticket's owner.
    """

    registration_id: int
    channel: str
    proof: str

    def __str__(self) -> str:
        return f"{_short(self.registration_id)}{self.channel[0]}{self.proof}"

    @property
    def is_of_phone(self) -> bool:
        return self.channel == _CHANNELS["s"]

    def proves(self, public_id: str, contact: str | None) -> bool:
        if not contact:
            return False
        return hmac.compare_digest(self.proof, _proof(public_id, self.channel, contact))


def contact_token(
    *, registration_id: int, public_id: str, channel: str, contact: str
) -> ContactToken:
    return ContactToken(registration_id, channel, _proof(public_id, channel, contact))


def read_contact_token(told: str) -> ContactToken | None:
    """Of the right form; whether it proves anything is still to be asked."""
    match = _TOKEN.fullmatch(told)
    if match is None:
        return None
    registration_id = _long(match[1])
    if registration_id > _LARGEST_ID or _short(registration_id) != match[1]:
        return None
    return ContactToken(registration_id, _CHANNELS[match[2]], match[3])


def _proof(public_id: str, channel: str, contact: str) -> str:
    told = ":".join((public_id, channel, contact))
    return _lettered(_keyed(_CONTACT + told.encode()), _PROOF_LENGTH)


def fingerprint(*parts: object) -> str:
    """Of a form that was sent; keyed, so that nobody can try telephone numbers against it."""
    return _keyed(_FORM + repr(parts).encode()).hex()


def _lettered(hashed: bytes, length: int) -> str:
    return _short(int.from_bytes(hashed, "big") % len(_LETTERS) ** length).ljust(
        length, _LETTERS[0]
    )


def _short(number: int) -> str:
    """A number in 62 digits, that of least weight first."""
    letters = [_LETTERS[number % len(_LETTERS)]]
    while number := number // len(_LETTERS):
        letters.append(_LETTERS[number % len(_LETTERS)])
    return "".join(letters)


def _long(short: str) -> int:
    base = len(_LETTERS)
    return sum(_LETTERS.index(letter) * base**place for place, letter in enumerate(short))


def _keyed(message: bytes) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, message, hashlib.sha256)
