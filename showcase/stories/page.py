"""What a story's page shows, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from showcase.body import Part, body_parts
from showcase.districts.queries import district_name
from showcase.documents.fields import PartialDate
from showcase.i18n import _, format_known
from showcase.i18n import language as current_language
from showcase.stories import labels
from showcase.stories.fields import Person, StoryFields
from showcase.stories.queries import Story
from showcase.words import Spoken


@dataclass(frozen=True)
class Step:
    date: str
    what: Spoken


@dataclass(frozen=True)
class Phase:
    """One of the three phases and what happened in it."""

    key: str
    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Visit:
    place: Spoken
    what: Spoken
    pain: str


@dataclass(frozen=True)
class Link:
    """``archived`` is a copy that stays when the page is gone; empty where there is none."""

    title: Spoken
    url: str
    archived: str = ""


@dataclass(frozen=True)
class StoryPage:
    """Everything below the title.

    Attributes:
        parts: The body in order, with its TCV widgets in their places.
    """

    parts: tuple[Part, ...]
    facts: tuple[tuple[str, str], ...]
    pain_points: tuple[str, ...]
    phases: tuple[Phase, ...]
    visits: tuple[Visit, ...]
    where_today: Spoken | None
    replicable: Spoken | None
    discussed_at: tuple[Link, ...]
    sources: tuple[Link, ...]


def story_page(story: Story) -> StoryPage:
    code = current_language()
    fields = story.fields
    return StoryPage(
        parts=body_parts(story.reading.html, code, fields.tcv),
        facts=_facts(story, code),
        pain_points=tuple(str(labels.PAIN_POINTS[pain]) for pain in fields.pain_points),
        phases=_phases(fields, code),
        visits=tuple(
            Visit(v.place.spoken(code), v.what.spoken(code), _pain(v.pain))
            for v in fields.visit_diary
        ),
        where_today=fields.where_today.spoken(code) if fields.where_today else None,
        replicable=fields.replicable.spoken(code) if fields.replicable else None,
        discussed_at=tuple(
            Link(d.title.spoken(code), d.url, d.archived or "") for d in fields.discussed_at
        ),
        sources=tuple(Link(s.title.spoken(code), s.url or "") for s in fields.sources),
    )


def _facts(story: Story, code: str) -> tuple[tuple[str, str], ...]:
    fields = story.fields
    replicated = [district_name(key, code) or key for key in fields.replicated_in]
    return (
        (_("District"), story.district_name or ""),
        (_("Sector"), story.sector_label),
        (_("Office"), fields.office.text(code) if fields.office else ""),
        (_("Stage"), story.stage_label),
        (_("Where citizens get it"), str(labels.DELIVERIES[fields.delivery])),
        (_("Paid from"), str(labels.FUNDINGS[fields.funding])),
        (_("Innovators"), _people(fields.innovators, code)),
        (_("Mentors"), _people(fields.mentors, code)),
        (_("Copied in"), ", ".join(replicated)),
    )


def _people(people: Iterable[Person], code: str) -> str:
    return "; ".join(f"{p.name.text(code)}, {p.role.text(code)}" for p in people)


def _phases(fields: StoryFields, code: str) -> tuple[Phase, ...]:
    """All three, also where nothing is told of one: a story shows how far it has come."""
    return tuple(
        Phase(
            key,
            str(label),
            tuple(
                Step(_date(step.date, code), step.what.spoken(code))
                for step in fields.timeline
                if step.phase == key
            ),
        )
        for key, label in labels.PHASES.items()
    )


def _date(date: PartialDate, code: str) -> str:
    return format_known(date.year, date.month, date.day, code) or _("Undated")


def _pain(pain: str | None) -> str:
    return str(labels.PAIN_POINTS[pain]) if pain else ""
