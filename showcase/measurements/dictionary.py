"""The columns of the exported register and what each of them means: names that do not change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from showcase.i18n import LANGUAGES, _l, speaking
from showcase.tcv.labels import MEASURES


@dataclass(frozen=True)
class Field:
    """Columns of one meaning: each with its place in a record of the JSON export.

    Attributes:
        columns: Name in the CSV export → path in the JSON export, ``measures.time.before.amount``.
        unit: What the numbers count; empty for words.
    """

    columns: Mapping[str, str]
    meaning: Any
    unit: Any = ""


def _same(name: str, path: str, meaning: Any, unit: Any = "") -> Field:
    return Field({name: path}, meaning, unit)


def _words(name: str, meaning: Any) -> Field:
    return Field({f"{name}_{code}": f"{name}.{code}" for code in LANGUAGES}, meaning)


def _measures(name: str, path: str, meaning: Any, unit: Any = "") -> Field:
    columns = {f"{measure}_{name}": f"measures.{measure}.{path}" for measure in MEASURES}
    return Field(columns, meaning, unit)


def _sides(name: str, meaning: Any) -> Field:
    return Field({f"{name}_{side}": f"{name}.{side}" for side in ("before", "after")}, meaning)


_IN_ITS_UNIT: Final = _l("the unit in the column beside it")

FIELDS: Final[tuple[Field, ...]] = (
    _same("id", "id", _l("The record: its story and its number there; it does not change.")),
    _same("story", "story", _l("The story: the last part of its address.")),
    _same("url", "url", _l("The story’s page.")),
    _words("title", _l("The story’s title; empty where it has not been translated.")),
    _words("service", _l("The service that was measured.")),
    _same("district", "district", _l("The district; empty where the story names none.")),
    _same("sector", "sector", _l("The field of public service.")),
    _same("published", "published", _l("The day on which the story was published."), "YYYY-MM-DD"),
    _measures(
        "before",
        "before.amount",
        _l("What the service asked before; empty means not measured, never zero."),
        _IN_ITS_UNIT,
    ),
    _measures(
        "before_unit",
        "before.unit",
        _l("As the source counts: minutes, hours, days, working-days, taka or visits."),
    ),
    _measures(
        "before_at_least", "before.at_least", _l("True where the source says “at least” so much.")
    ),
    _measures(
        "after",
        "after.amount",
        _l("What the service asks now; empty means not measured, never zero."),
        _IN_ITS_UNIT,
    ),
    _measures("after_unit", "after.unit", _l("As before; the two may differ and are kept.")),
    _measures(
        "after_at_least", "after.at_least", _l("True where the source says “at least” so much.")
    ),
    _measures(
        "change",
        "change.kind",
        _l(
            "What became of it: decrease, increase, same, percent-only (published without "
            "values), not-measured or refused (unlike things were counted)."
        ),
    ),
    _measures(
        "change_percent",
        "change.percent",
        _l("The change in per cent, (after − before) ÷ before: below zero means less."),
        "%",
    ),
    _measures("change_reason", "change.reason", _l("Why a percentage is refused, as a code.")),
    _sides(
        "basis",
        _l("Which time was counted: spent (the citizen’s own), elapsed (calendar) or promised."),
    ),
    _sides("cost_parts", _l("Which costs were counted, with “;” between them.")),
    _same("cost_year", "cost_year", _l("The year of the taka, where the source tells it.")),
    _same("method", "method", _l("How it was measured.")),
    _same(
        "evidence_level",
        "evidence_level",
        _l("From 1 (claimed) to 5 (independent); without a sample always 1."),
    ),
    _same("sample", "sample", _l("How many cases were measured."), _l("cases")),
    _same("statistic", "statistic", _l("Whether the values are a mean or a median.")),
    _same("measured", "measured", _l("When it was measured: a month or a year."), "YYYY-MM, YYYY"),
    _words("who", _l("Who measured.")),
    _words("where", _l("Where it was measured.")),
    _words("source", _l("Where the numbers come from.")),
    _words("note", _l("What a reader of the numbers has to know.")),
)
COLUMNS: Final[Mapping[str, str]] = {
    name: path for field in FIELDS for name, path in field.columns.items()
}


def dictionary() -> Iterator[dict[str, Any]]:
    """One entry a column, for the JSON export: the meaning and the unit in both languages."""
    for field in FIELDS:
        meaning, unit = in_all_languages(field.meaning), in_all_languages(field.unit)
        for name, path in field.columns.items():
            yield {"column": name, "path": path, "meaning": meaning, "unit": unit}


def in_all_languages(text: Any) -> dict[str, str] | None:
    """None of an empty text."""
    told = {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = str(text)
    return told if any(told.values()) else None
