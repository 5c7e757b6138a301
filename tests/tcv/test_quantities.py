from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from showcase.i18n import digits
from showcase.tcv.quantities import (
    Quantity,
    Unit,
    parse_duration,
    parse_money,
    parse_percent,
    parse_visits,
)

TIME_UNITS: tuple[Unit, ...] = ("minutes", "hours", "days", "working-days")
amounts = st.decimals(min_value=0, max_value=999_999_999_999, places=2)


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("2 days", "2", "days"),
        ("1 day", "1", "days"),
        ("21 Days", "21", "days"),
        ("45 min", "45", "minutes"),
        ("1.5 hours", "1.5", "hours"),
        ("3hrs", "3", "hours"),
        ("28 working days", "28", "working-days"),
        ("1 working  day", "1", "working-days"),
        ("৪৫ মিনিট", "45", "minutes"),
        ("২ ঘণ্টা", "2", "hours"),
        ("২ ঘন্টা", "2", "hours"),
        ("২ দিন", "2", "days"),
        ("২৮ কর্মদিবস", "28", "working-days"),
        ("0 minutes", "0", "minutes"),
    ],
)
def test_duration_is_read_in_its_own_unit(written: str, amount: str, unit: Unit) -> None:
    assert parse_duration(written) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    "written",
    ["2 moons", "2", "days", "-2 days", "3 weeks", "1 hour 30 minutes", "1.234 days", "১ মাস", ""],
)
def test_duration_without_a_known_unit_is_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        parse_duration(written)

    assert str(caught.value) == (
        f"“{written}” is no duration; write a number and one of minutes, hours, days, "
        "working days, or leave the line out if it was not measured"
    )


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("2500 BDT", "2500"),
        ("2,500 BDT", "2500"),
        ("12,34,567 taka", "1234567"),
        ("1,234,567 Tk.", "1234567"),
        ("BDT 2500", "2500"),
        ("Tk 2500.50", "2500.50"),
        ("৳2500", "2500"),
        ("2500/- BDT", "2500"),
        ("২,৫০০ টাকা", "2500"),
        ("৳ ২৫০০", "2500"),
        ("0 BDT", "0"),
    ],
)
def test_money_is_read_with_its_currency_on_either_side(written: str, amount: str) -> None:
    assert parse_money(written) == Quantity(Decimal(amount), "taka")


@pytest.mark.parametrize("written", ["2500", "25 USD", "2,50 BDT", "free", "-5 BDT", "BDT", "৳"])
def test_money_without_taka_is_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        parse_money(written)

    assert str(caught.value) == (
        f"“{written}” is no amount of taka; write it like 2500 BDT or ২৫০০ টাকা, "
        "or leave the line out if it was not measured"
    )


@pytest.mark.parametrize(
    ("written", "amount"), [("2", "2"), ("২", "2"), ("1 visit", "1"), ("২ বার", "2"), ("1.5", "1.5")]
)
def test_visits_are_read(written: str, amount: str) -> None:
    assert parse_visits(written) == Quantity(Decimal(amount), "visits")


@pytest.mark.parametrize("written", ["twice", "2 days", "-1", "1.555"])
def test_visits_that_are_no_number_are_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        parse_visits(written)

    assert str(caught.value) == (
        f"“{written}” is no number of visits; write it like 2 or ২, "
        "or leave the line out if it was not measured"
    )


def test_plus_means_at_least_and_is_kept() -> None:
    cost = parse_money("২,৫০০+ টাকা")

    assert cost == Quantity(Decimal(2500), "taka", at_least=True)
    assert str(cost) == "2500+ BDT"
    assert cost.said("en") == "৳2,500+"


@pytest.mark.parametrize(
    ("written", "percent"),
    [("-77%", "-77"), ("−77 %", "-77"), ("–77%", "-77"), ("-৭৭.৫%", "-77.5"), ("+12%", "12"),
     ("0%", "0"), ("-100%", "-100"), ("+250%", "250")],
)  # fmt: skip
def test_percent_is_signed(written: str, percent: str) -> None:
    assert parse_percent(written) == Decimal(percent)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("77%", "“77%” does not say which way; write -77% for less or +77% for more"),
        ("-77", "“-77” is no change in percent; write it like -77% for less or +12% for more"),
        ("-120%", "“-120%” is not possible: nothing falls by more than 100%; correct it"),
    ],
)
def test_percent_that_cannot_be_is_refused(written: str, remedy: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        parse_percent(written)

    assert str(caught.value) == remedy


def test_value_that_is_a_list_is_refused() -> None:
    with pytest.raises(ValueError, match="^this is not a single value; write one value on one"):
        parse_duration(["2 days"])


@given(amounts, st.sampled_from(TIME_UNITS), st.booleans())
def test_duration_reads_back_what_it_writes(amount: Decimal, unit: Unit, at_least: bool) -> None:
    quantity = Quantity(amount, unit, at_least)

    assert parse_duration(str(quantity)) == quantity


@given(amounts, st.sampled_from(TIME_UNITS))
def test_bangla_digits_mean_the_same(amount: Decimal, unit: Unit) -> None:
    written = str(Quantity(amount, unit))

    assert parse_duration(digits(written, "bn")) == parse_duration(written)


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for parse in (parse_duration, parse_money, parse_visits):
        try:
            assert parse(text).amount >= 0
        except ValueError as refusal:
            assert str(refusal).startswith("“")  # noqa: PT017


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(Decimal(1), "days"), "1 day"),
        (Quantity(Decimal(1), "days", at_least=True), "1+ days"),
        (Quantity(Decimal(21), "days"), "21 days"),
        (Quantity(Decimal("1.50"), "hours"), "1.5 hours"),
        (Quantity(Decimal(0), "minutes"), "0 minutes"),
        (Quantity(Decimal(28), "working-days"), "28 working days"),
        (Quantity(Decimal(1234567), "taka"), "৳12,34,567"),
        (Quantity(Decimal(1), "visits"), "1 visit"),
    ],
)
def test_quantity_is_said_in_its_own_unit(site: Flask, quantity: Quantity, said: str) -> None:
    with site.test_request_context():
        assert quantity.said("en") == said


def test_taka_is_said_with_bangla_digits_in_bangla() -> None:
    assert Quantity(Decimal(1234567), "taka").said("bn") == "৳১২,৩৪,৫৬৭"
