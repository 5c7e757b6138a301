"""Asking for a lost ticket, and opening one by its code."""

from functools import cached_property
from typing import Final

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from showcase.forms import Needed, OwnWords, as_line
from showcase.i18n import _, _l, digits
from showcase.registrations.forms import e164, is_email
from showcase.registrations.secret import as_printed

# The one sentence for whatever is wrong: it must not tell which of the two is right.
NOT_TOGETHER: Final = _l(
    "We find no ticket with this number and this code together. Look at both again, "
    "or let us send you the link."
)


class LostForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    contact = StringField(_l("Mobile number or e-mail"), [Needed()], filters=[as_line])

    @cached_property
    def phone(self) -> str | None:
        return None if self.email else e164(self.contact.data)

    @cached_property
    def email(self) -> str | None:
        return self.contact.data.lower() if is_email(self.contact.data) else None

    def validate_contact(self, field: StringField) -> None:
        if not self.phone and not self.email:
            raise ValidationError(
                _(
                    "Write the mobile number, like %(example)s, or the e-mail address "
                    "with which you registered.",
                    example=digits("01711 000000"),
                )
            )


class CodeForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    phone = StringField(_l("Mobile number"), [Needed()], filters=[as_line])
    code = StringField(_l("Code of the ticket"), [Needed()], filters=[as_line])

    @cached_property
    def number(self) -> str | None:
        return e164(self.phone.data)

    @property
    def printed_code(self) -> str:
        return as_printed(self.code.data)

    def refuse(self) -> None:
        self.code.errors = [NOT_TOGETHER]
