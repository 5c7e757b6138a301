import pytest

from showcase.tcv import evidence_level

from .builders import record


@pytest.mark.parametrize(
    ("method", "number", "name"),
    [
        ("claimed", 1, "claimed"),
        ("process-map", 2, "process map"),
        ("retrospective-survey", 3, "asked afterwards"),
        ("before-and-after", 4, "measured before and after"),
        ("independent", 5, "independent"),
    ],
)
def test_level_follows_from_the_method(method: str, number: int, name: str) -> None:
    level = evidence_level(record(before={"visits": "2"}, method=method, sample="120"))

    assert (level.number, str(level.name)) == (number, name)


@pytest.mark.parametrize(
    "method", ["process-map", "retrospective-survey", "before-and-after", "independent"]
)
def test_without_a_sample_every_method_is_a_claim(method: str) -> None:
    level = evidence_level(record(before={"visits": "2"}, method=method))

    assert (level.number, str(level.name), str(level.sentence)) == (
        1,
        "claimed",
        "A method is named but not how many cases were measured, so this counts as a claim.",
    )


def test_without_a_method_it_is_a_claim() -> None:
    level = evidence_level(record(before={"visits": "2"}, sample="120"))

    assert (level.number, str(level.sentence)) == (
        1,
        "Stated by the source; how it was measured is not shown.",
    )
