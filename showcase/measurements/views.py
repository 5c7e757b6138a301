"""The register of TCV records and everything that is made of it."""

from collections.abc import Iterator
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    abort,
    copy_current_request_context,
    g,
    jsonify,
    make_response,
    request,
)
from flask.typing import ResponseReturnValue

from showcase import htmx
from showcase.access import PUBLIC, access
from showcase.addresses import public_url
from showcase.headers import OPEN_DATA
from showcase.i18n import _
from showcase.i18n import language as current_language
from showcase.measurements import embedding, export, queries
from showcase.measurements.calculator import Calculation, calculate
from showcase.measurements.compare import MOST, compare_view
from showcase.measurements.dictionary import FIELDS
from showcase.measurements.for_me import countable, illustrated
from showcase.measurements.forms import CalculatorForm, WayForm
from showcase.measurements.overview import overview
from showcase.measurements.register import choices, record_row
from showcase.measurements.selection import LACKING, PARAMETERS, Selection, read_selection
from showcase.pagecache import cacheable
from showcase.schema_org import Json
from showcase.stories.queries import Story, find_story
from showcase.tcv.brief import leading
from showcase.tcv.evidence import levels
from showcase.tcv.jsonld import dataset_jsonld
from showcase.tcv.widget import widget
from showcase.templating import render

measurements = Blueprint("measurements", __name__)

# Told to caches on the way: a publish shows in the export within five minutes.
_FIVE_MINUTES = "public, max-age=300"


@measurements.get("/<any(bn, en):language>/tcv")
@access(PUBLIC)
@cacheable(query=PARAMETERS)
def index() -> ResponseReturnValue:
    selection = read_selection(request.args)
    page = queries.register_page(selection)
    return render(
        "measurements/index.html",
        fragment="answer",
        selection=selection,
        page=page,
        rows=[record_row(entry) for entry in page.entries],
        choices=() if htmx.is_request() else choices(selection),
        lacking=LACKING.get(selection.sort),
        overview=None if htmx.is_request() else overview(),
        dataset=None if htmx.is_request() else _dataset(),
        levels=levels(),
        is_fragment=htmx.is_request(),
    )


@measurements.get("/<any(bn, en):language>/tcv/data")
@access(PUBLIC)
@cacheable()
def data() -> ResponseReturnValue:
    return render("measurements/data.html", fields=FIELDS)


@measurements.get("/<any(bn, en):language>/tcv/compare")
@access(PUBLIC)
@cacheable(query=("r",))
def compare() -> ResponseReturnValue:
    view = compare_view(request.args.getlist("r"))
    chosen = {record.id for record in view.records}
    offered = [] if view.measures else queries.register_page(Selection({})).entries
    return render(
        "measurements/compare.html",
        view=view,
        most=MOST,
        offered=[record_row(entry) for entry in offered if str(entry.id) not in chosen],
    )


@measurements.get("/<any(bn, en):language>/tcv/calculator")
@access(PUBLIC)
@cacheable()
def calculator() -> ResponseReturnValue:
    form = CalculatorForm(request.args)
    return render(
        "measurements/calculator.html",
        fragment="answer",
        form=form,
        result=(
            calculate(form, is_being_typed=htmx.is_request()) if request.args else Calculation()
        ),
        is_fragment=htmx.is_request(),
    )


@measurements.get("/<any(bn, en):language>/stories/<slug>/for-me")
@access(PUBLIC)
@cacheable()
def for_me(slug: str) -> ResponseReturnValue:
    story = find_story(slug) or abort(404)
    form = WayForm(request.args)
    records = countable(story)
    is_right = bool(request.args) and form.validate()
    return render(
        "measurements/for_me.html",
        story=story,
        form=form,
        records=records,
        result=illustrated(records, form.way) if is_right else (),
    )


@measurements.get("/tcv.csv")
@access(PUBLIC)
def as_csv() -> ResponseReturnValue:
    pieces = export.csv_pieces(queries.exported(), _story_address)
    disposition = {"Content-Disposition": 'attachment; filename="tcv.csv"'}
    return _streamed(pieces, "text/csv; charset=utf-8; header=present", disposition)


@measurements.get("/tcv.json")
@access(PUBLIC)
def as_json() -> ResponseReturnValue:
    pieces = export.json_pieces(queries.exported(), _story_address)
    return _streamed(pieces, "application/json", {})


@measurements.get("/embed/tcv/<slug>")
@access(PUBLIC)
@cacheable(query=("lang",))
def embed(slug: str) -> ResponseReturnValue:
    g.language = embedding.language_asked(request.args.get("lang", ""))
    story = find_story(slug) or abort(404)
    record = leading(story.fields.tcv)
    page = render(
        "measurements/embed.html",
        story=story,
        story_url=public_url("stories.show", slug=slug),
        method_url=public_url("pages.show", slug="how-tcv-is-measured"),
        view=widget(record, current_language()) if record else None,
        others=max(0, len(story.fields.tcv) - 1),
    )
    return make_response(page, embedding.HEADERS)


@measurements.get("/oembed")
@access(PUBLIC)
def oembed() -> ResponseReturnValue:
    target = embedding.target_of(request.args.get("url", ""))
    g.language = target.language if target else "en"
    if request.args.get("format", "json") != "json":
        return _refusal(_("Only JSON is spoken here: leave the format out."), 501)
    story: Story | None = find_story(target.slug) if target else None
    if story is None:
        return _refusal(_("This is not the address of a story on this site."), 404)
    answer = embedding.oembed_answer(
        story,
        current_language(),
        embedding.size(request.args.get("maxwidth", ""), embedding.WIDTH),
        embedding.size(request.args.get("maxheight", ""), embedding.HEIGHT),
    )
    return make_response(jsonify(answer), {**OPEN_DATA, "Cache-Control": _FIVE_MINUTES})


def _dataset() -> Json:
    """The register as search engines for data read it."""
    downloads = {
        "text/csv": public_url("measurements.as_csv"),
        "application/json": public_url("measurements.as_json"),
    }
    return dataset_jsonld(
        url=public_url("measurements.index"), downloads=downloads, records=queries.count_records()
    )


def _refusal(sentence: str, status: int) -> Response:
    return make_response(jsonify(error=sentence), HTTPStatus(status), OPEN_DATA)


def _streamed(pieces: Iterator[str], media_type: str, headers: dict[str, str]) -> Response:
    # Not stream_with_context: a reader who leaves half way would leave its context open.
    next_piece = copy_current_request_context(lambda: next(pieces, None))
    response = Response(iter(next_piece, None), content_type=media_type)
    response.headers.update({**OPEN_DATA, "Cache-Control": _FIVE_MINUTES, **headers})
    return response


def _story_address(slug: str) -> str:
    """In Bangla, which every story has a page in."""
    return public_url("stories.show", slug=slug, language="bn")
