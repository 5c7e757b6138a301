"""What a card says, in the language of its address."""

from showcase.cards.event_card import EventCard
from showcase.cards.sheet import Imprint
from showcase.cards.story_card import StoryCard
from showcase.events.queries import card_of, event_by_slug
from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.stories.queries import find_story
from showcase.tcv.brief import brief, leading


def story_card(slug: str) -> StoryCard | None:
    story = find_story(slug)
    if story is None:
        return None
    record = leading(story.fields.tcv)
    return StoryCard(
        imprint=_imprint(story.district_name, story.sector_label),
        title=story.title,
        summary=story.summary,
        columns=(_("Before"), _("After"), _("Change")),
        brief=brief(record, current_language()) if record else None,
        unmeasured=_("Time, cost and visits have not been measured."),
    )


def event_card(slug: str) -> EventCard | None:
    event = event_by_slug(slug)
    if event is None:
        return None
    card = card_of(event)
    venue = event.venue_name(current_language())
    is_off = event.announced in ("postponed", "cancelled")
    return EventCard(
        imprint=_imprint(card.kind_label, card.where),
        title=card.title,
        summary=event.summary(current_language()),
        day=card.day,
        month=card.month,
        when=card.when,
        place=venue if card.where in venue else f"{venue}, {card.where}",
        notice=card.state_label if is_off else "",
        sample=_("Sample data") if card.sample else "",
    )


def _imprint(*about: str | None) -> Imprint:
    return Imprint(site=_("Showcase"), about=" · ".join(part for part in about if part))
