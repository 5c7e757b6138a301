"""TCV records with every state that a measure can be in."""

from collections.abc import Mapping
from typing import Any, Final

from showcase.tcv.records import TcvRecord
from showcase.tcv.widget import WidgetView, widget

_SOURCE: Final = {"bn": "নমুনা", "en": "A sample"}

# By the state that each shows; as front matter has them.
_STATES: Final[Mapping[str, Mapping[str, Any]]] = {
    "decrease": {
        "before": {"time": "16 hours", "cost": "2500 BDT", "visits": "3"},
        "after": {"time": "4 hours", "cost": "60 BDT", "visits": "1"},
        "cost_parts": ["travel", "fee"],
        "basis": "spent",
        "measured": "2026-01",
        "method": "before-and-after",
        "sample": "120",
        "statistic": "median",
        "note": {"bn": "ক্যাম্প এখন গ্রামেই বসে।", "en": "The camp is held in the village now."},
    },
    "increase": {
        "before": {"time": "1 days", "cost": "50 BDT", "visits": "1"},
        "after": {"time": "2 days", "cost": "80 BDT", "visits": "2"},
        "note": {"bn": "নতুন একটি যাচাই যোগ হয়েছে।", "en": "A new check was added."},
    },
    "same": {
        "before": {"time": "3 days", "cost": "100 BDT", "visits": "2"},
        "after": {"time": "3 days", "cost": "100 BDT", "visits": "2"},
        "method": "process-map",
        "sample": "1",
    },
    "percent only": {"change": {"time": "-77%", "cost": "-90%", "visits": "+10%"}},
    "not measured": {"before": {"time": "2 days", "cost": "2500 BDT"}},
    "not measured before": {"after": {"time": "2 days", "visits": "1"}},
    "refused": {
        "before": {"time": "28 working days", "cost": "300 BDT", "visits": "2"},
        "after": {"time": "2 days", "cost": "150 BDT", "visits": "1"},
        "cost_parts": {"before": ["travel"], "after": ["fee"]},
        "method": "retrospective-survey",
        "sample": "40",
    },
    "zero base": {
        "before": {"cost": "0 BDT", "visits": "0"},
        "after": {"cost": "20 BDT", "visits": "1"},
        "method": "independent",
        "sample": "300",
    },
    "with corrections": {
        "before": {"visits": "3"},
        "after": {"visits": "2"},
        "corrections": [
            {
                "date": "2026-05-01",
                "field": "before.visits",
                "was": "4",
                "why": {"bn": "গোনায় ভুল ছিল", "en": "It was miscounted"},
            }
        ],
    },
}


def sample_record(state: str, language: str) -> TcvRecord:
    service = {"bn": "অসুস্থ গরুর চিকিৎসা", "en": "Treating sick cattle"}
    fields = {"service": service, "source": _SOURCE, **_STATES[state]}
    return TcvRecord.model_validate(fields, context={"language": language})


def widgets_in_every_state(language: str) -> dict[str, WidgetView]:
    return {state: widget(sample_record(state, language), language) for state in _STATES}
