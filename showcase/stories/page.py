"""What a story's page shows, in the language of the page."""

from dataclasses import dataclass

from showcase.body import Part, body_parts
from showcase.districts.queries import district_name
from showcase.documents.fields import PartialDate
from showcase.i18n import _, format_date, format_known
from showcase.i18n import language as current_language
from showcase.stories import labels
from showcase.stories.fields import StoryFields
from showcase.stories.people import Group, groups
from showcase.stories.queries import Story
from showcase.tcv.brief import Brief, brief, leading
from showcase.words import Spoken, Words


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
class Remark:
    who: Spoken
    said: Spoken


@dataclass(frozen=True)
class Correction:
    """``was`` is None where only something missing was added."""

    date: str
    what: Spoken
    was: Spoken | None
    why: Spoken


@dataclass(frozen=True)
class Link:
    """``archived`` is a copy that stays when the page is gone; empty where there is none."""

    title: Spoken
    url: str
    archived: str = ""


@dataclass(frozen=True)
class Numbers:
    """Time, cost and visits of the service where most has changed.

    Attributes:
        place: The id of that service's widget in the body; empty where it is not there.
    """

    brief: Brief
    place: str


@dataclass(frozen=True)
class StoryPage:
    """Everything below the title.

    Attributes:
        numbers: None where nothing changed or nothing was compared.
        parts: The body in order, with its TCV widgets and its steps in their places.
        district_links: Where else it was copied: key and name of each district.
    """

    numbers: Numbers | None
    parts: tuple[Part, ...]
    said: tuple[Remark, ...]
    facts: tuple[tuple[str, str], ...]
    pain_points: tuple[str, ...]
    phases: tuple[Phase, ...]
    visits: tuple[Visit, ...]
    people: tuple[Group, ...]
    where_today: Spoken | None
    replicable: Spoken | None
    needs: Spoken | None
    district_links: tuple[tuple[str, str], ...]
    discussed_at: tuple[Link, ...]
    sources: tuple[Link, ...]
    corrections: tuple[Correction, ...]


def story_page(story: Story) -> StoryPage:
    code = current_language()
    fields = story.fields
    parts = body_parts(story.reading.html, code, fields.tcv)
    return StoryPage(
        numbers=_numbers(story, parts, code),
        parts=parts,
        said=tuple(Remark(r.who.spoken(code), r.said.spoken(code)) for r in fields.citizens_said),
        facts=_facts(story, code),
        pain_points=tuple(str(labels.PAIN_POINTS[pain]) for pain in fields.pain_points),
        phases=_phases(fields, code),
        visits=tuple(
            Visit(v.place.spoken(code), v.what.spoken(code), _pain(v.pain))
            for v in fields.visit_diary
        ),
        people=groups(fields, code),
        where_today=_spoken(fields.where_today, code),
        replicable=_spoken(fields.replicable, code),
        needs=_spoken(fields.needs_to_be_copied, code),
        district_links=tuple(
            (key, district_name(key, code) or key) for key in fields.replicated_in
        ),
        discussed_at=tuple(
            Link(d.title.spoken(code), d.url, d.archived or "") for d in fields.discussed_at
        ),
        sources=tuple(Link(s.title.spoken(code), s.url or "") for s in fields.sources),
        corrections=_corrections(fields, code),
    )


def _numbers(story: Story, parts: tuple[Part, ...], code: str) -> Numbers | None:
    record = leading(story.fields.tcv) if story.headline else None
    if record is None:
        return None
    told = brief(record, code)
    # The ids are those that templates/components/body.html gives.
    places = {
        view.service: f"tcv-{place}-{index}"
        for place, part in enumerate(parts, 1)
        for index, view in enumerate(part.widgets, 1)
    }
    return Numbers(told, places.get(told.service, ""))


def _facts(story: Story, code: str) -> tuple[tuple[str, str], ...]:
    fields = story.fields
    return (
        (_("District"), story.district_name or ""),
        (_("Sector"), story.sector_label),
        (_("Office"), fields.office.text(code) if fields.office else ""),
        (_("Stage"), story.stage_label),
        (_("Where citizens get it"), str(labels.DELIVERIES[fields.delivery])),
        (_("Paid from"), str(labels.FUNDINGS[fields.funding])),
    )


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


def _corrections(fields: StoryFields, code: str) -> tuple[Correction, ...]:
    """The newest first."""
    newest_first = sorted(fields.corrections, key=lambda correction: correction.date, reverse=True)
    return tuple(
        Correction(
            format_date(c.date, code), c.what.spoken(code), _spoken(c.was, code), c.why.spoken(code)
        )
        for c in newest_first
    )


def _spoken(words: Words | None, code: str) -> Spoken | None:
    return words.spoken(code) if words else None


def _date(date: PartialDate, code: str) -> str:
    return format_known(date.year, date.month, date.day, code) or _("Undated")


def _pain(pain: str | None) -> str:
    return str(labels.PAIN_POINTS[pain]) if pain else ""
