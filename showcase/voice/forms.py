"""The ballot, the exit slip and the feedback form. Every message is our own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from showcase.events.queries import EventFacts
from showcase.forms import OwnWords, as_block, as_line, refuse_longer
from showcase.i18n import _, _l, digits, format_number, language
from showcase.voice.models import FEEDBACK_MAX
from showcase.voice.numbers import QUESTIONS, NotANumber, whole
from showcase.voice.queries import GivenFeedback
from showcase.voice.reports import Answers
from showcase.voice.stalls import NamedStall

_PREFIX: Final = "category-"


class Listed:
    """Refuses what is not on the page, as an altered or a very old page may send."""

    def __call__(self, form: FlaskForm, field: Any) -> None:
        if field.data and not _is_listed(field):
            raise ValidationError(_("Choose from the list: %(label)s.", label=field.label.text))


class Ballot(FlaskForm):  # type: ignore[misc]
    """A list of stalls for each category; ``ballot()`` adds them."""

    Meta = OwnWords

    @property
    def chosen(self) -> dict[str, int]:
        """By category; a category that was left empty is left as it was."""
        return {
            field.name.removeprefix(_PREFIX): int(field.data)
            for field in self
            if field.name.startswith(_PREFIX) and field.data
        }

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if is_right and not self.chosen:
            self.form_errors.append(_("Choose a stall in at least one category."))
            return False
        return bool(is_right)


def ballot(event: EventFacts, stalls: Sequence[NamedStall], chosen: Mapping[str, int]) -> Ballot:
    """``chosen``: what the ticket voted for before, ticked."""
    fields = {
        f"{_PREFIX}{category.key}": RadioField(
            category.label.text(language()),
            [Listed()],
            choices=_choices(stalls),
            validate_choice=False,
            default=_text(chosen.get(category.key)),
        )
        for category in (event.fields.voting.categories if event.fields.voting else ())
    }
    made: Ballot = type("EventBallot", (Ballot,), fields)()
    return made


class SlipForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    stall = SelectField(_l("Which stall served you?"), validate_choice=False)
    minutes = StringField(_l("How many minutes did it take you?"), filters=[as_line])
    taka = StringField(_l("How many taka did it cost you?"), filters=[as_line])
    visits = StringField(
        _l("How often did you have to come, this time included?"), filters=[as_line]
    )

    def __init__(self, stalls: Sequence[NamedStall], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stall.choices = [SelectChoice("", _("Choose a stall")), *_choices(stalls)]

    @property
    def answers(self) -> dict[str, int | None]:
        """Only of a form that was found right."""
        return {question: whole(self[question].data, question) for question in QUESTIONS}

    def validate_stall(self, field: SelectField) -> None:
        if not field.data or not _is_listed(field):
            raise ValidationError(_("Choose the stall whose service you used."))

    def validate_minutes(self, field: StringField) -> None:
        _refuse_wrong_number(field)

    def validate_taka(self, field: StringField) -> None:
        _refuse_wrong_number(field)

    def validate_visits(self, field: StringField) -> None:
        _refuse_wrong_number(field)

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if not any(self[question].data for question in QUESTIONS):
            self.minutes.errors = [_("Answer at least one of the three questions.")]
            return False
        return bool(is_right)


def slip_form(stalls: Sequence[NamedStall], told: Answers | None) -> SlipForm:
    """``told``: what was said of a stall before, to be put right."""
    if told is None:
        return SlipForm(stalls)
    numbers = {question: _told(getattr(told, question)) for question in QUESTIONS}
    return SlipForm(stalls, data={"stall": str(told.stall), **numbers})


class FeedbackForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    score = RadioField(
        _l("How did you find the event?"),
        choices=[
            SelectChoice("5", _l("Very good")),
            SelectChoice("4", _l("Good")),
            SelectChoice("3", _l("So-so")),
            SelectChoice("2", _l("Bad")),
            SelectChoice("1", _l("Very bad")),
        ],
        validate_choice=False,
    )
    text = TextAreaField(_l("What should be better next time?"), filters=[as_block])

    def validate_score(self, field: RadioField) -> None:
        if not _is_listed(field):
            raise ValidationError(_("Choose one of the five answers."))

    def validate_text(self, field: TextAreaField) -> None:
        refuse_longer(field, FEEDBACK_MAX)


def feedback_form(given: GivenFeedback | None) -> FeedbackForm:
    if given is None:
        return FeedbackForm()
    return FeedbackForm(data={"score": str(given.score), "text": given.text})


def _refuse_wrong_number(field: StringField) -> None:
    try:
        whole(field.data, field.name)
    except NotANumber:
        least, most = QUESTIONS[field.name]
        raise ValidationError(
            _(
                "Write a whole number from %(least)s to %(most)s, or leave it empty.",
                least=format_number(least),
                most=format_number(most),
            )
        ) from None


def _choices(stalls: Sequence[NamedStall]) -> list[SelectChoice]:
    return [SelectChoice(str(stall.number), stall.label) for stall in stalls]


def _is_listed(field: Any) -> bool:
    return field.data in [choice.value for choice in field.choices]


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _told(number: int | None) -> str:
    return "" if number is None else digits(str(number))
