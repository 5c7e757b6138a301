"""What can be set and called stands in the README or in docs/."""

import re

import pytest

from showcase.cli import showcase
from showcase.config import ROOT, SETTINGS

TEXTS = {
    p.relative_to(ROOT).as_posix(): p.read_text("utf-8")
    for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
}
TOLD = "\n".join(TEXTS.values())
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TARGETS = re.findall(r"^([a-z-]+):.*$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_setting_is_told(name: str) -> None:
    assert re.search(rf"\b{name}\b", TOLD)


def test_no_setting_is_told_that_does_not_exist() -> None:
    known = {setting.name for setting in SETTINGS} | {"TEST_ROUNDS"}

    assert set(re.findall(r"\bSHOWCASE_[A-Z_]+\b", TOLD)) - known == set()


@pytest.mark.parametrize("name", sorted(showcase.commands))
def test_command_is_told(name: str) -> None:
    assert re.search(rf"\bshowcase {name}\b", TOLD)


def test_no_command_is_told_that_does_not_exist() -> None:
    told = {
        word
        for block in re.findall(r"`([^`]+)`", TOLD)
        for word in re.findall(r"^showcase ([a-z-]+)", block)
    }

    assert told - set(showcase.commands) == set()


@pytest.mark.parametrize(
    "option",
    sorted(
        {
            option
            for command in showcase.commands.values()
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--")
        }
    ),
)
def test_option_is_told(option: str) -> None:
    assert option in TOLD


@pytest.mark.parametrize("target", TARGETS)
def test_make_target_is_told(target: str) -> None:
    assert f"make {target}" in TOLD


def test_no_make_target_is_told_that_does_not_exist() -> None:
    told = set(re.findall(r"`make ([a-z-]+)`", TOLD))

    assert told - set(TARGETS) == set()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_links_of_the_docs_lead_to_files(name: str) -> None:
    folder = (ROOT / name).parent
    links = [link for link in LINK.findall(CODE.sub("", TEXTS[name])) if "://" not in link]

    assert [link for link in links if not (folder / link).exists()] == []
