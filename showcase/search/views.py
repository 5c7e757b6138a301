"""The one box."""

import re

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from showcase.access import PUBLIC, access
from showcase.pagecache import cacheable
from showcase.search import queries
from showcase.search.page import results
from showcase.search.words import asked_words
from showcase.templating import render
from showcase.text import clean_line, latin_digits

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
    asked_page = _page()
    found = _hits(query, asked_page)
    pages = max(1, -(-found.total // PER_PAGE))
    page = min(asked_page, pages)
    if page < asked_page:
        found = _hits(query, page)
    return render(
        "search/index.html",
        query=query,
        is_cut=len(asked) > LONGEST_QUERY or len(words) > queries.MOST_WORDS,
        has_words=bool(words),
        total=found.total,
        results=results(found.hits, words),
        page=page,
        is_beyond=page < asked_page,
        pages=pages,
    )


def _hits(query: str, page: int) -> queries.Hits:
    return queries.find(query, start=(page - 1) * PER_PAGE, count=PER_PAGE)


def _page() -> int:
    digits = latin_digits(request.args.get("page", "").strip())
    return max(1, int(digits)) if re.fullmatch("[0-9]{1,12}", digits) else 1
