"""From what an officer has typed to the record it makes: nothing is stored anywhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from showcase.i18n import _, _l, format_percent
from showcase.i18n import language as current_language
from showcase.measurements.forms import CalculatorForm
from showcase.tcv.change import rounded
from showcase.tcv.labels import MEASURES
from showcase.tcv.records import NOTE_ABOVE_PERCENT, TcvRecord, percent_of
from showcase.tcv.source import to_yaml
from showcase.tcv.widget import WidgetView, widget
from showcase.text import latin_digits

_JUST_A_NUMBER: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?\+?")
# Stands in for what is still to be written, so that the numbers can be shown already.
_PLACEHOLDER: Final = "…"

Path = tuple[str, ...]

_TIME: Final = _l("Write a number such as 2 or 1.5, or leave it empty if it was not measured.")
_COST: Final = _l("Write an amount of taka such as 2500, or leave it empty if it was not measured.")
_VISITS: Final = _l("Write a number of visits such as 2, or leave it empty if it was not measured.")
# Where the record's schema finds a fault: the field it is told at, and what is told there.
_FAULTS: Final[Mapping[Path, tuple[str, Any]]] = {
    ("before", "time"): ("before_time", _TIME),
    ("before", "cost"): ("before_cost", _COST),
    ("before", "visits"): ("before_visits", _VISITS),
    ("after", "time"): ("after_time", _TIME),
    ("after", "cost"): ("after_cost", _COST),
    ("after", "visits"): ("after_visits", _VISITS),
    ("sample",): ("sample", _l("Write how many cases were measured, a whole number like 120.")),
    ("measured",): ("measured", _l("Write a month or a year, like 2014-06 or 2014.")),
    ("cost_year",): ("cost_year", _l("Write a year, like 2014.")),
}
_NO_VALUE: Final = _l("Write at least one value under before or after.")


@dataclass(frozen=True)
class Calculation:
    """
    Attributes:
        view: The widget as it will look; None as long as there is no number to show.
        source: What an editor copies; empty as long as something is wrong or missing.
    """

    view: WidgetView | None = None
    source: str = ""


def calculate(form: CalculatorForm, *, is_being_typed: bool = False) -> Calculation:
    """Checks the form too: what is wrong is told at its field.

    Args:
        is_being_typed: What is still empty may come yet, so nothing is said of it.
    """
    is_complete = form.validate()
    if is_being_typed:
        form.forgive_what_is_empty()
    record = _record(form, _source(form))
    if record is None:
        return Calculation()
    _ask_for_a_note(form, record)
    record = _without_placeholders(form, record)
    is_right = is_complete and not form.errors
    return Calculation(
        view=widget(record, current_language()), source=to_yaml([record]) if is_right else ""
    )


def _record(form: CalculatorForm, source: dict[str, Any]) -> TcvRecord | None:
    """Of all that is right; what is not is told and left out."""
    for path in _faults(source):
        name, sentence = _FAULTS[path]
        _tell(form, name, str(sentence))
        _leave_out(source, path)
    if not source["before"] and not source["after"]:
        if not any(form[name].errors for name, _sentence in _FAULTS.values()):
            form.form_errors.append(str(_NO_VALUE))
        return None
    return TcvRecord.model_validate(source)


def _faults(source: Mapping[str, Any]) -> list[Path]:
    try:
        TcvRecord.model_validate(source)
    except ValidationError as error:
        paths = [tuple(map(str, details["loc"])) for details in error.errors()]
        return [path for path in paths if path in _FAULTS]
    return []


def _source(form: CalculatorForm) -> dict[str, Any]:
    """The record as a front matter would give it; empty fields and wrong choices left out."""
    code = current_language()
    kept = {
        name: form[name].data
        for name in ("method", "sample", "statistic", "measured", "cost_year")
        if _is_right(form, name)
    }
    return {
        **kept,
        "before": dict(_values(form, "before")),
        "after": dict(_values(form, "after")),
        "basis": dict(_of_both_sides(form, "basis")),
        "cost_parts": dict(_of_both_sides(form, "parts")),
        **{name: {code: _words(form, name)} for name in ("service", "source", "note")},
    }


def _words(form: CalculatorForm, name: str) -> str:
    return str(form[name].data) if _is_right(form, name) else _PLACEHOLDER


def _is_right(form: CalculatorForm, name: str) -> bool:
    return bool(form[name].data) and not form[name].errors


def _values(form: CalculatorForm, side: str) -> Iterator[tuple[str, str]]:
    units = {"time": form[f"{side}_unit"].data, "cost": "BDT", "visits": "visits"}
    for measure in MEASURES:
        if _is_right(form, f"{side}_{measure}"):
            typed = form[f"{side}_{measure}"].data
            is_number = _JUST_A_NUMBER.fullmatch(latin_digits(typed))
            yield measure, f"{typed} {units[measure]}" if is_number else typed


def _of_both_sides(form: CalculatorForm, name: str) -> Iterator[tuple[str, Any]]:
    for side in ("before", "after"):
        if _is_right(form, f"{side}_{name}"):
            yield side, form[f"{side}_{name}"].data


def _leave_out(source: dict[str, Any], path: Path) -> None:
    *above, last = path
    for key in above:
        source = source[key]
    source.pop(last, None)


def _ask_for_a_note(form: CalculatorForm, record: TcvRecord) -> None:
    if form.note.data:
        return
    changes = (percent_of(record, measure) for measure in MEASURES)
    largest = max((abs(percent) for percent in changes if percent is not None), default=Decimal(0))
    if largest > NOTE_ABOVE_PERCENT:
        _tell(
            form,
            "note",
            _(
                "A change of %(percent)s is rare: write a note that says how so much was possible.",
                percent=format_percent(rounded(largest)),
            ),
        )


def _without_placeholders(form: CalculatorForm, record: TcvRecord) -> TcvRecord:
    return record if _is_right(form, "note") else record.model_copy(update={"note": None})


def _tell(form: CalculatorForm, name: str, sentence: str) -> None:
    field = form[name]
    field.errors = [*field.errors, sentence]
