"""What visitors, organisers and the clock may do to a plain line, by the rules alone."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from showcase.registrations import message_kinds as kinds
from showcase.registrations.errors import (
    NotActive,
    NotEnoughSeats,
    NothingToAnswer,
    OfferOpen,
    PartyTooLarge,
    SessionsFull,
)
from tests.registrations.plain_line import DAY, EVENT, NIGHT, Party, PlainLine, Size, Wait

# The person of a registration whose owner is forgotten.
NOBODY: Final = -1
SENT_AGAIN_AT_MOST: Final = 5
TOLD_BY: Final = {
    "confirmed": kinds.CONFIRMATION,
    "requested": kinds.REQUEST,
    "invited": kinds.INVITATION,
    "waiting": kinds.PLACE,
}


class PlainEvent(PlainLine):
    """Each of these does all of it, or raises; who calls it throws away what a refusal left."""

    # Coming

    def register(
        self, person: int, people: int, sessions: Collection[str], *, joins: bool, asks: bool
    ) -> Party:
        known = [p for p in self.parties if p.person == person and not p.has_ended]
        if known:
            self._send_again(known[0])
            return known[0]
        chosen = [EVENT, *sorted(sessions)]
        full = [key for key in chosen if self.is_full(key, people)]
        waits_for = chosen if EVENT in full else full
        if full and not (joins and all(map(self.is_open, waits_for))):
            raise NotEnoughSeats(0) if EVENT in full else SessionsFull(full)
        if full and not all(self.sizes[key].seats >= people for key in chosen):
            raise PartyTooLarge
        state = "requested" if asks else "confirmed"
        party = Party(person, people, "waiting" if EVENT in full else state)
        self.parties.append(party)
        if party.state == "waiting":
            self._wait_for_all(party, chosen, state)
        else:
            party.sessions = set(sessions) - set(full)
            self._wait_for_sessions(party, full)
        self.owe(party, TOLD_BY[party.state])
        return party

    def _send_again(self, party: Party) -> None:
        kind, since = TOLD_BY[party.state], self.at - DAY
        sent = [m for m in party.messages if m.kind == kind and m.at >= since]
        if len(sent) <= SENT_AGAIN_AT_MOST:
            self.owe(party, kind)

    def _wait_for_all(self, party: Party, pools: Collection[str], state: str) -> None:
        wait = self._join(party, pools)
        if self.hand_out(but=wait):
            self._take_up(wait)
            party.state = state

    def _wait_for_sessions(self, party: Party, sessions: Collection[str]) -> None:
        for key in sessions:
            wait = self._join(party, [key])
            if self.hand_out(but=wait):
                self._take_up(wait)

    def _join(self, party: Party, pools: Collection[str]) -> Wait:
        self.waits.append(Wait(party, party.people, set(pools)))
        return self.waits[-1]

    def _take_up(self, wait: Wait) -> None:
        wait.state = "accepted"
        wait.party.sessions |= wait.pools - {EVENT}

    # Going

    def cancel(self, party: Party) -> None:
        if not party.has_ended:
            self._give_up(party, "cancelled")
            self.owe(party, kinds.CANCELLATION)
            self.hand_out()

    def _give_up(self, party: Party, state: str) -> None:
        for wait in self.waits_of(party):
            wait.state = state if state in ("declined", "expired") else "left"
        party.state, party.sessions = state, set()
        self.void(party)

    def erase(self, party: Party) -> None:
        """Whose number it was is forgotten, so that its owner may come anew."""
        was_over = party.has_ended
        if not was_over:
            self._give_up(party, "cancelled")
        self.void(party)
        party.person = NOBODY
        if not was_over:
            self.hand_out()

    # Changing

    def change(self, party: Party, people: int, sessions: Collection[str], *, joins: bool) -> None:
        if party.has_ended:
            raise NotActive
        waits = self.waits_of(party)
        chosen = party.sessions.union(*(wait.pools for wait in waits)) - {EVENT}
        if people != party.people or set(sessions) != chosen:
            if any(wait.state == "offered" for wait in waits):
                raise OfferOpen
            if party.state == "waiting":
                self._change_place(waits[0], people, {EVENT, *sessions})
            else:
                self._change_seats(party, people, set(sessions), joins=joins)
        self.owe(party, kinds.CHANGE)
        self.hand_out()

    def _change_place(self, wait: Wait, people: int, wanted: set[str]) -> None:
        if not all(self.sizes[key].seats >= people for key in wanted):
            raise PartyTooLarge
        wait.party.people = people
        if people <= wait.people and wanted <= wait.pools:
            wait.people, wait.pools = people, wanted
        else:
            wait.state = "left"
            self._join(wait.party, wanted)

    def _change_seats(self, party: Party, people: int, sessions: set[str], *, joins: bool) -> None:
        kept, more = party.sessions & sessions, people - party.people
        for key in [EVENT, *sorted(kept)]:
            if more > 0 and self.is_full(key, more):
                raise NotEnoughSeats(0) if key == EVENT else SessionsFull([key])
        stays, anew = self._wait_on(party, people, sessions)
        added = sorted(sessions - kept - stays - set(anew))
        full = [key for key in added if self.is_full(key, people)]
        if any(not (joins and self.is_open(key)) for key in full):
            raise SessionsFull(full)
        if not all(self.sizes[key].seats >= people for key in (*stays, *anew, *full)):
            raise PartyTooLarge
        party.people, party.sessions = people, kept | set(added) - set(full)
        self._wait_for_sessions(party, [*anew, *full])

    def _wait_on(self, party: Party, people: int, sessions: set[str]) -> tuple[set[str], list[str]]:
        """Sessions whose line it stays in, and those in which it begins anew."""
        stays: set[str] = set()
        anew: list[str] = []
        for wait in self.waits_of(party):
            if wait.pools <= sessions and people <= wait.people:
                wait.people = people
                stays |= wait.pools
            else:
                wait.state = "left"
                anew += wait.pools & sessions
        return stays, anew

    # Answering

    def accept(self, wait: Wait, *, asks: bool) -> None:
        self._refuse_unless_offered(wait)
        self._take_up(wait)
        self._void_offer(wait.party)
        if EVENT in wait.pools:
            self.void(wait.party, kinds.PLACE)
            wait.party.state = "requested" if asks else "confirmed"
            self.owe(wait.party, TOLD_BY[wait.party.state])
        else:
            self.owe(wait.party, kinds.CHANGE)

    def decline(self, wait: Wait) -> None:
        self._refuse_unless_offered(wait)
        self._end(wait, "declined")
        self.hand_out()

    def leave(self, wait: Wait) -> None:
        if wait.state != "waiting":
            raise NothingToAnswer
        self._end(wait, "left")
        self.hand_out()

    def _refuse_unless_offered(self, wait: Wait) -> None:
        if wait.state != "offered" or (wait.until and wait.until <= self.at):
            raise NothingToAnswer

    def _end(self, wait: Wait, state: str) -> None:
        wait.state = state
        self._void_offer(wait.party)
        if EVENT in wait.pools:
            wait.party.state = "cancelled" if state == "left" else state
            self.void(wait.party)

    def invite(self, person: int, people: int, answer_by: datetime) -> Party | None:
        """Past the line, whom an organiser wants to come; None for who has a registration."""
        if any(p.person == person and not p.has_ended for p in self.parties):
            return None
        if self.room(EVENT) < people:
            raise NotEnoughSeats(0)
        self.parties.append(Party(person, people, "invited", answer_by=answer_by))
        self.owe(self.parties[-1], kinds.INVITATION)
        return self.parties[-1]

    def accept_invitation(self, party: Party, people: int) -> None:
        self._refuse_unless_invited(party)
        party.people, party.state = min(people, party.people), "confirmed"
        self.void(party, kinds.INVITATION)
        self.owe(party, kinds.CONFIRMATION)
        self.hand_out()

    def decline_invitation(self, party: Party) -> None:
        self._refuse_unless_invited(party)
        self._give_up(party, "declined")
        self.hand_out()

    def _refuse_unless_invited(self, party: Party) -> None:
        if party.state != "invited" or (party.answer_by and party.answer_by <= self.at):
            raise NothingToAnswer

    def decide(self, party: Party, *, comes: bool) -> None:
        if party.state != "requested":
            return
        if comes:
            party.state = "confirmed"
            self.void(party, kinds.REQUEST)
            self.owe(party, kinds.CONFIRMATION)
        else:
            self._give_up(party, "refused")
            self.owe(party, kinds.REFUSAL)
            self.hand_out()

    # The document, and time

    def resize(self, sizes: Mapping[str, Size]) -> None:
        for key in set(self.sizes) - set(sizes):
            self.sizes[key].ends = None
            for wait in [wait for wait in self.in_line() if key in wait.pools]:
                self._wait_without(wait, key)
        self.sizes |= sizes
        self.hand_out()

    def _wait_without(self, wait: Wait, key: str) -> None:
        if EVENT in wait.pools:
            wait.pools = wait.pools - {key}
        else:
            wait.state = "expired"
            self.owe(wait.party, kinds.LIST_CLOSED)

    def let_pass(self, time: timedelta) -> None:
        self.at += time
        for wait in self._over():
            self._end(wait, "expired")
            self.owe(wait.party, kinds.OFFER_ENDED)
            self.hand_out()
        for party in [p for p in self.parties if p.state == "invited"]:
            if party.answer_by and party.answer_by <= self.at:
                self._give_up(party, "expired")
                self.hand_out()
        hopeless = [wait for wait in self.in_line() if self._is_too_late(wait)]
        for wait in hopeless:
            self._end(wait, "expired")
            self.owe(wait.party, kinds.LIST_CLOSED)
        if hopeless:
            self.hand_out()

    def _over(self) -> Iterator[Wait]:
        """By the end of the offer; of one party, all that ended come together."""
        ended = [w for w in self.waits if w.state == "offered" and w.until and w.until <= self.at]
        parties = dict.fromkeys(wait.party for wait in sorted(ended, key=_end_of))
        for party in parties:
            yield from [wait for wait in ended if wait.party is party]

    def _is_too_late(self, wait: Wait) -> bool:
        ends = [self.sizes[key].ends for key in wait.pools]
        return any(end is not None and end - self.at < NIGHT for end in ends)


def _end_of(wait: Wait) -> datetime:
    assert wait.until
    return wait.until
