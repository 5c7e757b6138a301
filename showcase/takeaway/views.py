"""What leaves the site with its reader: data, citations, a poster."""

import json
from typing import Any, Final

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.headers import OPEN_DATA
from showcase.pagecache import cacheable
from showcase.stories import queries
from showcase.stories.share import share_texts
from showcase.takeaway.citation import bibtex, citation, ris
from showcase.takeaway.poster import poster_of
from showcase.takeaway.twin import list_twin, story_twin
from showcase.templating import render

takeaway = Blueprint("takeaway", __name__, url_prefix="/<any(bn, en):language>")

_OPEN_JSON: Final = {"Content-Type": "application/json", **OPEN_DATA}


@takeaway.get("/stories/<slug>.json")
@access(PUBLIC)
@cacheable()
def story_json(slug: str) -> ResponseReturnValue:
    story = queries.find_story(slug) or abort(404)
    return _json(story_twin(story)), _OPEN_JSON


@takeaway.get("/stories.json")
@access(PUBLIC)
@cacheable(query=["page"])
def stories_json() -> ResponseReturnValue:
    page = request.args.get("page", "1")
    # Nine digits are more pages than there will ever be; longer is not worth reading.
    if not (page.isascii() and page.isdecimal() and len(page) < 10 and int(page)):
        abort(404)
    return _json(list_twin(int(page)) or abort(404)), _OPEN_JSON


@takeaway.get("/stories/<slug>.bib")
@access(PUBLIC)
@cacheable()
def story_bibtex(slug: str) -> ResponseReturnValue:
    told = citation(queries.find_story(slug) or abort(404))
    return bibtex(told), _file("application/x-bibtex", f"{told.key}.bib")


@takeaway.get("/stories/<slug>.ris")
@access(PUBLIC)
@cacheable()
def story_ris(slug: str) -> ResponseReturnValue:
    told = citation(queries.find_story(slug) or abort(404))
    return ris(told), _file("application/x-research-info-systems", f"{told.key}.ris")


@takeaway.get("/stories/<slug>/share")
@access(PUBLIC)
@cacheable()
def share(slug: str) -> ResponseReturnValue:
    story = queries.find_story(slug) or abort(404)
    return render("takeaway/share.html", story=story, texts=share_texts(story))


@takeaway.get("/stories/<slug>/poster")
@access(PUBLIC)
@cacheable()
def poster(slug: str) -> ResponseReturnValue:
    story = queries.find_story(slug) or abort(404)
    return render("takeaway/poster.html", story=story, poster=poster_of(story))


def _json(data: dict[str, Any]) -> str:
    """Bangla as itself: escaped it would be twice as long and unreadable to people."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _file(media_type: str, name: str) -> dict[str, str]:
    return {
        "Content-Type": f"{media_type}; charset=utf-8",
        "Content-Disposition": f"attachment; filename={name}",
    }
