"""The gallery, in Bangla or in English."""

from typing import Final

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from showcase.access import DEVELOPMENT, access
from showcase.gallery.forms import filled_in_wrongly
from showcase.gallery.messages import previews
from showcase.gallery.records import widgets_in_every_state
from showcase.gallery.samples import samples
from showcase.i18n import DEFAULT_LANGUAGE, LANGUAGES
from showcase.templating import render

gallery = Blueprint("gallery", __name__, url_prefix="/gallery")

# Files of templates/components that stand in the head of a page, where there is nothing to see.
IN_THE_HEAD: Final = ("htmx", "json_ld", "open_graph")


@gallery.get("")
@access(DEVELOPMENT)
def index() -> ResponseReturnValue:
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    g.language = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    return render(
        "gallery/index.html",
        sample=samples(g.language),
        widgets=widgets_in_every_state(g.language),
        form=filled_in_wrongly(),
        in_the_head=IN_THE_HEAD,
    )


@gallery.get("/messages")
@access(DEVELOPMENT)
def messages() -> ResponseReturnValue:
    g.language = DEFAULT_LANGUAGE
    return render("gallery/messages.html", previews=list(previews()))
