import json

from showcase.tcv import to_json

from .builders import record


def test_record_is_told_in_plain_values() -> None:
    tcv = record(
        before={"time": "2 days", "cost": "2,500+ BDT"},
        after={"time": "12 hours", "cost": "50.50 BDT"},
        change={"visits": "+12.5%"},
        basis="elapsed",
        method="process-map",
        sample="12",
    )

    told = to_json(tcv)

    assert told == {
        "service": {"en": "Treating sick cattle"},
        "source": {"en": "A study"},
        "basis": {"before": "elapsed", "after": "elapsed"},
        "cost_parts": {},
        "method": "process-map",
        "sample": 12,
        "corrections": [],
        "evidence_level": 2,
        "measures": {
            "time": {
                "before": {"amount": 2, "unit": "days", "at_least": False},
                "after": {"amount": 12, "unit": "hours", "at_least": False},
                "change": {"kind": "decrease", "percent": -75},
            },
            "cost": {
                "before": {"amount": 2500, "unit": "taka", "at_least": True},
                "after": {"amount": 50.5, "unit": "taka", "at_least": False},
                "change": {"kind": "refused", "reason": "lower-bound"},
            },
            "visits": {
                "before": None,
                "after": None,
                "change": {"kind": "percent-only", "percent": 12.5},
            },
        },
    }
    assert json.loads(json.dumps(told)) == told


def test_kinds_of_change_are_stable_codes() -> None:
    more = to_json(record(before={"visits": "3"}, after={"visits": "4"}))["measures"]
    same = to_json(record(before={"visits": "2"}, after={"visits": "2"}))["measures"]

    assert more["visits"]["change"] == {"kind": "increase", "percent": 33}
    assert same["visits"]["change"] == {"kind": "same", "percent": 0}
    assert more["time"]["change"] == {"kind": "not-measured"}
