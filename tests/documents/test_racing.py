"""Two publishes at the same time: no revision twice, no text lost."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from showcase.documents.publishing import Outcome, publish_folder
from showcase.documents.queries import find, site_mark
from tests.conftest import AppMaker, rounds
from tests.documents.folder import Folder, publish, sources

ROUNDS = rounds(3, 25)


def at_once(*jobs: Callable[[], None]) -> None:
    """Run the jobs in threads that begin together; what one raises is raised here."""
    barrier = threading.Barrier(len(jobs))
    failures: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            barrier.wait()
            job()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def publisher(app: Flask, folder: Folder, outcomes: list[Outcome]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            outcomes.append(publish_folder(folder.root, by="test"))

    return run


def test_the_same_folder_is_published_once(app: Flask, folder: Folder) -> None:
    for number in range(ROUNDS):
        folder.story(title=f"Title number {number}", body="Text.")
        with app.app_context():
            mark = site_mark()
        outcomes: list[Outcome] = []

        at_once(*[publisher(app, folder, outcomes)] * 4)

        assert sorted(outcome.unchanged for outcome in outcomes) == [0, 1, 1, 1]
        with app.app_context():
            assert site_mark() == mark + 1
            assert len(sources("stories/health-camp/index.md")) == number + 1


def test_different_folders_lose_nothing(app: Flask, folder: Folder) -> None:
    others = [Folder(folder.root.parent / f"other-{n}") for n in range(3)]
    for number in range(ROUNDS):
        for n, other in enumerate(others):
            other.story(f"story-{n}", title=f"Title number {number}")

        at_once(*[publisher(app, other, []) for other in others])

        with app.app_context():
            readings = [find("story", f"story-{n}", "en") for n in range(3)]
        assert [r and r.title for r in readings] == [f"Title number {number}"] * 3


def test_two_processes_with_different_texts_leave_one_whole(make: AppMaker, folder: Folder) -> None:
    """Each app has its own connections, as a process of its own would."""
    apps = [make(), make()]
    folders = [folder, Folder(folder.root.parent / "other")]
    for number in range(ROUNDS):
        for name, each in zip("ab", folders, strict=True):
            each.story(title=f"Title {name} {number}")
            each.translation(title=f"শিরোনাম {name} {number}")

        at_once(*[publisher(a, f, []) for a, f in zip(apps, folders, strict=True)])

        with apps[0].app_context():
            english, bangla = (find("story", "health-camp", code) for code in ("en", "bn"))
            assert english
            assert bangla
            assert english.title.split()[1:] == bangla.title.split()[1:]
            assert not bangla.is_outdated
            numbers = [number for _, number, _ in sources("stories/health-camp/index.md")]
            assert numbers == sorted(list(range(1, len(numbers) // 2 + 1)) * 2)


def test_publish_beside_a_busy_writer_tries_again(app: Flask, folder: Folder) -> None:
    """A text that is stored between the look and the write is not overwritten unseen."""
    with app.app_context():
        folder.story("first")
        publish(folder)
    other = Folder(folder.root.parent / "other")
    other.story("second")
    folder.story("first", title="Another title")

    at_once(publisher(app, folder, []), publisher(app, other, []))

    with app.app_context():
        assert [bool(find("story", slug, "en")) for slug in ("first", "second")] == [True, True]


pytestmark = pytest.mark.filterwarnings("error")
