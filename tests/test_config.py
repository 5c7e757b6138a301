"""The settings: each is parsed, every fault is told at once, production asks for more."""

import threading
from pathlib import Path
from typing import Any

import pytest

from showcase.config import FIXED, SETTINGS, SettingsError, load

SECRET = "a-secret-of-more-than-32-characters"
PARSED = {
    "SHOWCASE_ENV": ("development", "ENVIRONMENT", "development"),
    "SHOWCASE_SECRET_KEY": (f" {SECRET} ", "SECRET_KEY", SECRET),
    "DATABASE_URL": ("sqlite:////tmp/x.db", "DATABASE_URL", "sqlite:////tmp/x.db"),
    "HOST": ("0.0.0.0", "HOST", "0.0.0.0"),  # noqa: S104
    "PORT": ("৮০৮০", "PORT", 8080),
    "SHOWCASE_PUBLIC_URL": ("https://a.gov.bd/", "PUBLIC_URL", "https://a.gov.bd"),
    "SHOWCASE_TRUSTED_HOSTS": (
        "a.gov.bd, b.gov.bd,",
        "TRUSTED_HOSTS",
        ["127.0.0.1", "localhost", "127.0.0.1", "[::1]", "a.gov.bd", "b.gov.bd"],
    ),
    "SHOWCASE_PROXIES": ("2", "PROXIES", 2),
    "SHOWCASE_CACHE_MB": ("0", "CACHE_MB", 0),
    "SHOWCASE_CONTENT": ("/tmp/content", "CONTENT", Path("/tmp/content")),  # noqa: S108
    "SHOWCASE_KEEP_DAYS": ("৩০", "KEEP_DAYS", 30),
    "SHOWCASE_RATE_LIMIT_URL": ("memory://", "RATE_LIMIT_URL", "memory://"),
    "SHOWCASE_MAIL_FROM": ("a@gov.bd", "MAIL_FROM", "a@gov.bd"),
    "SMTP_URL": ("smtps://u:p@mail:465", "SMTP_URL", "smtps://u:p@mail:465"),
    "SMS_URL": ("https://sms.example/send", "SMS_URL", "https://sms.example/send"),
    "SMS_FIELDS": ("api_key=1&sender=a", "SMS_FIELDS", "api_key=1&sender=a"),
    "SMS_TO_FIELD": ("msisdn", "SMS_TO_FIELD", "msisdn"),
    "SMS_TEXT_FIELD": ("body", "SMS_TEXT_FIELD", "body"),
    "SMS_SUCCESS": ("OK", "SMS_SUCCESS", "OK"),
}
REFUSED = {
    "SHOWCASE_ENV": ("prod", "write production or development"),
    "DATABASE_URL": (
        "mysql://localhost/x",
        "write sqlite:///path or postgresql+psycopg://user@host/name",
    ),
    "PORT": ("8k", "write a whole number"),
    "SHOWCASE_PROXIES": ("²", "write a whole number"),
    "SHOWCASE_CACHE_MB": ("-1", "write a whole number"),
    "SHOWCASE_KEEP_DAYS": ("0", "write a whole number of days, 1 or more"),
    "SHOWCASE_RATE_LIMIT_URL": ("localhost:6379", "write memory:// or redis://host:6379/0"),
    "SHOWCASE_PUBLIC_URL": ("showcase.gov.bd", "write an address that starts with https://"),
    "SMTP_URL": ("mail.gov.bd:25", "write smtp://user:password@host:port or smtps://…"),
    "SMS_URL": ("ftp://sms", "write an address that starts with https://"),
}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"SHOWCASE_INSTANCE": str(tmp_path / "instance")}


def production(environ: dict[str, str], **changes: str) -> dict[str, Any]:
    return load(
        {
            **environ,
            "SHOWCASE_ENV": "production",
            "SHOWCASE_SECRET_KEY": SECRET,
            "SHOWCASE_PUBLIC_URL": "https://showcase.gov.bd",
            **changes,
        }
    )


@pytest.mark.parametrize("name", [s.name for s in SETTINGS if s.name != "SHOWCASE_INSTANCE"])
def test_setting_is_parsed(environ: dict[str, str], name: str) -> None:
    written, field, value = PARSED[name]

    assert load({**environ, name: written})[field] == value


def test_instance_folder_is_made(tmp_path: Path) -> None:
    instance = tmp_path / "not" / "there"

    settings = load({"SHOWCASE_INSTANCE": str(instance)})

    assert settings["INSTANCE"] == instance
    assert instance.is_dir()


@pytest.mark.parametrize("name", REFUSED)
def test_setting_of_wrong_form_is_refused_with_what_to_write(
    environ: dict[str, str], name: str
) -> None:
    written, told = REFUSED[name]

    with pytest.raises(SettingsError) as refused:
        load({**environ, name: written})

    assert str(refused.value) == f"{name}: {told}"


def test_every_fault_is_told_at_once(environ: dict[str, str]) -> None:
    wrong = {"SHOWCASE_PROT": "1", "PORT": "x", "SMTP_URL": "x"}

    with pytest.raises(SettingsError) as refused:
        load({**environ, **wrong})

    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == list(wrong)


def test_misspelt_setting_is_told_its_nearest_name(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="did you mean SHOWCASE_PROXIES?"):
        load({**environ, "SHOWCASE_PROXYES": "1"})


def test_names_of_other_programs_are_none_of_ours(environ: dict[str, str]) -> None:
    settings = load({**environ, "PATH": "/bin", "SMTP_HOST": "elsewhere"})

    assert "PATH" not in settings


def test_empty_value_is_the_default(environ: dict[str, str]) -> None:
    assert load({**environ, "PORT": ""})["PORT"] == 8000


def test_development_needs_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    settings = load(environ)

    assert settings["ENVIRONMENT"] == "development"
    assert settings["DATABASE_URL"] == f"sqlite:///{tmp_path}/instance/showcase.sqlite3"
    assert settings["PUBLIC_URL"] == "http://127.0.0.1:8000"


def test_development_secret_is_kept_and_private(environ: dict[str, str], tmp_path: Path) -> None:
    first = load(environ)["SECRET_KEY"]
    second = load(environ)["SECRET_KEY"]
    elsewhere = load({"SHOWCASE_INSTANCE": str(tmp_path / "other")})["SECRET_KEY"]

    assert len(first) >= 32
    assert first == second
    assert elsewhere != first
    assert (tmp_path / "instance/secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "instance").iterdir()] == ["secret_key"]


def test_development_secret_is_the_same_for_processes_that_start_at_once(
    tmp_path: Path,
) -> None:
    secrets: list[str] = []
    for round_ in range(50):
        instance = str(tmp_path / str(round_))
        together = threading.Barrier(4)

        def start(together: threading.Barrier = together, instance: str = instance) -> None:
            together.wait()
            secrets.append(load({"SHOWCASE_INSTANCE": instance})["SECRET_KEY"])

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(secrets) == 200
    assert len(set(secrets)) == 50
    assert min(map(len, secrets)) >= 32


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            {"SHOWCASE_SECRET_KEY": ""},
            ["SHOWCASE_SECRET_KEY: production needs a secret of 32 characters or more"],
        ),
        (
            {"SHOWCASE_SECRET_KEY": "x" * 31},
            ["SHOWCASE_SECRET_KEY: production needs a secret of 32 characters or more"],
        ),
        (
            {"SHOWCASE_PUBLIC_URL": ""},
            ["SHOWCASE_PUBLIC_URL: production needs the site's address, https://…"],
        ),
        (
            {"SHOWCASE_SECRET_KEY": "", "SHOWCASE_PUBLIC_URL": ""},
            [
                "SHOWCASE_SECRET_KEY: production needs a secret of 32 characters or more",
                "SHOWCASE_PUBLIC_URL: production needs the site's address, https://…",
            ],
        ),
    ],
)
def test_production_refuses_to_start_without(
    environ: dict[str, str], missing: dict[str, str], told: list[str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        production(environ, **missing)

    assert [line.split(";")[0] for line in str(refused.value).splitlines()] == told


def test_production_trusts_its_own_name_alone(environ: dict[str, str]) -> None:
    assert production(environ)["TRUSTED_HOSTS"] == ["showcase.gov.bd"]


def test_cookie_is_bound_to_host_and_https_where_there_is_https(environ: dict[str, str]) -> None:
    secure, plain = production(environ), load(environ)

    assert secure["SESSION_COOKIE_NAME"] == "__Host-showcase"
    assert secure["SESSION_COOKIE_SECURE"] is True
    assert plain["SESSION_COOKIE_NAME"] == "showcase"
    assert plain["SESSION_COOKIE_SECURE"] is False
    for settings in (secure, plain):
        assert settings["SESSION_COOKIE_HTTPONLY"] is True
        assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_no_setting_overwrites_what_is_fixed() -> None:
    names = {setting.name.removeprefix("SHOWCASE_") for setting in SETTINGS}

    assert names & set(FIXED) == set()
