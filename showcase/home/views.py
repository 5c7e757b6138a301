"""The first page, and the way to it in the reader's language."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.events.queries import coming_events
from showcase.figures.phases import the_three_phases
from showcase.i18n import language, preferred_language
from showcase.pagecache import cacheable
from showcase.stories.queries import newest_stories
from showcase.templating import render

home = Blueprint("home", __name__)

# What fits a phone without endless scrolling; the lists have the rest.
STORIES = 4
EVENTS = 3
FIGURES = 3


@home.get("/")
@access(PUBLIC)
def choose_language() -> ResponseReturnValue:
    response = redirect(url_for("home.show", language=preferred_language()))
    response.vary.add("Accept-Language")
    return response


@home.get("/<any(bn, en):language>/")
@access(PUBLIC)
@cacheable("seats")
def show() -> ResponseReturnValue:
    return render(
        "home/show.html",
        phases=the_three_phases(language()),
        stories=newest_stories(STORIES),
        events=coming_events(EVENTS),
        figures_shown=FIGURES,
    )
