"""Records of every shape that a story may hold, for properties that all of them keep."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from showcase.tcv import TcvRecord
from showcase.tcv.quantities import Quantity, Unit
from showcase.text import clean_line

_amounts = st.decimals(0, 10**6, places=2, allow_nan=False)
_bounds = st.booleans()
_units: st.SearchStrategy[Unit] = st.sampled_from(("minutes", "hours", "days", "working-days"))
_bases = st.sampled_from(("spent", "elapsed", "promised"))
_parts = st.lists(
    st.sampled_from(("fee", "travel", "wage-loss", "copies")), min_size=1, unique=True
)
# Anything that can be typed: quotation marks, line ends, hash signs, Bangla with its joiners.
_texts = st.text(max_size=60).filter(clean_line) | st.sampled_from(
    ("no", "null", "- a", "a: b # c", '"', "'", "{x}", "[y]", "@z", "র‍্যাব", "২৮ কর্মদিবস", "\\n", "…")
)
_words = st.dictionaries(st.sampled_from(("bn", "en")), _texts, min_size=1)


def _quantities(units: st.SearchStrategy[Unit]) -> st.SearchStrategy[str]:
    return st.builds(Quantity, _amounts, units, _bounds).map(str)


_values = st.fixed_dictionaries(
    {},
    optional={
        "time": _quantities(_units),
        "cost": _quantities(st.just("taka")),
        "visits": _quantities(st.just("visits")),
    },
)


def _both_or_each(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return one | st.fixed_dictionaries({}, optional={"before": one, "after": one})


_months = st.builds("{}-{:02}".format, st.integers(1990, 2030), st.integers(1, 12))
_corrections = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.dates().map(str),
            "field": st.sampled_from(("before.time", "note", "sample")),
            "was": _texts,
            "why": _words,
        }
    ),
    max_size=2,
)
_sources = st.fixed_dictionaries(
    {"service": _words, "source": _words, "note": _words, "before": _values, "after": _values},
    optional={
        "basis": _both_or_each(_bases),
        "cost_parts": _both_or_each(_parts),
        "cost_year": st.integers(1990, 2030).map(str),
        "measured": _months | st.integers(1990, 2030).map(str),
        "method": st.sampled_from(("claimed", "process-map", "before-and-after", "independent")),
        "sample": st.integers(1, 10**6).map(str),
        "statistic": st.sampled_from(("mean", "median")),
        "who": _words,
        "where": _words,
        "corrections": _corrections,
    },
).filter(lambda source: source["before"] or source["after"])

records: st.SearchStrategy[TcvRecord] = _sources.map(TcvRecord.model_validate)
positive = st.integers(1, 10**6).map(Decimal)
