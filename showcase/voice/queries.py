"""What visitors said, added up; and what a ticket's holder can say now."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import sqlalchemy as sa
from flask import url_for

from showcase.db import db
from showcase.documents.models import Document, among
from showcase.events.queries import EventFacts, cards, facts
from showcase.gate.queries import arrival_of, arrivals_at
from showcase.i18n import _
from showcase.registrations.queries import Ticket
from showcase.voice.choice import Choice, Turnout, Votes, announced_choice, results_of
from showcase.voice.models import Feedback, Slip, Vote
from showcase.voice.refusals import feedback_refusal, slip_refusal, vote_refusal
from showcase.voice.reports import FEWEST, Answers, Report, report
from showcase.voice.stalls import places_showing


class GivenFeedback(NamedTuple):
    score: int
    text: str


@dataclass(frozen=True)
class FeedbackSummary:
    """
    Attributes:
        mean: Of the scores from 1 to 5, with two decimals; None where nobody gave one.
        scores: How often each was given, from 1 to 5.
    """

    count: int
    mean: Decimal | None
    scores: dict[int, int]


def votes_of(registration_id: int) -> dict[str, int]:
    """The stall chosen in each category."""
    chosen = sa.select(Vote.category, Vote.stall).where(Vote.registration_id == registration_id)
    return dict(db.session.execute(chosen).tuples().all())


def slips_of(registration_id: int) -> dict[int, Answers]:
    """By stall."""
    slips = _slips(Slip.registration_id == registration_id)
    return {slip.stall: slip for slip in slips}


def feedback_of(registration_id: int) -> GivenFeedback | None:
    given = sa.select(Feedback.score, Feedback.text).where(
        Feedback.registration_id == registration_id
    )
    row = db.session.execute(given).first()
    return GivenFeedback(row.score, row.text) if row else None


def choice_of(event: EventFacts, at: datetime) -> Choice | None:
    """The visitors' choice for the event's page; None where the event has no vote."""
    announced = announced_choice(event, at=at)
    voting = event.fields.voting
    if announced is None or voting is None or at < voting.closes:
        return announced
    return Choice(
        announced.opens,
        announced.closes,
        has_opened=True,
        results=results_of(event, _votes_at(event.id)),
        turnout=_turnout_at(event.id),
    )


def report_of(story: str) -> Report | None:
    """The visitors' report of a story's service; None before enough slips were filled in."""
    places = places_showing(story)
    if not places:
        return None
    slips = _slips(sa.tuple_(Slip.event_id, Slip.stall).in_(places))
    if len(slips) < FEWEST:
        return None
    events = {slip.event_id for slip in slips}
    return report(slips, cards(facts(among(Document.id, events))))


def feedback_summary(event_id: int) -> FeedbackSummary:
    """Of an event; the texts are for its organisers alone."""
    counted = (
        sa.select(Feedback.score, sa.func.count())
        .where(Feedback.event_id == event_id)
        .group_by(Feedback.score)
    )
    given = dict(db.session.execute(counted).tuples().all())
    scores = {score: given.get(score, 0) for score in range(1, 6)}
    count = sum(scores.values())
    total = sum(score * times for score, times in scores.items())
    mean = round(Decimal(total) / count, 2) if count else None
    return FeedbackSummary(count, mean, scores)


def invitations_for(ticket: Ticket, event: EventFacts, at: datetime) -> list[tuple[str, str]]:
    """What the holder can do now, each with its address: vote, fill in a slip, give feedback, take
    the certificate."""
    arrival = arrival_of(ticket.registration_id)
    came = arrival is not None
    found = []
    if not vote_refusal(ticket, event, is_checked_in=came, at=at):
        found.append(_invitation(_("Vote for the best stalls"), "voice.vote", ticket))
    if not slip_refusal(ticket, event, is_checked_in=came, at=at):
        found.append(_invitation(_("Tell what a service took"), "voice.slip", ticket))
    if not feedback_refusal(ticket, event, at=at):
        found.append(_invitation(_("Tell in a minute how it was"), "voice.feedback", ticket))
    if arrival:
        address = url_for("certificates.show", code=arrival.certificate)
        found.append((_("Certificate of attendance"), address))
    return found


def _invitation(label: str, endpoint: str, ticket: Ticket) -> tuple[str, str]:
    return label, url_for(endpoint, secret=ticket.secret)


def _votes_at(event_id: int) -> Votes:
    counted = (
        sa.select(Vote.category, Vote.stall, sa.func.count())
        .where(Vote.event_id == event_id)
        .group_by(Vote.category, Vote.stall)
    )
    votes: dict[str, dict[int, int]] = {}
    for category, stall, count in db.session.execute(counted).tuples():
        votes.setdefault(category, {})[stall] = count
    return votes


def _turnout_at(event_id: int) -> Turnout:
    voted = sa.select(sa.func.count(Vote.registration_id.distinct()))
    return Turnout(
        db.session.scalar(voted.where(Vote.event_id == event_id)) or 0,
        arrivals_at(event_id).tickets,
    )


def _slips(condition: sa.ColumnElement[bool]) -> list[Answers]:
    rows = db.session.execute(
        sa.select(Slip.event_id, Slip.stall, Slip.minutes, Slip.taka, Slip.visits, Slip.at)
        .where(condition)
        .order_by(Slip.id)
    )
    return [Answers(*row) for row in rows]
