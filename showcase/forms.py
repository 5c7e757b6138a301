"""What every form of the site has in common."""

from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.i18n import DummyTranslations
from wtforms.validators import ValidationError

from showcase.i18n import _, format_number
from showcase.text import clean_block, clean_line


class OwnWords:
    """For a form that speaks for itself: WTForms' own catalogue would be read at each request."""

    def get_translations(self, form: FlaskForm) -> DummyTranslations:
        return DummyTranslations()


class Needed:
    """Marks a field that may not stay empty; the form's own check says what to write."""

    field_flags: Final = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        pass


def as_line(value: str | None) -> str:
    return clean_line(value or "")


def as_block(value: str | None) -> str:
    return clean_block(value or "")


def refuse_longer(field: Field, most: int) -> None:
    """
    Raises:
        ValidationError: More than ``most`` characters were written.
    """
    if len(field.data) > most:
        raise ValidationError(
            _(
                "This is %(length)s characters long; write at most %(most)s.",
                length=format_number(len(field.data)),
                most=format_number(most),
            )
        )
