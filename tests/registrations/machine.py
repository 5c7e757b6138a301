"""Visitors, organisers and the clock do anything, to the tables and to a plain event alike."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from showcase.db import write
from showcase.outbox.models import OutboxMessage
from showcase.registrations import answering
from showcase.registrations.actions import cancel
from showcase.registrations.changing import Wish, change
from showcase.registrations.erasure import erase
from showcase.registrations.errors import RegistrationError
from showcase.registrations.guests import Guest, invite
from showcase.registrations.models import (
    FormKey,
    Registration,
    SeatPool,
    SessionSeat,
    Wait,
    WaitPool,
)
from showcase.registrations.seats.pools import EVENT, PoolSize
from showcase.registrations.sizing import set_sizes
from tests.conftest import FULL
from tests.registrations import ledger
from tests.registrations.builders import make_event
from tests.registrations.ledger import Ledger
from tests.registrations.lines import all_sent, come, phone, secret
from tests.registrations.people import NOON
from tests.registrations.plain_event import NOBODY, PlainEvent
from tests.registrations.plain_line import Party, Size
from tests.registrations.plain_line import Wait as PlainWait

STARTS = NOON + timedelta(days=5)
# Those of the second day; a session may have room for all.
SESSIONS_START = STARTS + timedelta(days=1)
TABLES = (OutboxMessage, FormKey, SessionSeat, WaitPool, Wait, Registration, SeatPool)

# As people come: mostly alone and in pairs.
people = st.sampled_from([1, 1, 1, 2, 2, 2, 3, 4, 5, 7, 10])
mostly = st.sampled_from([True, True, True, False])
rarely = st.sampled_from([False, False, False, False, True])
persons = st.integers(0, 11)
picks = st.integers(0, 40)
chosen_sessions = st.sets(st.sampled_from("ab"))
sizes_of_sessions = st.fixed_dictionaries(
    {"a": st.integers(1, 8)}, optional={"b": st.none() | st.integers(0, 8)}
)

Rule = Callable[[PlainEvent], object]


class LineMachine(RuleBasedStateMachine):
    """One event of an otherwise empty database."""

    event = 0
    reached: Counter[str] = Counter()

    @initialize(seats=st.integers(2, 10), sessions=sizes_of_sessions)
    def is_published(self, seats: int, sessions: dict[str, int | None]) -> None:
        empty()
        sizes = sizes_of(seats, 0, sessions)
        self.plain = PlainEvent({}, NOON)
        self.registrations: list[int] = []
        self.secrets: list[str] = []
        self.seen: Ledger | None = None
        self._resize(sizes)

    # Visitors

    @rule(crowd=st.lists(st.tuples(persons, people, chosen_sessions), min_size=2, max_size=6))
    def a_crowd_comes(self, crowd: list[tuple[int, int, set[str]]]) -> None:
        for person, size, sessions in crowd:
            self.comes(person, size, sessions, joins=True, asks=False)

    @rule(person=persons, size=people, sessions=chosen_sessions, joins=mostly, asks=rarely)
    def one_comes(
        self, person: int, size: int, sessions: set[str], joins: bool, asks: bool
    ) -> None:
        self.comes(person, size, sessions, joins=joins, asks=asks)

    def comes(self, person: int, size: int, sessions: set[str], *, joins: bool, asks: bool) -> None:
        sessions = sessions & set(self.plain.sizes)
        at = self.plain.at

        def really() -> None:
            changed = {"joins_list": joins, "needs_approval": asks, "at": at}
            self._know(come(self.event, person, size, *sessions, **changed))

        self._both(
            really, lambda line: line.register(person, size, sessions, joins=joins, asks=asks)
        )

    @precondition(lambda self: self.plain.parties)
    @rule(pick=picks)
    def cancels(self, pick: int) -> None:
        """Mostly somebody with seats, whom others wait for."""
        who = self._party(pick, "confirmed")
        self._both(
            lambda: cancel(secret=self.secrets[who], at=self.plain.at),
            lambda line: line.cancel(line.parties[who]),
        )

    @precondition(lambda self: self.plain.parties)
    @rule(pick=picks, size=people, sessions=chosen_sessions, joins=mostly)
    def changes(self, pick: int, size: int, sessions: set[str], joins: bool) -> None:
        who = self._party(pick)
        sessions &= set(self.plain.sizes)
        wish = Wish("Rahima Begum", size, sessions, "", {}, False, "en")
        self._both(
            lambda: change(secret=self.secrets[who], wish=wish, joins_list=joins, at=self.plain.at),
            lambda line: line.change(line.parties[who], size, sessions, joins=joins),
        )

    @precondition(lambda self: self.plain.has_made_offers)
    @rule(pick=picks, asks=rarely)
    def accepts(self, pick: int, asks: bool) -> None:
        which = self._wait(pick, "offered")
        self._both(
            lambda: answering.accept_offer(**self._answer(which), needs_approval=asks),
            lambda line: line.accept(line.waits[which], asks=asks),
        )

    @precondition(lambda self: self.plain.has_made_offers)
    @rule(pick=picks)
    def declines(self, pick: int) -> None:
        which = self._wait(pick, "offered")
        self._both(
            lambda: answering.decline_offer(**self._answer(which)),
            lambda line: line.decline(line.waits[which]),
        )

    @precondition(lambda self: self.plain.waits)
    @rule(pick=picks)
    def leaves(self, pick: int) -> None:
        which = self._wait(pick, "waiting")
        self._both(
            lambda: answering.leave_list(**self._answer(which)),
            lambda line: line.leave(line.waits[which]),
        )

    @precondition(lambda self: self.plain.parties)
    @rule(pick=picks)
    def is_erased(self, pick: int) -> None:
        who = self._party(pick)
        self._both(
            lambda: erase(secret=self.secrets[who], at=self.plain.at),
            lambda line: line.erase(line.parties[who]),
        )

    # Organisers

    @rule(person=persons, size=people, hours=st.integers(1, 60))
    def is_invited(self, person: int, size: int, hours: int) -> None:
        at, answer_by = self.plain.at, self.plain.at + timedelta(hours=hours)
        guests = [Guest("Karim Uddin", phone(person), None, size, "en")]

        def really() -> None:
            invite(event_id=self.event, guests=guests, answer_by=answer_by, at=at)
            self._know(ledger.read(self.event).registrations[-1].id)

        self._both(really, lambda line: line.invite(person, size, answer_by))

    @precondition(lambda self: any(p.state == "invited" for p in self.plain.parties))
    @rule(pick=picks, size=people, is_coming=st.booleans())
    def answers_an_invitation(self, pick: int, size: int, is_coming: bool) -> None:
        who = self._party(pick, "invited")
        link: dict[str, Any] = {"secret": self.secrets[who], "at": self.plain.at}
        if is_coming:
            self._both(
                lambda: answering.accept_invitation(**link, party=size),
                lambda line: line.accept_invitation(line.parties[who], size),
            )
        else:
            self._both(
                lambda: answering.decline_invitation(**link),
                lambda line: line.decline_invitation(line.parties[who]),
            )

    @precondition(lambda self: any(p.state == "requested" for p in self.plain.parties))
    @rule(pick=picks, is_coming=st.booleans())
    def is_decided_about(self, pick: int, is_coming: bool) -> None:
        who = self._party(pick, "requested")
        code = ledger.read(self.event).registrations[who].code
        self._both(
            lambda: answering.decide(
                event_id=self.event, code=code, comes=is_coming, at=self.plain.at
            ),
            lambda line: line.decide(line.parties[who], comes=is_coming),
        )

    @rule(
        seats=st.integers(0, 16),
        held=st.integers(0, 2),
        sessions=sizes_of_sessions,
        is_postponed=rarely,
    )
    def is_published_anew(
        self, seats: int, held: int, sessions: dict[str, int | None], is_postponed: bool
    ) -> None:
        self._resize(sizes_of(seats, held, sessions, makes_offers=not is_postponed))

    # Time

    @rule(hours=st.sampled_from([1, 6, 11, 24]), are_sent=st.booleans())
    def time_passes(self, hours: int, are_sent: bool) -> None:
        time = timedelta(hours=hours)
        if are_sent:
            self._both(all_sent, lambda line: line.send())
        self._both(
            lambda: answering.end_what_is_over(self.plain.at + time),
            lambda line: line.let_pass(time),
        )

    # What must be true after each of these

    @invariant()
    def the_tables_keep_their_promises(self) -> None:
        now, at = ledger.read(self.event), self.plain.at
        ledger.assert_counts_agree(now)
        ledger.assert_nobody_has_anything_twice(now)
        ledger.assert_no_free_seat_while_somebody_may_have_it(now, at)
        if self.seen:
            ledger.assert_nobody_was_passed_too_often(self.seen, now, at)
            ledger.assert_nothing_that_ended_begins_anew(self.seen, now)
            ledger.assert_nothing_is_oversold(self.seen, now)
        self.seen = now

    @invariant()
    def the_tables_say_what_the_rules_say(self) -> None:
        now = self.seen or ledger.read(self.event)
        parties = [_of_party(now, row) for row in now.registrations]
        assert parties == [_of_plain_party(party) for party in self.plain.parties]
        numbers = dict(zip(self.plain.parties, self.registrations, strict=True))
        waits = [_of_wait(now, row) for row in now.waits]
        assert waits == [(numbers[w.party], *_of_plain_wait(w)) for w in self.plain.waits]

    def teardown(self) -> None:
        waits = self.plain.waits
        self.reached.update(wait.state for wait in waits)
        self.reached.update(party.state for party in self.plain.parties)
        self.reached["passed"] += sum(wait.passed > 0 for wait in waits)
        self.reached["seats kept"] += sum(wait.passed >= wait.people for wait in waits)
        self.reached["offered with sessions"] += sum(
            wait.until is not None and len(wait.pools) > 1 for wait in waits
        )

    def _both(self, really: Callable[[], object], plain: Rule) -> None:
        """Do it to the tables and to the plain line: both refuse it for the same reason, or both
        do it."""
        expected = deepcopy(self.plain)
        refused = _refusal(lambda: plain(expected))
        assert _refusal(really) is refused
        if refused is None:
            self.plain = expected

    def _resize(self, sizes: dict[str, Size]) -> None:
        published = [
            PoolSize(key, size.capacity, size.held, size.ends) for key, size in sizes.items()
        ]

        def really() -> None:
            with write() as session:
                set_sizes(session, event_id=self.event, sizes=published, at=self.plain.at)

        self._both(really, lambda line: line.resize(deepcopy(sizes)))

    def _know(self, registration_id: int) -> None:
        if registration_id not in self.registrations:
            self.registrations.append(registration_id)
            self.secrets.append(secret(registration_id))

    def _party(self, pick: int, state: str | None = None) -> int:
        """One in this state, or that has not ended; now and then another."""
        parties = list(enumerate(self.plain.parties))
        fit = [i for i, p in parties if p.state == state or (not state and not p.has_ended)]
        return ([*fit, *fit, parties[-1][0]] * (pick + 1))[pick]

    def _wait(self, pick: int, state: str) -> int:
        waits = list(enumerate(self.plain.waits))
        fit = [i for i, wait in waits if wait.state == state]
        return ([*fit, *fit, waits[-1][0]] * (pick + 1))[pick]

    def _answer(self, which: int) -> dict[str, Any]:
        """The owner's answer to an offer, or to having a place in line."""
        wait = self.plain.waits[which]
        return {
            "secret": self.secrets[self.plain.parties.index(wait.party)],
            "wait_id": ledger.read(self.event).waits[which].id,
            "at": self.plain.at,
        }


def _refusal(act: Callable[[], object]) -> type[Exception] | None:
    try:
        act()
    except RegistrationError as error:
        return type(error)
    return None


def _of_party(now: Ledger, row: Any) -> tuple[object, ...]:
    keys = {pool.id: key for key, pool in now.pools.items()}
    sessions = {keys[pool] for pool in now.sessions[row.id]}
    return row.state, row.party, sessions, row.erased_at is not None, now.messages[row.id]


def _of_plain_party(party: Party) -> tuple[object, ...]:
    messages = [(message.kind, message.state) for message in party.messages]
    return party.state, party.people, party.sessions, party.person == NOBODY, messages


def _of_wait(now: Ledger, row: Any) -> tuple[object, ...]:
    keys = {pool.id: key for key, pool in now.pools.items()}
    wanted = {keys[pool] for pool in now.wanted[row.id]}
    return row.registration_id, row.state, row.party, wanted, row.offered_until, row.passed


def _of_plain_wait(wait: PlainWait) -> tuple[object, ...]:
    return wait.state, wait.people, wait.pools, wait.until, wait.passed


def sizes_of(
    seats: int, held: int, sessions: dict[str, int | None], *, makes_offers: bool = True
) -> dict[str, Size]:
    event = {EVENT: Size(seats, held, STARTS if makes_offers else None)}
    start = SESSIONS_START if makes_offers else None
    return event | {key: Size(capacity, 0, start) for key, capacity in sessions.items()}


def empty() -> None:
    with write() as session:
        for table in TABLES:
            session.execute(sa.delete(table))


def play(app: Flask, *, examples: int, steps: int, **changed: Any) -> Counter[str]:
    """How often each of the things came about that the rules are about."""
    event_id, seen = make_event(app), Counter[str]()

    class Machine(LineMachine):
        event, reached = event_id, seen

    # The same examples each time, so that a change is blamed for what it did; others in full.
    usual: dict[str, Any] = {
        "suppress_health_check": list(HealthCheck),
        "deadline": None,
        "derandomize": not FULL,
    }
    chosen = settings(max_examples=examples, stateful_step_count=steps, **{**usual, **changed})
    run_state_machine_as_test(Machine, settings=chosen)
    return seen
