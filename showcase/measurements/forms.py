"""Forms that change nothing: what is typed stands in the address, and no cookie is set."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wtforms import Field, Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from showcase.forms import as_line, refuse_longer
from showcase.i18n import _, _l, format_number
from showcase.tcv.illustration import Way
from showcase.tcv.labels import (
    BASIS_NAMES,
    COST_PART_NAMES,
    METHOD_NAMES,
    NOT_STATED,
    STATISTIC_NAMES,
)
from showcase.text import latin_digits

SERVICE_MAX: Final = 160
SOURCE_MAX: Final = 300
NOTE_MAX: Final = 600
_SHORT_MAX: Final = 30

# The country is some 800 km long; a ticket across it costs less than the second.
_FARTHEST_KM: Final = 1_000
_DEAREST_FARE: Final = 100_000
_AMOUNT: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?")

_UNITS: Final[Mapping[str, Any]] = {
    "minutes": _l("minutes"),
    "hours": _l("hours"),
    "days": _l("days"),
    "working days": _l("working days"),
}


class AtMost:
    """Says how long it is and may be; the input itself stops there too."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Form, field: Field) -> None:
        refuse_longer(field, self.most)


class Needed:
    field_flags: Final = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(self.sentence))


def _listed(form: Form, field: Field) -> None:
    given = field.data if isinstance(field.data, list) else [field.data]
    if not set(given) <= {choice.value for choice in field.choices}:
        raise ValidationError(_("Choose from the list: %(label)s.", label=str(field.label.text)))


def _short(label: Any) -> Field:
    return StringField(label, [AtMost(_SHORT_MAX)], filters=[as_line])


def _choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in names.items()]


def _choice(label: Any, names: Mapping[Any, Any], default: str = "") -> Field:
    return SelectField(
        label, [_listed], choices=_choices(names), validate_choice=False, default=default
    )


def _cost_parts(label: Any) -> Field:
    return SelectMultipleField(
        label,
        [_listed],
        choices=_choices(COST_PART_NAMES),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


_BASES: Final[Mapping[Any, Any]] = {"": NOT_STATED, **BASIS_NAMES}


class CalculatorForm(Form):  # type: ignore[misc]
    """The fields of a record as an officer types them; the record's own schema checks them."""

    service = StringField(
        _l("Service"),
        [Needed(_l("Write which service was measured.")), AtMost(SERVICE_MAX)],
        filters=[as_line],
    )
    before_time = _short(_l("Time before"))
    before_unit = _choice(_l("Unit of time before"), _UNITS, default="days")
    before_basis = _choice(_l("Time counted before"), _BASES)
    before_cost = _short(_l("Cost before, in taka"))
    before_parts = _cost_parts(_l("Costs counted before"))
    before_visits = _short(_l("Visits before"))
    after_time = _short(_l("Time after"))
    after_unit = _choice(_l("Unit of time after"), _UNITS, default="days")
    after_basis = _choice(_l("Time counted after"), _BASES)
    after_cost = _short(_l("Cost after, in taka"))
    after_parts = _cost_parts(_l("Costs counted after"))
    after_visits = _short(_l("Visits after"))
    method = _choice(_l("Method"), METHOD_NAMES, default="claimed")
    sample = _short(_l("Sample: how many cases"))
    statistic = _choice(_l("Statistic"), {"": NOT_STATED, **STATISTIC_NAMES})
    measured = _short(_l("Measured in"))
    cost_year = _short(_l("Taka of which year"))
    source = StringField(
        _l("Source"),
        [Needed(_l("Write where the numbers come from.")), AtMost(SOURCE_MAX)],
        filters=[as_line],
    )
    note = TextAreaField(_l("Note"), [AtMost(NOTE_MAX)], filters=[as_line])

    def forgive_what_is_empty(self) -> None:
        for field in self:
            if not field.data:
                field.errors = []


class WayForm(Form):  # type: ignore[misc]
    """The reader's own way to the office."""

    km = StringField(_l("From your home to the office, one way, in km"), filters=[as_line])
    fare = StringField(_l("Fare one way, in taka"), filters=[as_line])

    @property
    def way(self) -> Way:
        """Only of a form that was found right."""
        km, fare = _amount(self.km.data), _amount(self.fare.data)
        return Way(km or Decimal(0), fare)

    def validate_km(self, field: Field) -> None:
        km = _amount(field.data)
        if km is None or not 0 < km <= _FARTHEST_KM:
            raise ValidationError(
                _(
                    "Write the distance in kilometres, a number up to %(most)s, like %(example)s.",
                    most=format_number(_FARTHEST_KM),
                    example=format_number(Decimal("12.5")),
                )
            )

    def validate_fare(self, field: Field) -> None:
        fare = _amount(field.data)
        if field.data and (fare is None or fare > _DEAREST_FARE):
            raise ValidationError(
                _(
                    "Write the fare in taka, a number up to %(most)s, or leave it empty.",
                    most=format_number(_DEAREST_FARE),
                )
            )


def _amount(text: str) -> Decimal | None:
    plain = latin_digits(text)
    return Decimal(plain) if _AMOUNT.fullmatch(plain) else None
