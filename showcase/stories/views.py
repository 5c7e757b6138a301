"""The story list and the story page."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.events.queries import next_events_showing
from showcase.pagecache import cacheable
from showcase.stories import queries
from showcase.stories.page import story_page
from showcase.templating import render

stories = Blueprint("stories", __name__, url_prefix="/<any(bn, en):language>/stories")


@stories.get("")
@access(PUBLIC)
@cacheable()
def index() -> ResponseReturnValue:
    return render("stories/index.html", stories=queries.newest_stories())


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
    )
