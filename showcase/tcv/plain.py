"""A TCV record as plain values, for the ``.json`` twin, JSON-LD and tables: codes, never prose."""

from decimal import Decimal
from typing import Any

from showcase.tcv.change import (
    Change,
    Decrease,
    Increase,
    NotMeasured,
    PercentOnly,
    Refused,
    Same,
    rounded,
    signed_percent,
)
from showcase.tcv.evidence import evidence_level
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.quantities import Quantity
from showcase.tcv.records import TcvRecord, change_of

_KINDS = {
    Decrease: "decrease",
    Increase: "increase",
    Same: "same",
    PercentOnly: "percent-only",
    NotMeasured: "not-measured",
    Refused: "refused",
}


def to_json(record: TcvRecord) -> dict[str, Any]:
    """Words keep all their languages; the source's own fields keep their names and spelling."""
    source = record.model_dump(
        mode="json", exclude={"before", "after", "change"}, exclude_none=True
    )
    return {
        **source,
        "evidence_level": evidence_level(record).number,
        "measures": {measure: _measure(record, measure) for measure in MEASURES},
    }


def _measure(record: TcvRecord, measure: Measure) -> dict[str, Any]:
    return {
        "before": _quantity(record.before.of(measure)),
        "after": _quantity(record.after.of(measure)),
        "change": _change(change_of(record, measure)),
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    amount = _number(quantity.amount)
    return {"amount": amount, "unit": quantity.unit, "at_least": quantity.at_least}


def _change(change: Change) -> dict[str, Any]:
    """``percent`` is below zero for less, and absent where there is none."""
    told: dict[str, Any] = {"kind": _KINDS[type(change)]}
    percent = signed_percent(change)
    if percent is not None:
        told["percent"] = _number(_printed(change, percent))
    if isinstance(change, Refused):
        told["reason"] = change.refusal.code
    return told


def _printed(change: Change, percent: Decimal) -> Decimal:
    """As the widget shows it; a published percentage is not rounded again."""
    if isinstance(change, PercentOnly):
        return percent
    return rounded(abs(percent)).copy_sign(percent)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
