"""The board."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.pagecache import cacheable
from showcase.pilots.board import board
from showcase.templating import render

pilots = Blueprint("pilots", __name__, url_prefix="/<any(bn, en):language>/pilots")


@pilots.get("")
@access(PUBLIC)
@cacheable()
def index() -> ResponseReturnValue:
    return render("pilots/index.html", board=board())
