"""Content that only a benchmark has: fairs of any size, and stories by the thousand."""

import random
import shutil
from pathlib import Path
from typing import Final, get_args

from showcase.config import ROOT
from showcase.stories.fields import Delivery, Funding, PainPoint, Sector, Stage

# As many seats as a run can never sell, and the 200 that 1,000 clients want.
LARGE_FAIR: Final = "fair-without-end"
SMALL_FAIR: Final = "fair-of-200-seats"
SMALL_SEATS: Final = 200
SUMMIT: Final = "summit-of-2000-seats"
SUMMIT_SEATS: Final = 2_000
_LARGE_SEATS: Final = 900_000_000

STORY: Final = "animal-health-camp"
_WORDS_OF_A_STORY: Final = 400


def launch_content(folder: Path) -> Path:
    """The launch content with some fairs more."""
    shutil.copytree(ROOT / "content", folder)
    _add_fair(folder, LARGE_FAIR, _LARGE_SEATS)
    _add_fair(folder, SMALL_FAIR, SMALL_SEATS)
    _add_fair(folder, SUMMIT, SUMMIT_SEATS)
    return folder


def _add_fair(content: Path, slug: str, seats: int) -> None:
    folder = content / "events" / slug
    folder.mkdir()
    (folder / "index.md").write_text(_FAIR.format(seats=seats), encoding="utf-8")


_FAIR: Final = """---
title: A fair to measure
summary: A fair whose only purpose is to be registered for, by very many people at once.
language: en
kind: fair
venue: {{name: {{en: Field, bn: মাঠ}}, address: {{en: Road, bn: সড়ক}}, lat: 25.81, lon: 89.64}}
starts: 2090-01-14 09:00
ends: 2090-01-16 18:00
organiser: {{en: District Administration, bn: জেলা প্রশাসন}}
registration:
  opens: 2020-01-01
  closes: 2090-01-13 18:00
  seats: {seats}
  held_for_walk_ins: 0
  party_max: 10
  waiting_list: no
  approval: no
state: announced
status: published
published: 2026-01-01
---
There is nothing to see.
"""


def many_stories(folder: Path, count: int) -> Path:
    """Stories of about 400 words with a list, a table and numbers; every second one in Bangla."""
    shutil.copy(ROOT / "content" / "districts.csv", _made(folder))
    for number in range(count):
        path = story_path(folder, number)
        path.parent.mkdir(parents=True)
        path.write_text(_story(number), encoding="utf-8")
    return folder


def story_path(folder: Path, number: int) -> Path:
    return folder / "stories" / f"story-{number}" / "index.md"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _story(number: int) -> str:
    language = "bn" if number % 2 else "en"
    vocabulary = _VOCABULARY[language].split()
    words = random.Random(number).choices(vocabulary, k=_WORDS_OF_A_STORY)  # noqa: S311
    sentences = [
        " ".join(words[start : start + 10]) + _STOP[language] for start in range(0, len(words), 10)
    ]
    parts = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
    chance = random.Random(-number)  # noqa: S311
    return _STORY.format(
        number=number,
        language=language,
        district=chance.choice(_DISTRICTS),
        **{key: chance.choice(values) for key, values in _VARIED.items()},
        title=" ".join(words[:6]),
        summary=sentences[0],
        first="\n\n".join(parts[:4]),
        items="\n".join(f"- {sentence}" for sentence in sentences[20:25]),
        last="\n\n".join(parts[5:]),
    )


# What a list can be narrowed by differs from story to story.
_DISTRICTS: Final = [
    line.split(",")[0]
    for line in (ROOT / "content" / "districts.csv").read_text("utf-8").splitlines()[1:]
]
_VARIED: Final = {
    "sector": get_args(Sector),
    "stage": get_args(Stage),
    "delivery": get_args(Delivery),
    "funding": get_args(Funding),
    "pain": get_args(PainPoint),
    "year": range(2012, 2026),
    "days": range(2, 20),
    "method": ("claimed", "process-map", "before-and-after", "independent"),
}
_STOP: Final = {"en": ".", "bn": "।"}
_VOCABULARY: Final = {
    "en": "village farmer office **counter** day week paper form cost visit camp service letter "
    "road river market school officer idea window [question](https://example.org/a) answer",
    "bn": "গ্রাম কৃষক দপ্তর **কাউন্টার** দিন সপ্তাহ কাগজ ফরম খরচ যাতায়াত শিবির সেবা চিঠি পথ "
    "নদী বাজার বিদ্যালয় কর্মকর্তা ভাবনা জানালা [প্রশ্ন](https://example.org/a) উত্তর",
}
_STORY: Final = """---
title: "{title}"
summary: "{summary}"
language: {language}
district: {district}
sector: {sector}
stage: {stage}
delivery: {delivery}
pain_points: [{pain}]
funding: {funding}
timeline:
  - date: {year}-03
    phase: initiation
    what: "{summary}"
  - date: {year}-07
    phase: execution
    what: "{summary}"
tcv:
  - service: "{title}"
    before: {{time: {days} days, cost: 2500 BDT, visits: 2}}
    after: {{time: 1 days, cost: 300 BDT, visits: 1}}
    cost_parts: [travel]
    basis: spent
    method: {method}
    measured: 2016-02
    sample: 120
    source: "{title}"
sources:
  - title: "{title}"
    url: https://example.org/{number}
status: published
published: 2026-03-01
---
## {title}

{first}

:::tcv
:::

{items}

| {title} | 1 | 2 |
| --- | --- | --- |
| {title} | 10 | 20 |
| {title} | 30 | 40 |

## {title}

{last}
"""
