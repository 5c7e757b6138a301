"""Every message to a visitor, in both languages, as it would be sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from showcase.events.fields import EventFields
from showcase.events.queries import EventFacts
from showcase.i18n import LANGUAGES
from showcase.outbox.actions import EMAIL, SMS, Email, Sms
from showcase.registrations.message_kinds import KINDS
from showcase.registrations.message_truth import Circumstances
from showcase.registrations.messages import written
from showcase.registrations.models import CONFIRMED
from showcase.registrations.queries import Place, Ticket

_AT: Final = datetime(2027, 1, 10, 6, tzinfo=UTC)
_UNTIL: Final = _AT + timedelta(hours=24)


class Preview(NamedTuple):
    kind: str
    language: str
    email: Email
    sms: Sms


def previews() -> Iterator[Preview]:
    for kind in KINDS:
        for language in LANGUAGES:
            circumstances = Circumstances(_ticket(language), _event(), [_offer()], _AT)
            email = written(kind, EMAIL, circumstances)
            sms = written(kind, SMS, circumstances)
            assert isinstance(email, Email)  # noqa: S101 - for mypy
            assert isinstance(sms, Sms)  # noqa: S101 - for mypy
            yield Preview(kind, language, email, sms)


def _ticket(language: str) -> Ticket:
    return Ticket(
        registration_id=0,
        event_id=0,
        public_id="0" * 32,
        secret="GALLERYxxxxxxxxxxxxxxxx",  # noqa: S106 - opens nothing
        code="3479CDFH",
        name={"bn": "রহিমা বেগম", "en": "Rahima Begum"}[language],
        phone="+8801711000000",
        email="rahima@example.com",
        new_phone="+8801811000000",
        new_email="rahima.new@example.com",
        party=4,
        needs="",
        answers={},
        may_contact=False,
        language=language,
        state=CONFIRMED,
        is_guest=False,
        answer_by=_UNTIL,
        changes=0,
        is_erased=False,
        sessions=("land",),
    )


def _offer() -> Place:
    return Place(
        wait_id=1,
        party=4,
        is_for_event=False,
        sessions=("pensions",),
        ahead=0,
        offered_until=_UNTIL,
        is_too_large=False,
    )


def _event() -> EventFacts:
    fields = EventFields.model_validate(
        {
            "language": "en",
            "title": "Kurigram District Innovation Fair 2027",
            "summary": "A fair of the gallery, which takes place nowhere.",
            "kind": "fair",
            "venue": {
                "name": {"bn": "কলেজ মাঠ", "en": "College Field"},
                "address": {"bn": "কুড়িগ্রাম সদর", "en": "Kurigram Sadar"},
            },
            "starts": "2027-01-14 09:00",
            "ends": "2027-01-16 18:00",
            "sessions": [
                _session("land", "জমির কাগজ", "Land records", "2027-01-14 11:00"),
                _session("pensions", "পেনশন", "Pensions", "2027-01-15 11:00"),
            ],
        },
        context={"language": "en"},
    )
    return EventFacts(
        id=0,
        slug="gallery",
        series=None,
        kind="fair",
        starts=fields.starts,
        ends=fields.ends,
        opens=None,
        closes=None,
        party_max=None,
        announced="announced",
        sequence=0,
        updated_at=_AT,
        fields=fields,
        titles={
            "bn": ("কুড়িগ্রাম জেলা উদ্ভাবনী মেলা ২০২৭", fields.summary),
            "en": (fields.title, fields.summary),
        },
    )


def _session(key: str, bangla: str, english: str, starts: str) -> dict[str, object]:
    ends = f"{starts[:-5]}12:00"
    return {"key": key, "title": {"bn": bangla, "en": english}, "starts": starts, "ends": ends}
