"""A text to post or send, ready to copy: the story, its numbers with their sample, its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from showcase.addresses import public_url
from showcase.i18n import _, speaking
from showcase.i18n import language as current_language
from showcase.stories.queries import Story
from showcase.stories.stretch import texts_of
from showcase.tcv.brief import Brief, BriefRow, brief, leading

_FACEBOOK: Final = "https://www.facebook.com/sharer/sharer.php?u="
_WHATSAPP: Final = "https://wa.me/?text="
# RFC 5724 and RFC 6068: the phone's own programs, nobody's site.
_SMS: Final = "sms:?body="
_MAIL: Final = "mailto:?subject="


@dataclass(frozen=True)
class ShareText:
    """Plain text in one language, and links that hand it on; none of them needs a script.

    ``ways`` is empty where the text is in another language than the page: its reader copies it.
    """

    language: str
    text: str
    ways: tuple[tuple[str, str], ...]


def share_texts(story: Story) -> tuple[ShareText, ...]:
    """One for each language the story can be read in, Bangla first."""
    titles = texts_of([story.reading.id])[story.reading.id]
    return tuple(_share_text(story, text.title, language) for language, text in titles.items())


def _share_text(story: Story, title: str, language: str) -> ShareText:
    url = public_url("stories.show", slug=story.slug, language=language)
    with speaking(language):
        text = "\n".join([title, *_numbers(story, language), url])
    ways = tuple(_ways(title, text, url)) if language == current_language() else ()
    return ShareText(language, text, ways)


def _ways(title: str, text: str, url: str) -> Iterator[tuple[str, str]]:
    # The whole text would be six messages, each paid for.
    short = f"{title} {url}"
    yield _("WhatsApp"), _WHATSAPP + quote(text, safe="")
    yield _("SMS"), _SMS + quote(short, safe="")
    yield _("E-mail"), f"{_MAIL}{quote(title, safe='')}&body={quote(text, safe='')}"
    yield _("Facebook"), _FACEBOOK + quote(url, safe="")


def _numbers(story: Story, language: str) -> Iterator[str]:
    record = leading(story.fields.tcv)
    if record is None:
        yield _("Time, cost and visits have not been measured.")
        return
    told = brief(record, language)
    yield f"{told.service.text}:"
    for row in told.rows:
        yield f"• {row.label}: {_row(row)}"
    yield _evidence(told)


def _row(row: BriefRow) -> str:
    """2 days → 4 hours (83% less), 77% less (percent only), or not measured."""
    if row.instead:
        return f"{row.change} ({row.instead})" if row.change else row.instead
    return f"{row.before} → {row.after} ({row.change})"


def _evidence(told: Brief) -> str:
    return f"{told.evidence}; {told.sample}"
