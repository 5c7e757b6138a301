"""Every counter of the programme, phase by phase, each with its source and date."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.figures.phases import figures_by_phase
from showcase.i18n import language
from showcase.pagecache import cacheable
from showcase.templating import render

figures = Blueprint("figures", __name__, url_prefix="/<any(bn, en):language>/figures")


@figures.get("")
@access(PUBLIC)
@cacheable()
def index() -> ResponseReturnValue:
    return render("figures/index.html", phases=figures_by_phase(language()))
