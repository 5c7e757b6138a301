"""The map of all districts, and the page of each."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.districts.map import SHADES
from showcase.districts.page import district_page, districts_page
from showcase.districts.queries import all_districts
from showcase.pagecache import cacheable
from showcase.templating import render

districts = Blueprint("districts", __name__, url_prefix="/<any(bn, en):language>/districts")


@districts.get("")
@access(PUBLIC)
@cacheable(query=["shade"])
def index() -> ResponseReturnValue:
    asked = request.args.get("shade", SHADES[0])
    shade = next((known for known in SHADES if known == asked), SHADES[0])
    return render(
        "districts/index.html",
        page=districts_page(shade),
        shade=shade,
        is_unknown=asked != shade,
    )


@districts.get("/<key>")
@access(PUBLIC)
@cacheable("seats")
def show(key: str) -> ResponseReturnValue:
    district = all_districts().get(key) or abort(404)
    return render("districts/show.html", district=district, page=district_page(district))
