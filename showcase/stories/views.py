"""The story list and the story page."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import PUBLIC, access
from showcase.events.queries import next_events_showing
from showcase.pagecache import cacheable
from showcase.search.queries import ids_of_stories
from showcase.stories import queries
from showcase.stories.browse import browse
from showcase.stories.catalogue import catalogue
from showcase.stories.jsonld import article
from showcase.stories.page import story_page
from showcase.stories.related import related_stories
from showcase.stories.selection import PARAMETERS, read_selection
from showcase.templating import render
from showcase.voice.queries import report_of

stories = Blueprint("stories", __name__, url_prefix="/<any(bn, en):language>/stories")


@stories.get("")
@access(PUBLIC)
@cacheable(query=[name for name in PARAMETERS if name != "q"])
def index() -> ResponseReturnValue:
    selection, all_stories = read_selection(request.args), catalogue()
    ids = ids_of_stories(selection.query)
    found = None if ids is None else all_stories.among(ids)
    path = url_for("stories.index")
    page = browse(all_stories, selection, found, lambda one: one.address(path))
    return render(
        "stories/index.html",
        fragment="answer",
        selection=selection,
        page=page,
        stories=queries.stories_with([all_stories.ids[n] for n in page.positions]),
        is_fragment=htmx.is_request(),
    )


@stories.get("/<slug>")
@access(PUBLIC)
@cacheable("seats")
def show(slug: str) -> ResponseReturnValue:
    story = queries.find_story(slug) or abort(404)
    return render(
        "stories/show.html",
        story=story,
        page=story_page(story),
        events=next_events_showing(story.slug),
        related=related_stories(story),
        report=report_of(story.slug),
        jsonld=article(story),
    )
