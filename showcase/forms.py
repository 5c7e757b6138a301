"""What every form of the site has in common."""

from typing import Final

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.i18n import DummyTranslations


class OwnWords:
    """For a form that speaks for itself: WTForms' own catalogue would be read at each request."""

    def get_translations(self, form: FlaskForm) -> DummyTranslations:
        return DummyTranslations()


class Needed:
    """Marks a field that may not stay empty; the form's own check says what to write."""

    field_flags: Final = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        pass
