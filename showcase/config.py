"""Every setting: name, default, help. Read once at start, from the environment, strictly."""

import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent

# NIST SP 800-131A: an HMAC key shorter than its 256-bit hash weakens it.
SHORTEST_SECRET: Final = 32


class SettingsError(Exception):
    """The environment asks for something that cannot be; the message says what to write instead."""


def _text(value: str) -> str:
    return value.strip()


def _whole(value: str) -> int:
    if not value.strip().isdecimal():
        raise ValueError("write a whole number")
    return int(value)


def _environment(value: str) -> str:
    if value not in ("production", "development"):
        raise ValueError("write production or development")
    return value


def _folder(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _hosts(value: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in value.split(",") if host.strip())


def _database(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("write sqlite:///path or postgresql+psycopg://user@host/name")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("write an address that starts with https://")
    return value.rstrip("/")


def _smtp(value: str) -> str:
    if value and urlsplit(value).scheme not in ("smtp", "smtps"):
        raise ValueError("write smtp://user:password@host:port or smtps://…")
    return value


def _counter(value: str) -> str:
    if urlsplit(value).scheme not in ("memory", "redis", "rediss", "unix+redis"):
        raise ValueError("write memory:// or redis://host:6379/0")
    return value


def _days(value: str) -> int:
    if not value.strip().isdecimal() or int(value) < 1:
        raise ValueError("write a whole number of days, 1 or more")
    return int(value)


class Setting(NamedTuple):
    name: str
    default: str
    help: str
    parse: Callable[[str], Any] = _text


SETTINGS: Final = (
    Setting("SHOWCASE_ENV", "development", "production or development", _environment),
    Setting(
        "SHOWCASE_INSTANCE",
        str(ROOT / "instance"),
        "Folder of database, outbox and built assets",
        _folder,
    ),
    Setting(
        "SHOWCASE_SECRET_KEY",
        "",
        "Signs forms and tickets, 32 characters or more; in development made and kept by itself",
    ),
    Setting(
        "DATABASE_URL",
        "",
        "sqlite:///path or postgresql+psycopg://…; a file in the instance folder if empty",
        _database,
    ),
    Setting("HOST", "127.0.0.1", "Address that the server listens on"),
    Setting("PORT", "8000", "Port that the server listens on", _whole),
    Setting(
        "SHOWCASE_PUBLIC_URL",
        "",
        "How the world reaches the site, e.g. https://showcase.gov.bd; required in production",
        _web_address,
    ),
    Setting(
        "SHOWCASE_TRUSTED_HOSTS",
        "",
        "Other host names that requests may name, separated by commas",
        _hosts,
    ),
    Setting("SHOWCASE_PROXIES", "0", "How many proxies in front add X-Forwarded headers", _whole),
    Setting(
        "SHOWCASE_CACHE_MB", "64", "Memory of one process for finished public pages, in MiB", _whole
    ),
    Setting(
        "SHOWCASE_CONTENT",
        str(ROOT / "content"),
        "Folder of Markdown that `showcase setup` publishes",
        _folder,
    ),
    Setting(
        "SHOWCASE_KEEP_DAYS",
        "90",
        "Days after an event's end until names, numbers and addresses of its visitors are erased",
        _days,
    ),
    Setting(
        "SHOWCASE_RATE_LIMIT_URL",
        "memory://",
        "Where tries are counted: memory:// for each process by itself, redis://… for all together",
        _counter,
    ),
    Setting("SHOWCASE_MAIL_FROM", "showcase@localhost", "Sender of e-mail"),
    Setting(
        "SMTP_URL",
        "",
        "Mail server; messages are written to the console and the instance folder if empty",
        _smtp,
    ),
    Setting(
        "SMS_URL",
        "",
        "Address of an SMS gateway; messages go to the console and the instance folder if empty",
        _web_address,
    ),
    Setting(
        "SMS_FIELDS", "", "Fixed fields the gateway wants, as a query string: api_key=…&sender=…"
    ),
    Setting("SMS_TO_FIELD", "to", "Name of the gateway's field for the number"),
    Setting("SMS_TEXT_FIELD", "text", "Name of the gateway's field for the text"),
    Setting(
        "SMS_SUCCESS",
        "",
        "What the gateway's answer contains when it took the message; any 2xx answer if empty",
    ),
)

# What Flask and its extensions read, the same everywhere.
FIXED: Final = {
    # Larger than any form of ours; pictures will have a limit of their own route.
    "MAX_CONTENT_LENGTH": 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 512 * 1024,
    "MAX_FORM_PARTS": 200,
    # A form may stay open overnight: its token lives as long as the browser's session.
    "WTF_CSRF_TIME_LIMIT": None,
    # Every message of our forms is our own; WTForms would read its catalogue at each request.
    "WTF_I18N_ENABLED": False,
    # It would ask for a Referer over https, which our own Referrer-Policy keeps back.
    "WTF_CSRF_SSL_STRICT": False,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 4,
    "SQLALCHEMY_RECORD_QUERIES": False,
}

# Plain words, so that Flask's own settings keep their names.
_FIELDS: Final = {"SHOWCASE_ENV": "ENVIRONMENT", "SHOWCASE_SECRET_KEY": "SECRET_KEY"}


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Settings for Flask from ``environ``.

    Raises:
        SettingsError: A value is not of its form, a ``SHOWCASE_`` name is unknown, or production
            lacks what it needs. All faults are told at once.
    """
    faults = _unknown_names(environ)
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        try:
            given = environ.get(setting.name, "") or setting.default
            values[_field(setting.name)] = setting.parse(given)
        except ValueError as fault:
            faults.append(f"{setting.name}: {fault}")
    if not faults:
        faults = _missing_in_production(values)
    if faults:
        raise SettingsError("\n".join(faults))
    return _completed(values)


def _field(name: str) -> str:
    return _FIELDS.get(name, name.removeprefix("SHOWCASE_"))


def _unknown_names(environ: Mapping[str, str]) -> list[str]:
    known = [setting.name for setting in SETTINGS]
    unknown = [name for name in environ if name.startswith("SHOWCASE_") and name not in known]
    return [
        f"{name}: no such setting; {_nearest(name, known)} run `showcase settings` for the list"
        for name in unknown
    ]


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else ""


def _missing_in_production(values: Mapping[str, Any]) -> list[str]:
    if values["ENVIRONMENT"] != "production":
        return []
    faults = []
    if len(values["SECRET_KEY"]) < SHORTEST_SECRET:
        faults.append(
            "SHOWCASE_SECRET_KEY: production needs a secret of 32 characters or more; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if not values["PUBLIC_URL"]:
        faults.append("SHOWCASE_PUBLIC_URL: production needs the site's address, https://…")
    return faults


def _completed(values: dict[str, Any]) -> dict[str, Any]:
    instance: Path = values["INSTANCE"]
    instance.mkdir(parents=True, exist_ok=True)
    values["SECRET_KEY"] = values["SECRET_KEY"] or _development_secret(instance)
    values["DATABASE_URL"] = values["DATABASE_URL"] or f"sqlite:///{instance / 'showcase.sqlite3'}"
    values["PUBLIC_URL"] = values["PUBLIC_URL"] or f"http://{values['HOST']}:{values['PORT']}"
    return {**FIXED, **values, **_cookies(values), "TRUSTED_HOSTS": _trusted(values)}


def _cookies(values: Mapping[str, Any]) -> dict[str, Any]:
    """``__Host-`` binds the cookie to this host and to https, so it needs https to be set."""
    secure = values["PUBLIC_URL"].startswith("https://")
    name = "__Host-showcase" if secure else "showcase"
    return {"SESSION_COOKIE_NAME": name, "SESSION_COOKIE_SECURE": secure}


def _trusted(values: Mapping[str, Any]) -> list[str]:
    """Host names that a request may name; any other is refused, so none reaches a link or a log."""
    own = urlsplit(values["PUBLIC_URL"]).hostname or ""
    local = [] if values["ENVIRONMENT"] == "production" else ["localhost", "127.0.0.1", "[::1]"]
    return [own, *local, *values["TRUSTED_HOSTS"]]


def _development_secret(instance: Path) -> str:
    """A secret of this folder's own, so that tickets and forms outlive a restart."""
    path = instance / "secret_key"
    if not path.exists():
        # Two processes that start at once: the first to link it wins, and none reads half a key.
        with NamedTemporaryFile("w", dir=instance, encoding="ascii") as unfinished:
            unfinished.write(secrets.token_urlsafe(48))
            unfinished.flush()
            with suppress(FileExistsError):
                path.hardlink_to(unfinished.name)
    return path.read_text("ascii")
