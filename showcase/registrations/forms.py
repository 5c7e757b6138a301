"""The registration form: what may be typed, and what to write instead where it may not.

Every message is our own: WTForms knows no Bangla.
"""

import re
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import phonenumbers
from flask_wtf import FlaskForm
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.i18n import DummyTranslations
from wtforms.validators import ValidationError

from showcase.i18n import _, _l, digits, format_number
from showcase.registrations.models import EMAIL_MAX, NAME_MAX, NEEDS_MAX, PARTY_MAX
from showcase.text import clean_block, clean_line, latin_digits

NAME_MIN: Final = 2
# Bangladesh: its operators' own customers. A foreign number may cost us dearly, and invites fraud.
_REGION: Final = "BD"
# What a browser accepts in <input type=email> (the HTML standard), with a dot in the domain.
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL: Final = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_WHOLE_NUMBER: Final = re.compile("[0-9]{1,6}")


@dataclass(frozen=True)
class Answers:
    """What the form says, checked and in the form in which it is stored."""

    name: str
    phone: str | None
    email: str | None
    party: int
    needs: str


def _new_key() -> str:
    return str(uuid.uuid4())


def _line(value: str | None) -> str:
    return clean_line(value or "")


def _block(value: str | None) -> str:
    return clean_block(value or "")


class Needed:
    """Marks a field that may not stay empty; the form's own check says what to write."""

    field_flags: Final = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        pass


class OwnWords:
    """For a form that speaks for itself: WTForms' own catalogue would be read at each request."""

    def get_translations(self, form: FlaskForm) -> DummyTranslations:
        return DummyTranslations()


class RegistrationForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    name = StringField(_l("Your name"), [Needed()], filters=[_line])
    phone = StringField(_l("Mobile number"), filters=[_line])
    email = StringField(_l("E-mail"), filters=[_line])
    party = StringField(
        _l("How many people are coming, you included?"),
        [Needed()],
        filters=[_line],
        default=lambda: digits("1"),
    )
    needs = TextAreaField(_l("I need help with …"), filters=[_block])
    consent = BooleanField(
        _l(
            "My name and number or e-mail may be kept for this event, "
            "to send my ticket and to let me in."
        ),
        [Needed()],
    )
    key = HiddenField(default=_new_key)

    def __init__(self, *, party_max: int | None = None, **kwargs: Any) -> None:
        self.party_max = min(party_max or PARTY_MAX, PARTY_MAX)
        super().__init__(**kwargs)

    @property
    def answers(self) -> Answers:
        """Only of a form that was found right."""
        return Answers(
            name=self.name.data,
            phone=self._number,
            email=self.email.data.lower() or None,
            party=int(latin_digits(self.party.data)),
            needs=self.needs.data,
        )

    @cached_property
    def _number(self) -> str | None:
        """Read once: it is checked and then stored, and reading it is the dearest of the checks."""
        return e164(self.phone.data)

    @property
    def sent_key(self) -> str:
        """The key that came with the form; a new one where it is missing or not one of ours."""
        try:
            return str(uuid.UUID(self.key.data or ""))
        except ValueError:
            return _new_key()

    def renew_key(self) -> None:
        """What is shown now is another form: its answers may be sent once more."""
        self.key.data = _new_key()

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data) or len(field.data) < NAME_MIN:
            raise ValidationError(_("Write your name, as you want to be called at the gate."))
        _refuse_longer(field, NAME_MAX)

    def validate_phone(self, field: StringField) -> None:
        if not field.data and not self.email.data:
            raise ValidationError(
                _("Write a mobile number or an e-mail address, so that we can send your ticket.")
            )
        if field.data and self._number is None:
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

    def validate_party(self, field: StringField) -> None:
        typed = latin_digits(field.data)
        if not _WHOLE_NUMBER.fullmatch(typed) or not 1 <= int(typed) <= self.party_max:
            raise ValidationError(
                _("Write a whole number from %(least)s to %(most)s.", **self._party_limits())
            )

    def _party_limits(self) -> dict[str, str]:
        return {"least": format_number(1), "most": format_number(self.party_max)}

    def validate_needs(self, field: TextAreaField) -> None:
        _refuse_longer(field, NEEDS_MAX)

    def validate_consent(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _("Tick the box: without your agreement we may not keep your registration.")
            )


class CancelForm(FlaskForm):  # type: ignore[misc]
    """A button and the token that shows it was ours."""

    Meta = OwnWords


def _refuse_longer(field: StringField, most: int) -> None:
    if len(field.data) > most:
        raise ValidationError(
            _(
                "This is %(length)s characters long; write at most %(most)s.",
                length=format_number(len(field.data)),
                most=format_number(most),
            )
        )


def e164(typed: str) -> str | None:
    """``০১৭১১ ০০০০০০`` as ``+8801711000000``; None unless it is a Bangladeshi mobile number."""
    try:
        number = phonenumbers.parse(latin_digits(typed), _REGION)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.region_code_for_number(number) != _REGION:
        return None
    if phonenumbers.number_type(number) != PhoneNumberType.MOBILE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_email(typed: str) -> bool:
    """Of the form that mail servers take. Whether somebody reads it, only a message can tell."""
    return len(typed) <= EMAIL_MAX and bool(_EMAIL.fullmatch(typed.lower()))
