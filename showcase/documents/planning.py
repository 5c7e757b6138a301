"""What a publish has to do: each file compared with the text that readers see now."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from showcase.documents.models import FILES, STUDIO
from showcase.documents.problems import Problem
from showcase.documents.reading import ContentFile
from showcase.documents.stored import Stored, StoredText, stored_files


class Take(enum.Enum):
    """Which text wins where a file and the studio have both changed since they last agreed."""

    FILES = FILES
    STUDIO = STUDIO


@dataclass
class Outcome:
    """What a publish did: Markdown and tables counted in files, conflicts named by path.

    Attributes:
        warnings: What the editor of a published file should know and need not mend.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    pictures: int = 0
    conflicts: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass
class Plan:
    """Files sorted by what has to be done with them.

    Attributes:
        set_aside: Files that have changed while the studio's text is to stay.
    """

    outcome: Outcome = field(default_factory=Outcome)
    publish: list[ContentFile] = field(default_factory=list)
    set_aside: list[ContentFile] = field(default_factory=list)


def make_plan(
    files: Iterable[ContentFile], stored: Stored, *, take: Take | None, again: bool
) -> Plan:
    plan = Plan()
    for file in files:
        before = stored.texts.get(file.path)
        if before is None:
            plan.outcome.new += 1
            plan.publish.append(file)
        elif _says_the_same(file, before):
            plan.outcome.unchanged += 1
        else:
            _plan_changed(plan, file, before, take)
    if again:
        planned = {file.path for file in plan.publish}
        plan.publish += [file for file in stored_files() if file.path not in planned]
    return plan


def _says_the_same(file: ContentFile, before: StoredText) -> bool:
    """Nothing new in the file: as it was imported, or as the studio's text was exported."""
    is_studio_text = before.origin == STUDIO and file.raw == before.raw
    return file.hash == before.file_hash or is_studio_text


def _plan_changed(plan: Plan, file: ContentFile, before: StoredText, take: Take | None) -> None:
    if before.origin == FILES or take is Take.FILES:
        plan.outcome.changed += 1
        plan.publish.append(file)
    elif take is Take.STUDIO:
        plan.outcome.unchanged += 1
        plan.set_aside.append(file)
    else:
        plan.outcome.conflicts.append(file.shown_path)
