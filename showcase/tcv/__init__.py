"""Time, cost and visits: the typed record behind every number, and how it is compared and shown."""

from showcase.tcv.change import (
    Change,
    Decrease,
    Increase,
    NotMeasured,
    PercentOnly,
    Refusal,
    Refused,
    Same,
    Side,
    comparable,
    rounded,
    signed_percent,
)
from showcase.tcv.evidence import EvidenceLevel, evidence_level
from showcase.tcv.labels import MEASURES, Measure
from showcase.tcv.plain import to_json
from showcase.tcv.quantities import Quantity
from showcase.tcv.records import TcvRecord, change_of
from showcase.tcv.widget import Bars, Row, WidgetView, widget

__all__ = [
    "MEASURES",
    "Bars",
    "Change",
    "Decrease",
    "EvidenceLevel",
    "Increase",
    "Measure",
    "NotMeasured",
    "PercentOnly",
    "Quantity",
    "Refusal",
    "Refused",
    "Row",
    "Same",
    "Side",
    "TcvRecord",
    "WidgetView",
    "change_of",
    "comparable",
    "evidence_level",
    "rounded",
    "signed_percent",
    "to_json",
    "widget",
]
