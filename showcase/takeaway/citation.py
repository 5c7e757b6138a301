"""A story as an entry for a bibliography: BibTeX and RIS, in UTF-8."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from showcase.addresses import public_url
from showcase.i18n import DHAKA, _
from showcase.i18n import language as current_language
from showcase.stories.queries import Story

# Braces are not escaped but replaced: BibTeX counts them even behind a backslash.
_FOR_BIBTEX: Final = str.maketrans(
    {
        "{": "(",
        "}": ")",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
_LANGUAGES: Final = {"bn": "bengali", "en": "english"}


@dataclass(frozen=True)
class Citation:
    """``key`` is of ASCII letters, which every program and every file system takes."""

    key: str
    title: str
    author: str
    published: date
    publisher: str
    site: str
    url: str
    language: str


def citation(story: Story) -> Citation:
    """By the office that tells of its work, else by a2i, which runs the site."""
    reading, office = story.reading, story.fields.office
    publisher = _("a2i (Aspire to Innovate)")
    return Citation(
        key=f"showcase-{story.slug}" if story.slug.isascii() else f"showcase-{reading.id}",
        title=story.title,
        author=office.text(current_language()) if office else publisher,
        published=reading.published or reading.updated_at.astimezone(DHAKA).date(),
        publisher=publisher,
        site=_("Showcase"),
        url=public_url("stories.show", slug=story.slug),
        language=story.language,
    )


def bibtex(told: Citation) -> str:
    """The author in two pairs of braces: an office is no person with a family name."""
    fields = {
        "title": f"{{{_escaped(told.title)}}}",
        "author": f"{{{_escaped(told.author)}}}",
        "year": str(told.published.year),
        "date": told.published.isoformat(),
        "organization": _escaped(told.publisher),
        "howpublished": _escaped(told.site),
        "url": told.url,
        "language": _LANGUAGES[told.language],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{told.key},", *lines, "}", ""])


def ris(told: Citation) -> str:
    lines = (
        ("TY", "ELEC"),
        ("ID", told.key),
        ("TI", told.title),
        ("AU", told.author),
        ("PY", str(told.published.year)),
        ("DA", f"{told.published:%Y/%m/%d}"),
        ("PB", told.publisher),
        ("T2", told.site),
        ("UR", told.url),
        ("LA", told.language),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _escaped(text: str) -> str:
    return text.translate(_FOR_BIBTEX)
