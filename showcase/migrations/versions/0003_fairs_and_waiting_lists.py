"""Sessions with their own seats, the waiting list, guests, who came, and what visitors say."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_CONFIRMED: Final = sa.text("state = 'confirmed'")
_ACTIVE: Final = sa.text("state IN ('confirmed', 'requested', 'invited', 'waiting')")
_READY: Final = sa.text("state = 'ready'")
_MADE_ONCE: Final = sa.text("once IS NOT NULL")
_STATES: Final = (
    "state IN ('confirmed', 'requested', 'invited', 'waiting', "
    "'cancelled', 'refused', 'declined', 'expired')"
)


def upgrade() -> None:
    _pools_of_sessions()
    _registrations_in_more_states()
    _messages_for_an_occasion()
    op.create_table(
        "check_ins",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("admitted", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certificate", sa.String(length=12), nullable=False),
        sa.CheckConstraint("admitted >= 1", name=op.f("ck_check_ins_somebody_came")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_check_ins_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_check_ins_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("certificate", name=op.f("uq_check_ins_certificate")),
    )
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_ins_event_id"), ["event_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_feedback_score_is_known")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_feedback_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_feedback_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_event_id"), ["event_id"], unique=False)

    op.create_table(
        "session_seats",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["seat_pools.id"], name=op.f("fk_session_seats_pool_id_seat_pools")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_session_seats_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "pool_id", name=op.f("pk_session_seats")),
    )
    with op.batch_alter_table("session_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_seats_pool_id"), ["pool_id"], unique=False)

    op.create_table(
        "slips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("stall", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(length=20), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("taka", sa.Integer(), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_slips_minutes_are_a_count")),
        sa.CheckConstraint(
            "registration_id IS NOT NULL OR paper IS NOT NULL",
            name=op.f("ck_slips_comes_from_somewhere"),
        ),
        sa.CheckConstraint("taka >= 0", name=op.f("ck_slips_taka_are_a_count")),
        sa.CheckConstraint("visits >= 1", name=op.f("ck_slips_visits_are_a_count")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_slips_event_id_events")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_slips_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
        sa.UniqueConstraint("event_id", "paper", name=op.f("uq_slips_event_id_paper")),
        sa.UniqueConstraint(
            "registration_id", "stall", name=op.f("uq_slips_registration_id_stall")
        ),
    )
    op.create_table(
        "votes",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("stall", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_votes_event_id_events")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_votes_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "category", name=op.f("pk_votes")),
    )
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "waits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_for_event", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state <> 'offered' OR offered_until IS NOT NULL",
            name=op.f("ck_waits_offer_has_an_end"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'accepted', 'declined', 'expired', 'left')",
            name=op.f("ck_waits_state_is_known"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_waits_event_id_events")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_waits_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waits")),
    )
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_waits_event_id_id_waiting",
            ["event_id", "id", "is_for_event", "party"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_waits_offered_until_offered",
            ["offered_until"],
            unique=False,
            sqlite_where=sa.text("state = 'offered'"),
            postgresql_where=sa.text("state = 'offered'"),
        )
        batch_op.create_index(
            batch_op.f("ix_waits_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "wait_pools",
        sa.Column("wait_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["seat_pools.id"], name=op.f("fk_wait_pools_pool_id_seat_pools")
        ),
        sa.ForeignKeyConstraint(
            ["wait_id"], ["waits.id"], name=op.f("fk_wait_pools_wait_id_waits")
        ),
        sa.PrimaryKeyConstraint("wait_id", "pool_id", name=op.f("pk_wait_pools")),
    )
    with op.batch_alter_table("wait_pools", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wait_pools_pool_id"), ["pool_id"], unique=False)

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_events_series"), ["series"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_series"))
        batch_op.drop_column("sequence")
        batch_op.drop_column("series")

    with op.batch_alter_table("wait_pools", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wait_pools_pool_id"))

    op.drop_table("wait_pools")
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waits_registration_id"))
        batch_op.drop_index(
            "ix_waits_offered_until_offered",
            sqlite_where=sa.text("state = 'offered'"),
            postgresql_where=sa.text("state = 'offered'"),
        )
        batch_op.drop_index(
            "ix_waits_event_id_id_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.drop_table("waits")
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_votes_event_id"))

    op.drop_table("votes")
    op.drop_table("slips")
    with op.batch_alter_table("session_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_seats_pool_id"))

    op.drop_table("session_seats")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_event_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_ins_event_id"))

    op.drop_table("check_ins")

    _messages_without_occasions()
    _registrations_in_two_states()
    _pools_of_events()


def _pools_of_sessions() -> None:
    """Made anew: the event's number is no longer the key."""
    rows = _rows_of("seat_pools", "event_id", "capacity", "held", "taken", "moves")
    op.drop_table("seat_pools")
    pools = op.create_table(
        "seat_pools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("session_key", sa.String(length=120), server_default="", nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
        sa.Column("offers_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moves", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_seat_pools_capacity_is_a_count")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_seat_pools_held_is_a_count")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_seat_pools_taken_is_a_count")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_seat_pools_waiting_is_a_count")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_seat_pools_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_pools")),
        sa.UniqueConstraint(
            "event_id", "session_key", name=op.f("uq_seat_pools_event_id_session_key")
        ),
    )
    op.bulk_insert(pools, rows)


def _pools_of_events() -> None:
    rows = _rows_of("seat_pools", "event_id", "capacity", "held", "taken", "moves", "session_key")
    op.drop_table("seat_pools")
    pools = op.create_table(
        "seat_pools",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moves", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_seat_pools_capacity_is_a_count")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_seat_pools_held_is_a_count")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_seat_pools_taken_is_a_count")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_seat_pools_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seat_pools")),
    )
    op.bulk_insert(pools, [row for row in rows if not row.pop("session_key")])


def _rows_of(table: str, *columns: str) -> list[dict[str, object]]:
    chosen = sa.select(*map(sa.column, columns)).select_from(sa.table(table))
    return [dict(row) for row in op.get_bind().execute(chosen).mappings()]


def _registrations_in_more_states() -> None:
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        for who in ("email", "phone"):
            batch_op.drop_index(f"uq_registrations_event_id_{who}_confirmed")
        batch_op.drop_constraint(op.f("ck_registrations_state_is_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_registrations_can_be_reached"), type_="check")
        batch_op.alter_column(
            "cancelled_at", new_column_name="ended_at", existing_type=sa.DateTime(timezone=True)
        )
        batch_op.add_column(sa.Column("new_phone", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("new_email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("answers", sa.JSON(), server_default="{}", nullable=False))
        for flag in ("may_contact", "is_guest"):
            batch_op.add_column(
                sa.Column(flag, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        batch_op.add_column(sa.Column("changes", sa.Integer(), server_default="0", nullable=False))
        for moment in ("answer_by", "erased_at"):
            batch_op.add_column(sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_registrations_state_is_known"), _STATES)
        batch_op.create_check_constraint(
            op.f("ck_registrations_can_be_reached"),
            "phone IS NOT NULL OR email IS NOT NULL OR erased_at IS NOT NULL",
        )
    _one_each("active", _ACTIVE)


def _registrations_in_two_states() -> None:
    """Who waits or was refused is told apart no longer, and who is erased is given an address."""
    op.execute("UPDATE registrations SET state = 'cancelled' WHERE state <> 'confirmed'")
    op.execute(
        "UPDATE registrations SET state = 'cancelled', email = 'erased@showcase.invalid' "
        "WHERE phone IS NULL AND email IS NULL"
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        for who in ("email", "phone"):
            batch_op.drop_index(f"uq_registrations_event_id_{who}_active")
        batch_op.drop_constraint(op.f("ck_registrations_state_is_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_registrations_can_be_reached"), type_="check")
        for column in (
            "new_phone",
            "new_email",
            "answers",
            "may_contact",
            "is_guest",
            "changes",
            "answer_by",
            "erased_at",
        ):
            batch_op.drop_column(column)
        batch_op.alter_column(
            "ended_at", new_column_name="cancelled_at", existing_type=sa.DateTime(timezone=True)
        )
        batch_op.create_check_constraint(
            op.f("ck_registrations_state_is_known"), "state IN ('confirmed', 'cancelled')"
        )
        batch_op.create_check_constraint(
            op.f("ck_registrations_can_be_reached"), "phone IS NOT NULL OR email IS NOT NULL"
        )
    _one_each("confirmed", _CONFIRMED)


def _messages_for_an_occasion() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_due_at_ready")
        batch_op.drop_index(batch_op.f("ix_outbox_registration_id"))
        batch_op.add_column(sa.Column("once", sa.String(length=60), nullable=True))
    op.create_index(
        op.f("ix_outbox_registration_id_channel_id"), "outbox", ["registration_id", "channel", "id"]
    )
    op.create_index(
        "ix_outbox_due_at_id_ready",
        "outbox",
        ["due_at", "id"],
        sqlite_where=_READY,
        postgresql_where=_READY,
    )
    op.create_index(
        "uq_outbox_registration_id_kind_channel_once",
        "outbox",
        ["registration_id", "kind", "channel", "once"],
        unique=True,
        sqlite_where=_MADE_ONCE,
        postgresql_where=_MADE_ONCE,
    )


def _messages_without_occasions() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("uq_outbox_registration_id_kind_channel_once")
        batch_op.drop_index("ix_outbox_due_at_id_ready")
        batch_op.drop_index(batch_op.f("ix_outbox_registration_id_channel_id"))
        batch_op.drop_column("once")
        batch_op.create_index(batch_op.f("ix_outbox_registration_id"), ["registration_id"])
    op.create_index(
        "ix_outbox_due_at_ready",
        "outbox",
        ["due_at"],
        sqlite_where=_READY,
        postgresql_where=_READY,
    )


def _one_each(name: str, states: sa.TextClause) -> None:
    for who in ("email", "phone"):
        op.create_index(
            f"uq_registrations_event_id_{who}_{name}",
            "registrations",
            ["event_id", who],
            unique=True,
            sqlite_where=states,
            postgresql_where=states,
        )
