"""What opens a ticket: a secret link, and a short code to say aloud or type at the gate."""

import hashlib
import hmac
import secrets
from typing import Final

from flask import current_app

# Letters and digits only: many phones end a link before a trailing "-" or "_".
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# 23 of 62 letters are 136 bits; OWASP ASVS 7.2.3 asks for 128.
SECRET_LENGTH: Final = 23
_TICKET: Final = b"ticket:"
_FORM: Final = b"form:"

# Left out are 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V; and the vowels, so that no code spells a word.
CODE_ALPHABET: Final = "3479CDFHJKMNPQRTWXY"
# 19 letters eight times are 17,000 million: a guess at a fair of 10,000 hits once in a million.
CODE_LENGTH: Final = 8


def new_public_id() -> str:
    return secrets.token_hex(16)


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def secret_of(public_id: str) -> str:
    """The ticket's secret, made again whenever its link must be sent: it is stored nowhere."""
    number = int.from_bytes(_keyed(_TICKET + public_id.encode()), "big")
    letters = []
    for _ in range(SECRET_LENGTH):
        number, index = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[index])
    return "".join(letters)


def hash_of(secret: str) -> str:
    """Under which a ticket is found; unsalted, since a secret of 136 bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fingerprint(*parts: object) -> str:
    """Of a form that was sent; keyed, so that nobody can try telephone numbers against it."""
    return _keyed(_FORM + repr(parts).encode()).hex()


def _keyed(message: bytes) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, message, hashlib.sha256)
