"""The registration form: what may be typed, and what to write instead where it may not.

Every message is our own: WTForms knows no Bangla.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import phonenumbers
from flask_wtf import FlaskForm
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import ValidationError

from showcase.forms import Needed, OwnWords, as_line
from showcase.i18n import _, _l, digits
from showcase.registrations.changing import Wish
from showcase.registrations.models import EMAIL_MAX
from showcase.registrations.party_form import (
    PartyForm,
    refuse_other_than,
    whole_number,
)
from showcase.text import latin_digits

# Bangladesh: its operators' own customers. A foreign number may cost us dearly, and invites fraud.
_REGION: Final = "BD"
# What a browser accepts in <input type=email> (the HTML standard), with a dot in the domain.
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL: Final = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True)
class Answers:
    """What the form says, checked and in the form in which it is stored."""

    name: str
    phone: str | None
    email: str | None
    party: int
    needs: str
    sessions: tuple[str, ...]
    answers: Mapping[str, Any]
    may_contact: bool


def _new_key() -> str:
    return str(uuid.uuid4())


class ContactFields(FlaskForm):  # type: ignore[misc]
    """Where messages go: a mobile number, an e-mail address, or both."""

    # What is said where both are empty.
    _none_given: Any

    phone = StringField(_l("Mobile number"), filters=[as_line])
    email = StringField(_l("E-mail"), filters=[as_line])

    @cached_property
    def number(self) -> str | None:
        """Read once: it is checked and then stored, and reading it is the dearest of the checks."""
        return e164(self.phone.data)

    @property
    def address(self) -> str | None:
        return self.email.data.lower() or None

    def validate_phone(self, field: StringField) -> None:
        if not field.data and not self.email.data:
            raise ValidationError(str(self._none_given))
        if field.data and self.number is None:
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


class RegistrationForm(ContactFields, PartyForm):
    _none_given = _l("Write a mobile number or an e-mail address, so that we can send your ticket.")

    consent = BooleanField(
        _l(
            "My name and number or e-mail may be kept for this event, "
            "to send my ticket and to let me in."
        ),
        [Needed()],
    )
    key = HiddenField(default=_new_key)
    # Of the second button: wait for what is full.
    wait = BooleanField()

    @property
    def answers(self) -> Answers:
        """Only of a form that was found right."""
        return Answers(
            name=self.name.data,
            phone=self.number,
            email=self.address,
            party=whole_number(self.party.data) or 1,
            needs=self.needs.data,
            sessions=self.chosen,
            answers=self.told_answers,
            may_contact=self.may_contact.data,
        )

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

    def validate_consent(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _("Tick the box: without your agreement we may not keep your registration.")
            )


class ChangeForm(PartyForm):
    """The same for a registration that exists, and the language of its messages."""

    language = RadioField(
        _l("Language of your messages"),
        choices=[SelectChoice("bn", "বাংলা"), SelectChoice("en", "English")],
        validate_choice=False,
    )
    wait = BooleanField()

    def __init__(self, *, kept: set[str], people: int, **kwargs: Any) -> None:
        self._kept = kept
        self._people = people
        super().__init__(**kwargs)

    def kept_sessions(self) -> set[str]:
        return self._kept

    @property
    def wish(self) -> Wish:
        """Only of a form that was found right."""
        return Wish(
            name=self.name.data,
            party=whole_number(self.party.data) or 1,
            sessions=self.chosen,
            needs=self.needs.data,
            answers=self.told_answers,
            may_contact=self.may_contact.data,
            language=self.language.data,
        )

    def validate_party(self, field: StringField) -> None:
        super().validate_party(field)
        closes = self.event.closes
        if closes and self.at >= closes and (whole_number(field.data) or 1) > self._people:
            raise ValidationError(
                _("Registration is closed: you can come with fewer people, but not with more.")
            )

    def validate_language(self, field: RadioField) -> None:
        if field.data not in ("bn", "en"):
            raise ValidationError(_("Choose one of the answers."))


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """How many of those for whom seats are kept will come."""

    Meta = OwnWords

    party = StringField(
        _l("How many people are coming, you included?"), [Needed()], filters=[as_line]
    )

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    @property
    def people(self) -> int:
        return whole_number(self.party.data) or 1

    def validate_party(self, field: StringField) -> None:
        refuse_other_than(field, most=self.most)


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """A button and the token that shows it was ours."""

    Meta = OwnWords


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
