"""Words by which a search finds a story besides its text."""

from collections.abc import Iterator, Mapping
from typing import Any

from showcase.i18n import LANGUAGES, speaking
from showcase.stories.labels import PAIN_POINTS, SECTORS


def keywords(fields: Mapping[str, Any]) -> Iterator[str]:
    """Its sector and what hurt, as they are called in both languages; its office and services."""
    for language in LANGUAGES:
        with speaking(language):
            yield str(SECTORS[fields["sector"]])
            yield from (str(PAIN_POINTS[pain]) for pain in fields["pain_points"])
    yield from (fields["office"] or {}).values()
    for record in fields["tcv"]:
        yield from record["service"].values()
