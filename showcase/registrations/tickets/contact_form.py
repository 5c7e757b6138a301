"""Where a registration's messages shall go from now on."""

from functools import cached_property

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from showcase.forms import OwnWords
from showcase.i18n import _, _l, digits
from showcase.registrations.forms import e164, is_email
from showcase.registrations.party_form import as_line


class ContactForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    phone = StringField(_l("Mobile number"), filters=[as_line])
    email = StringField(_l("E-mail"), filters=[as_line])

    @cached_property
    def new_phone(self) -> str | None:
        return e164(self.phone.data)

    @property
    def new_email(self) -> str | None:
        return self.email.data.lower() or None

    def validate_phone(self, field: StringField) -> None:
        if not field.data and not self.email.data:
            raise ValidationError(
                _("Write a mobile number or an e-mail address: your messages must go somewhere.")
            )
        if field.data and self.new_phone is None:
            raise ValidationError(
                _(
                    "Write a Bangladeshi mobile number, like %(example)s, "
                    "or leave it empty and write an e-mail address.",
                    example=digits("01711 000000"),
                )
            )

    def validate_email(self, field: StringField) -> None:
        if field.data and not is_email(field.data):
            raise ValidationError(
                _("Write an e-mail address in Latin letters, like name@example.com.")
            )
