"""The one box."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.pagecache import cacheable
from showcase.paging import asked_page, page_count
from showcase.search import queries
from showcase.search.page import results
from showcase.search.words import asked_words
from showcase.templating import render
from showcase.text import clean_line

search = Blueprint("search", __name__, url_prefix="/<any(bn, en):language>/search")

PER_PAGE = 20
LONGEST_QUERY = 200


@search.get("")
@access(PUBLIC)
@cacheable()
def index() -> ResponseReturnValue:
    asked = clean_line(request.args.get("q", ""))
    query = asked[:LONGEST_QUERY]
    words = asked_words(query)
    wanted = asked_page(request.args.get("page", ""))
    found = _hits(query, wanted)
    pages = page_count(found.total, PER_PAGE)
    page = min(wanted, pages)
    if page < wanted:
        found = _hits(query, page)
    return render(
        "search/index.html",
        query=query,
        is_cut=len(asked) > LONGEST_QUERY or len(words) > queries.MOST_WORDS,
        has_words=bool(words),
        total=found.total,
        results=results(found.hits, words),
        page=page,
        is_beyond=page < wanted,
        pages=pages,
    )


def _hits(query: str, page: int) -> queries.Hits:
    return queries.find(query, start=(page - 1) * PER_PAGE, count=PER_PAGE)
