"""The catalogues tell every text of the site in Bangla."""

import re
import sys

import pytest
from babel.messages.pofile import read_po

from showcase.text import nfc
from tests.site import source
from tools import strings

PLACE = re.compile(r"%\(([a-z_]+)\)s")


@pytest.fixture
def bangla() -> dict[str, str]:
    with strings.CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="bn")
    found: dict[str, str] = {}
    for message in catalogue:
        ids = [message.id] if isinstance(message.id, str) else message.id
        texts = [message.string] if isinstance(message.string, str) else message.string or ()
        found |= {english: text for english, text in zip(ids, texts, strict=True) if english}
    return found


def test_catalogue_is_complete_and_in_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["strings.py", "--check"])

    code = strings.main()

    assert (code, capsys.readouterr().out) == (0, "")


def test_every_place_in_a_text_is_filled_in_bangla_too(bangla: dict[str, str]) -> None:
    wrong = [i for i, text in bangla.items() if set(PLACE.findall(i)) != set(PLACE.findall(text))]

    assert wrong == []


def test_bangla_has_no_latin_digits(bangla: dict[str, str]) -> None:
    wrong = [text for text in bangla.values() if re.search("[0-9]", PLACE.sub("", text))]

    assert wrong == []


def test_bangla_is_in_normal_form(bangla: dict[str, str]) -> None:
    assert [text for text in bangla.values() if nfc(text) != text] == []


def test_no_text_is_collected_from_a_variable() -> None:
    """``_(name)`` cannot be collected: nobody would know that it lacks its Bangla."""
    for name, path in source.modules().items():
        if name == "showcase.i18n":
            continue
        for spelt, call in source.calls(source.parsed(path)):
            if spelt in ("_", "_l"):
                assert isinstance(getattr(call.args[0], "value", None), str), (
                    f"{name}:{call.lineno}"
                )
