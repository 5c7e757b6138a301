"""Who made a story, and how to reach them through their office."""

from collections.abc import Iterable
from dataclasses import dataclass

from showcase.i18n import _, digits
from showcase.stories.contacts import dialled
from showcase.stories.fields import Person, StoryFields
from showcase.words import Spoken


@dataclass(frozen=True)
class Contact:
    """``phone`` is for readers, ``dialled`` for their telephone; empty where there is none."""

    office: Spoken
    phone: str
    dialled: str
    url: str


@dataclass(frozen=True)
class Member:
    name: Spoken
    role: Spoken
    contact: Contact | None


@dataclass(frozen=True)
class Group:
    """The innovators, or their mentors."""

    label: str
    members: tuple[Member, ...]


def groups(fields: StoryFields, language: str) -> tuple[Group, ...]:
    """Those of whom somebody is named."""
    named = (
        Group(_("Innovators"), _members(fields.innovators, language)),
        Group(_("Mentors"), _members(fields.mentors, language)),
    )
    return tuple(group for group in named if group.members)


def _members(people: Iterable[Person], language: str) -> tuple[Member, ...]:
    return tuple(
        Member(p.name.spoken(language), p.role.spoken(language), _contact(p, language))
        for p in people
    )


def _contact(person: Person, language: str) -> Contact | None:
    told = person.office_contact
    if told is None:
        return None
    phone = told.phone or ""
    return Contact(
        told.office.spoken(language), digits(phone, language), dialled(phone), told.url or ""
    )
