"""What a form asks of a party, at first and when it changes: people, sessions, questions.

Which sessions and questions there are is the event's document's; each question is a field of its
own, named ``q-<key>``.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from showcase.db import now
from showcase.events.parts import Question
from showcase.events.queries import EventFacts
from showcase.forms import Needed, OwnWords, as_block, as_line, refuse_longer
from showcase.i18n import _, _l, digits, format_number, language
from showcase.registrations.models import ANSWER_MAX, NAME_MAX, NEEDS_MAX, PARTY_MAX
from showcase.registrations.sessions import choosable, clash
from showcase.text import latin_digits

NAME_MIN: Final = 2
_MOST_DIGITS: Final = 6
_QUESTION: Final = "q-"


class SessionsField(SelectMultipleField):  # type: ignore[misc]
    """Boxes to tick; what was ticked and is no session of the event is refused by the form."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = False


class PartyForm(FlaskForm):  # type: ignore[misc]
    Meta = OwnWords

    name = StringField(_l("Your name"), [Needed()], filters=[as_line])
    party = StringField(
        _l("How many people are coming, you included?"),
        [Needed()],
        filters=[as_line],
        default=lambda: digits("1"),
    )
    sessions = SessionsField(_l("Which sessions do you want to attend?"), validate_choice=False)
    needs = TextAreaField(_l("I need help with …"), filters=[as_block])
    may_contact = BooleanField(
        _l("You may also tell me of later fairs and of what became of this one.")
    )

    def __init__(self, *, event: EventFacts, at: datetime | None = None, **kwargs: Any) -> None:
        self.event = event
        self.at = at or now()
        self.party_max = min(event.party_max or PARTY_MAX, PARTY_MAX)
        super().__init__(**kwargs)
        code = language()
        self.sessions.choices = [
            SelectChoice(session.key, session.title.text(code)) for session in event.fields.sessions
        ]
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Of the page, so that the summary of what is wrong tells it from top to bottom."""
        asked = [_QUESTION + question.key for question in self.event.fields.questions]
        order = ["name", "phone", "email", "party", "sessions", *asked, "needs", "may_contact"]
        place = {name: number for number, name in enumerate(order)}
        fields = sorted(self, key=lambda field: place.get(field.short_name, len(order)))
        self._fields: dict[str, Field] = {field.short_name: field for field in fields}

    @property
    def chosen(self) -> tuple[str, ...]:
        """Keys of the sessions that are ticked, each once."""
        return tuple(dict.fromkeys(self.sessions.data or ()))

    @property
    def questions(self) -> list[Field]:
        return [self[_QUESTION + question.key] for question in self.event.fields.questions]

    def session_titles(self, keys: Collection[str]) -> list[str]:
        return [str(choice.label) for choice in self.sessions.choices if choice.value in keys]

    @property
    def told_answers(self) -> dict[str, Any]:
        """To what is asked of this party; a question of another session stays without."""
        return {
            question.key: self[_QUESTION + question.key].data
            for question in self.event.fields.questions
            if self[_QUESTION + question.key].data and self._is_asked(question)
        }

    def fill_answers(self, answers: Mapping[str, Any]) -> None:
        for key, answer in answers.items():
            if _QUESTION + key in self:
                self[_QUESTION + key].data = answer

    def _is_asked(self, question: Question) -> bool:
        return not question.sessions or bool(set(question.sessions) & set(self.chosen))

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data) or len(field.data) < NAME_MIN:
            raise ValidationError(_("Write your name, as you want to be called at the gate."))
        refuse_longer(field, NAME_MAX)

    def validate_party(self, field: StringField) -> None:
        refuse_other_than(field, most=self.party_max)

    def validate_sessions(self, field: SessionsField) -> None:
        open_now = {session.key for session in choosable(self.event, self.at)}
        if set(self.chosen) - open_now - self.kept_sessions():
            raise ValidationError(
                _("A session that you chose cannot be chosen any more. Look through the list.")
            )
        both = clash(self.event, self.chosen)
        if both:
            one, other = (session.title.text(language()) for session in both)
            raise ValidationError(
                _(
                    "“%(one)s” and “%(other)s” are at the same time. Choose one of them.",
                    one=one,
                    other=other,
                )
            )

    def kept_sessions(self) -> set[str]:
        """That may stay chosen, though nobody can choose them any more."""
        return set()

    def validate_needs(self, field: TextAreaField) -> None:
        refuse_longer(field, NEEDS_MAX)


def party_form(base: type[PartyForm], event: EventFacts) -> type[PartyForm]:
    """The form with a field for each of the event's questions."""
    questions = {_QUESTION + question.key: _field(question) for question in event.fields.questions}
    return type(base.__name__, (base,), questions) if questions else base


def _field(question: Question) -> Field:
    label = question.label.text(language())
    needed = [Needed()] if question.required and not question.sessions else []
    check = [*needed, _Answered(question)]
    if question.kind == "text":
        return StringField(label, check, filters=[as_line])
    return RadioField(label, check, choices=_choices(question), validate_choice=False)


def _choices(question: Question) -> list[SelectChoice]:
    """What is stored is the answer as the document's own language writes it."""
    if question.kind == "yes-no":
        return [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
    code = language()
    return [
        SelectChoice(next(iter(each.root.values())), each.text(code)) for each in question.choices
    ]


class _Answered:
    """An answer is given where one is needed, and is one that can be given."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.field_flags: dict[str, bool] = {}

    def __call__(self, form: PartyForm, field: Field) -> None:
        answer = field.data
        if not answer:
            if self.question.required and form._is_asked(self.question):
                raise ValidationError(_("Answer this question: the organiser needs to know."))
            return
        if self.question.kind == "text":
            refuse_longer(field, ANSWER_MAX)
        elif answer not in [choice.value for choice in _choices(self.question)]:
            raise ValidationError(_("Choose one of the answers."))


def whole_number(typed: str) -> int | None:
    """``৩`` or ``3``; None for anything else."""
    latin = latin_digits(typed)
    is_number = latin.isascii() and latin.isdecimal() and len(latin) <= _MOST_DIGITS
    return int(latin) if is_number else None


def refuse_other_than(field: Field, *, most: int) -> None:
    """Anything but a whole number from 1 to ``most``."""
    people = whole_number(field.data)
    if people is None or not 1 <= people <= most:
        raise ValidationError(
            _(
                "Write a whole number from %(least)s to %(most)s.",
                least=format_number(1),
                most=format_number(most),
            )
        )
