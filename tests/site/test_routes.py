"""Addresses and templates: named alike, typed, none without the other."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import meta
from werkzeug.routing import Rule

from showcase.registrations.message_kinds import KINDS
from tests.site import source

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
PARAMETER = re.compile(r"<(?:(?P<type>[^:>]+):)?(?P<name>[^>]+)>")

# What a parameter of this name may be, the same in every address.
TYPES = {
    "language": "any(bn, en)",
    "slug": None,
    "key": None,
    "kind": "any(story, event)",
    "secret": None,
    "digest": None,
    "width": "int(max=1600)",
    "number": "int",
    "wait_id": "int",
    "token": None,
    "code": None,
}

# Pages whose address has another name than their template, and why.
NAMED_OTHERWISE = {
    # One template shows the empty form, the filled-in one and the refusal.
    "registrations/form.html": "registrations.register",
    "tickets/cancel.html": "tickets.ask_to_cancel",
}
# Written straight from Jinja by their names, e.g. f"{kind}.txt".
MESSAGES = "emails/"
NO_PAGES = ("layouts/", "components/", "errors/", MESSAGES)


def rules(site: Flask) -> Iterator[Rule]:
    return site.url_map.iter_rules()


def test_addresses_are_lower_case_words_with_hyphens(site: Flask) -> None:
    odd = [
        rule.rule
        for rule in rules(site)
        for part in PARAMETER.sub("x", rule.rule).strip("/").split("/")
        if part and not KEBAB.fullmatch(part)
    ]

    assert odd == []


def test_parameters_have_one_type_everywhere(site: Flask) -> None:
    found = {
        (rule.rule, match["name"], match["type"])
        for rule in rules(site)
        for match in PARAMETER.finditer(rule.rule)
    }

    assert [odd for odd in found if odd[1] not in TYPES or TYPES[odd[1]] != odd[2]] == []


def test_only_the_first_page_of_a_language_ends_in_a_slash(site: Flask) -> None:
    slashed = {rule.rule for rule in rules(site) if rule.rule.endswith("/")}

    assert slashed == {"/", "/<any(bn, en):language>/"}


def test_view_is_called_as_its_endpoint(site: Flask) -> None:
    for rule in rules(site):
        view = site.view_functions[rule.endpoint]
        blueprint, name = rule.endpoint.split(".")

        assert view.__name__ == name
        assert view.__module__.split(".")[1] in (blueprint, *ROOMS.get(blueprint, ()))


# Blueprints that live in a room of another name.
ROOMS = {
    "mailbox": ["outbox"],
    **dict.fromkeys(
        ("contact_links", "contacts", "erasing", "lost", "short_links", "tickets"),
        ["registrations"],
    ),
}


@pytest.mark.parametrize("name", source.templates())
def test_template_parses(site: Flask, name: str) -> None:
    site.jinja_env.get_template(name)


def test_page_is_called_as_its_address(site: Flask) -> None:
    endpoints = {rule.endpoint for rule in rules(site)}
    pages = {
        name: NAMED_OTHERWISE.get(name, name.removesuffix(".html").replace("/", "."))
        for name in source.templates()
        if not name.startswith(NO_PAGES) and not name.split("/")[-1].startswith("_")
    }

    assert {name: wanted for name, wanted in pages.items() if wanted not in endpoints} == {}


def test_every_template_is_used(site: Flask) -> None:
    used = set(rendered()) | {name for name in source.templates() if name.startswith(MESSAGES)}
    for text in source.templates().values():
        used |= set(filter(None, meta.find_referenced_templates(site.jinja_env.parse(text))))

    assert set(source.templates()) - used == set()
    assert used - set(source.templates()) == set()


def rendered() -> Iterator[str]:
    """The templates that the code names."""
    for path in source.modules().values():
        for _, call in source.calls(source.parsed(path)):
            for argument in call.args:
                name = getattr(argument, "value", None)
                if isinstance(name, str) and name.endswith(".html") and "/" in name:
                    yield name


def test_every_kind_of_message_has_its_template() -> None:
    found = {
        name.removeprefix(MESSAGES) for name in source.templates() if name.startswith(MESSAGES)
    }

    # The text that all have in common, and the same in HTML.
    assert found == {f"{kind}.txt" for kind in KINDS} | {"message.txt", "message.html"}
