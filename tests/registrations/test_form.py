import pytest

from showcase.registrations.forms import e164, is_email


@pytest.mark.parametrize(
    "typed",
    [
        "01711000000",
        "01711-000000",
        " 01711 000 000 ",
        "০১৭১১০০০০০০",
        "০১৭১১ ০০০০০০",
        "+৮৮০ ১৭১১ ০০০০০০",
        "+8801711000000",
        "8801711000000",
        "008801711000000",
        "1711000000",
    ],
)
def test_a_mobile_number_is_stored_in_one_form(typed: str) -> None:
    assert e164(typed) == "+8801711000000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0171100000",
        "017110000000",
        "01211000000",  # no operator has 012
        "029555555",  # a landline in Dhaka
        "+919830000000",
        "+447700900123",
        "999",
        "rahima",
        "০১৭১১",
        "0" * 10_000,
        "+880" * 100,
        "\u202e01711",
    ],
)
def test_what_is_no_bangladeshi_mobile_number_is_refused(typed: str) -> None:
    assert e164(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "rahima@example.com",
        "Rahima.Begum+fair@mail.example.com.bd",
        "r@e.co",
        "o'brien@example.com",
        "a" * 64 + "@example.com",
    ],
)
def test_an_email_address_is_taken(typed: str) -> None:
    assert is_email(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "rahima",
        "rahima@",
        "@example.com",
        "rahima@localhost",
        "rahima@example..com",
        "rahima@-example.com",
        "rahima begum@example.com",
        "rahima@example.com, karim@example.com",
        "rahima@example.com\nBcc: karim@example.com",
        "<rahima@example.com>",
        "রহিমা@example.com",
        "a" * 65 + "@example.com",
        "a@" + "b" * 60 + ("." + "c" * 60) * 4 + ".com",
    ],
)
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    assert not is_email(typed)
