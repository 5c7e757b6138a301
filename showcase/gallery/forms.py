"""A form of every kind of field, with every fault."""

from typing import Any, Final

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from showcase.forms import OwnWords
from showcase.i18n import _, _l

_SECTORS: Final = (
    SelectChoice("health", _l("Health")),
    SelectChoice("land", _l("Land")),
    SelectChoice("education", _l("Education")),
)


class SampleForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    name = StringField(_l("Your name"))
    phone = StringField(_l("Mobile number"))
    needs = TextAreaField(_l("I need help with …"))
    sector = SelectField(_l("Sector"), choices=_SECTORS, validate_choice=False)
    way = RadioField(_l("Stage"), choices=_SECTORS, validate_choice=False)
    sessions = SelectMultipleField(
        _l("Where citizens get it"),
        choices=_SECTORS,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    consent = BooleanField(
        _l(
            "My name and number or e-mail may be kept for this event, "
            "to send my ticket and to let me in."
        )
    )

    def validate_name(self, field: Field) -> None:
        raise ValidationError(_("Write your name, as you want to be called at the gate."))

    def validate_phone(self, field: Field) -> None:
        raise ValidationError(
            _("Write a mobile number or an e-mail address, so that we can send your ticket.")
        )

    def validate_consent(self, field: Field) -> None:
        raise ValidationError(
            _("Tick the box: without your agreement we may not keep your registration.")
        )


def filled_in_wrongly() -> Any:
    form = SampleForm(formdata=MultiDict({"name": "র", "phone": "12"}))
    form.validate()
    return form
