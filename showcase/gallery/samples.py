"""What the parts show in the gallery: sample values of the same shape as the real ones.

The words are content, in both languages side by side, and belong to no catalogue.
"""

from typing import Any, Final

from showcase.body import Part
from showcase.events.labels import STATES as EVENT_STATES
from showcase.gallery.records import sample_record
from showcase.i18n import digits
from showcase.stories.labels import STAGES
from showcase.tcv.brief import brief
from showcase.tcv.evidence import LEVEL_NAMES
from showcase.tcv.steps import threads
from showcase.tcv.widget import widget
from showcase.words import Spoken

Sample = dict[str, Any]

_WORDS: Final = {
    "camp": {"bn": "পশু চিকিৎসার শিবির এল গ্রামেই", "en": "The animal health camp came to the village"},
    "summary": {
        "bn": "গরু নিয়ে আর ত্রিশ কিলোমিটার যেতে হয় না: কর্মকর্তারাই গ্রামে আসেন।",
        "en": "Nobody walks cattle thirty kilometres any more: the officers come to the village.",
    },
    "district": {"bn": "কুড়িগ্রাম", "en": "Kurigram"},
    "short": {"bn": "কুড়ি", "en": "Kur"},
    "sector": {"bn": "প্রাণিসম্পদ", "en": "Livestock"},
    "office": {"bn": "উপজেলা প্রাণিসম্পদ কার্যালয়", "en": "Sub-district livestock office"},
    "role": {"bn": "কর্মকর্তা", "en": "officer"},
    "name": {"bn": "নমুনা নাম", "en": "A sample name"},
    "fair": {"bn": "জেলা উদ্ভাবনী মেলা", "en": "District Innovation Fair"},
    "kind": {"bn": "উদ্ভাবনী মেলা", "en": "Innovation fair"},
    "month": {"bn": "জানুয়ারি ২০২৭", "en": "January 2027"},
    "when": {"bn": "১৪–১৬ জানুয়ারি ২০২৭", "en": "14–16 January 2027"},
    "far": {"bn": "হাসপাতাল ত্রিশ কিলোমিটার দূরে।", "en": "The hospital is thirty kilometres away."},
    "road": {"bn": "পথ", "en": "The road"},
    "long way": {"bn": "দূরের পথ", "en": "Long way"},
    "title": {"bn": "নিবন্ধন হয়েছে", "en": "You are registered"},
    "text": {"bn": "টিকিট পাঠানো হয়েছে।", "en": "Your ticket is on its way."},
    "pilots": {"bn": "পরীক্ষামূলক উদ্যোগ শুরু হয়েছে", "en": "pilots started"},
    "source": {"bn": "কর্মসূচির নিজস্ব পাতা", "en": "The programme's own page"},
    "nothing": {"bn": "এখনো কিছু নেই।", "en": "There is nothing yet."},
    "next": {"bn": "মানচিত্রে অন্য জেলা দেখুন।", "en": "See other districts on the map."},
    "claimed": {"bn": "দাবি", "en": "claimed"},
    "less": {"bn": "খরচ ৯৭% কম", "en": "97% less cost"},
    "division": {"bn": "রংপুর বিভাগ", "en": "Rangpur Division"},
    "by hand": {"bn": "হাতে লেখা আবেদন", "en": "Write the application by hand"},
    "queue": {"bn": "লাইনে দাঁড়ানো", "en": "Stand in line"},
    "camp day": {"bn": "শিবিরের দিন গ্রামে আসা", "en": "Come to the camp in the village"},
}  # fmt: skip


def samples(language: str) -> Sample:
    """By component; in one language."""
    words = {name: both[language] for name, both in _WORDS.items()}
    other = "en" if language == "bn" else "bn"
    return {
        "words": words,
        "stages": STAGES,
        "event_states": EVENT_STATES,
        "levels": {int(number): name for number, name in LEVEL_NAMES.items()},
        "other": Spoken(_WORDS["camp"][other], other),
        "story": _story(words, language),
        "event": _event(words, language),
        "figures": _figures(words, language),
        "phases": _phases(words),
        "visits": _visits(words, language),
        "people": _people(words, language),
        "map": _map(words, language),
        "month": _month(words, language),
        "agenda": [
            {"time": digits("10:00", language), "title": words["camp"], "seats": ""},
            {
                "time": digits("11:00", language),
                "sessions": [
                    {"title": words["fair"], "track": words["road"]},
                    {
                        "title": words["camp"],
                        "track": words["office"],
                        "speakers": [words["role"]],
                    },
                ],
            },
        ],
        "pavilions": [_pavilion(words, language)],
        "brief": brief(sample_record("decrease", language), language),
        "threads": _threads(words, language),
        "parts": _parts(words, language),
        "pieces": [
            {"text": words["camp"], "found": True},
            {"text": f" {words['far']}", "found": False},
        ],
        "shared": [{"language": language, "text": words["summary"], "ways": []}],
    }


def _story(words: Sample, language: str) -> Sample:
    return {
        "slug": "sample",
        "title": words["camp"],
        "url": "#story_card",
        "summary": words["summary"],
        "language": language,
        "district_name": words["district"],
        "sector_label": words["sector"],
        "stage": "piloting",
        "stage_label": STAGES["piloting"],
        "headline": {"change": words["less"], "evidence": words["claimed"]},
    }


def _event(words: Sample, language: str) -> Sample:
    return {
        "title": words["fair"],
        "language": language,
        "url": "#event_card",
        "kind_label": words["kind"],
        "when": words["when"],
        "where": words["district"],
        "state": "open",
        "state_label": EVENT_STATES["open"],
        "sample": True,
        "day": digits("14", language),
        "month": words["month"],
    }


def _month(words: Sample, language: str) -> Sample:
    entry = {
        "title": words["fair"],
        "language": language,
        "url": "#month",
        "state": "open",
        "which": "",
    }
    square = {
        "day": "2027-01-14",
        "number": digits("14", language),
        "name": words["when"],
        "is_today": True,
        "entries": [entry],
        "more": 2,
    }
    return {
        "name": words["month"],
        "weekdays": [(words["camp day"], digits(str(day), language)) for day in range(1, 8)],
        "weeks": [[square, *[None] * 6]],
    }


def _figures(words: Sample, language: str) -> list[Sample]:
    """The first two contradict each other."""
    figures: list[Sample] = [
        {
            "key": value,
            "value": digits(value, language),
            "label": words["pilots"],
            "as_of": as_of,
            "source": words["source"],
        }
        for value, as_of in (("1,143", words["month"]), ("36", ""), ("466", ""))
    ]
    apart = figures[:2]
    return [{**figure, "disagreeing": apart if figure in apart else ()} for figure in figures]


def _phases(words: Sample) -> list[Sample]:
    steps = [{"date": words["month"], "what": words["far"]}]
    labels = {"initiation": "road", "execution": "camp", "celebration": "fair"}
    return [{"key": key, "label": words[name], "steps": steps} for key, name in labels.items()]


def _visits(words: Sample, language: str) -> list[Sample]:
    place, what = Spoken(words["road"], language), Spoken(words["far"], language)
    return [
        {"place": place, "what": what, "pain": words["long way"]},
        {"place": Spoken(words["office"], language), "what": what, "pain": ""},
    ]


def _people(words: Sample, language: str) -> list[Sample]:
    name, role = Spoken(words["name"], language), Spoken(words["role"], language)
    contact = {
        "office": Spoken(words["office"], language),
        "url": "",
        "phone": digits("0581-00000", language),
        "dialled": "058100000",
    }
    members = [
        {"name": name, "role": role, "contact": contact},
        {"name": name, "role": role, "contact": None},
    ]
    return [{"label": words["role"], "members": members}]


def _map(words: Sample, language: str) -> Sample:
    tiles = [
        {
            "key": "kurigram",
            "short": words["short"],
            "told": f"{words['district']} {digits(str(step), language)}",
            "x": step,
            "y": 0,
            "step": step,
        }
        for step in range(5)
    ]
    return {
        "divisions": [(words["division"], tiles[:3]), (words["office"], tiles[3:])],
        "columns": 5,
        "rows": 1,
        "legend": [{"step": step, "label": digits(str(step), language)} for step in range(5)],
        "seams": [(3, 0, 3, 1)],
    }


def _pavilion(words: Sample, language: str) -> Sample:
    stall = {
        "number": digits("14", language),
        "office": words["office"],
        "services": [words["camp day"]],
        "story_title": words["camp"],
        "story_url": "#table",
    }
    return {"name": words["fair"], "stalls": [stall]}


def _threads(words: Sample, language: str) -> Any:
    before = [
        {"what": words["by hand"], "time": "1 hours", "cost": "20 BDT"},
        {"what": words["queue"], "time": "3 hours", "visits": "1", "pain": words["long way"]},
    ]
    after = [{"what": words["camp day"], "time": "30 minutes", "visits": "1"}]
    record = sample_record("with corrections", language)
    return threads(record, {"before": before, "after": after}, language)


def _parts(words: Sample, language: str) -> list[Part]:
    html = f"<p>{words['summary']}</p>"
    return [Part(html=html), Part(widgets=(widget(sample_record("same", language), language),))]
