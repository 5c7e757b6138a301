"""What commands of several features ask of an event."""

import click

from showcase.events.queries import EventFacts, event_by_slug


def named_event(slug: str) -> EventFacts:
    """
    Raises:
        ClickException: No event is published under this name.
    """
    found = event_by_slug(slug)
    if found is None:
        raise click.ClickException(
            f"There is no published event “{slug}”; write the last part of its address."
        )
    return found
