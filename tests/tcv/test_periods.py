import pytest

from showcase.tcv.periods import Period, parse_period, parse_year


@pytest.mark.parametrize(
    ("written", "period"),
    [("2014-06", Period(2014, 6)), ("2014", Period(2014)), ("২০১৪-০৬", Period(2014, 6))],
)
def test_month_or_year_is_read(written: str, period: Period) -> None:
    assert parse_period(written) == period


@pytest.mark.parametrize("written", ["June 2014", "2014-13", "2014-6", "2014-06-01", "14", ""])
def test_other_dates_are_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        parse_period(written)

    assert str(caught.value) == f"“{written}” is no month or year; write it like 2014-06 or 2014"


def test_period_reads_back_what_it_writes() -> None:
    assert [parse_period(str(p)) for p in (Period(2014, 6), Period(2014))] == [
        Period(2014, 6),
        Period(2014),
    ]


@pytest.mark.parametrize(
    ("period", "language", "said"),
    [
        (Period(2014, 6), "en", "June 2014"),
        (Period(2014, 6), "bn", "জুন ২০১৪"),
        (Period(2014), "bn", "২০১৪"),
    ],
)
def test_period_is_said_as_far_as_it_is_known(period: Period, language: str, said: str) -> None:
    assert period.said(language) == said


def test_year_takes_bangla_digits() -> None:
    assert parse_year("২০১৪") == 2014


def test_year_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="^“'14” is no year; write it like 2014$"):
        parse_year("'14")
