"""One page by its name."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.body import body_parts
from showcase.documents import queries as documents
from showcase.i18n import language
from showcase.pagecache import cacheable
from showcase.templating import render

pages = Blueprint("pages", __name__, url_prefix="/<any(bn, en):language>")


@pages.get("/<slug>")
@access(PUBLIC)
@cacheable()
def show(slug: str) -> ResponseReturnValue:
    page = documents.find("page", slug, language()) or abort(404)
    return render("pages/show.html", page=page, parts=body_parts(page.html, language()))
