"""What lists of stories filter by, the TCV register, and the index of words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "story_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("district", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=30), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.Column("pain_points", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("measured", sa.Boolean(), nullable=False),
        sa.Column("time_change", sa.Float(), nullable=True),
        sa.Column("cost_change", sa.Float(), nullable=True),
        sa.Column("visits_change", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"],
            ["documents.id"],
            name=op.f("fk_story_entries_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_entries")),
        sa.UniqueConstraint("slug", name=op.f("uq_story_entries_slug")),
    )
    op.create_table(
        "tcv_entries",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=True),
        sa.Column("measured", sa.Boolean(), nullable=False),
        sa.Column("time_change", sa.Float(), nullable=True),
        sa.Column("cost_change", sa.Float(), nullable=True),
        sa.Column("visits_change", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["story_entries.id"],
            name=op.f("fk_tcv_entries_story_id_story_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", "number", name=op.f("pk_tcv_entries")),
    )
    op.create_index(op.f("ix_tcv_entries_evidence"), "tcv_entries", ["evidence"])
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_search_entries_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_search_entries_kind_key")),
    )
    op.create_index(op.f("ix_search_entries_document_id"), "search_entries", ["document_id"])
    op.create_table(
        "search_texts",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["search_entries.id"],
            name=op.f("fk_search_texts_entry_id_search_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "language", name=op.f("pk_search_texts")),
    )
    # What is stored already has none of these rows yet: `showcase setup` makes them.
    op.execute(
        "INSERT INTO site_marks (name, value) SELECT 'derived', "
        "CASE WHEN EXISTS (SELECT 1 FROM documents) THEN 0 ELSE 1 END"
    )
    if op.get_bind().dialect.name == "sqlite":
        # Without these categories a Bangla word breaks at its vowel signs and its hasanta.
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(title, everything, prefix='1 2 3', "
            "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
        )
    else:
        op.execute(
            "CREATE TABLE search_words (rowid integer PRIMARY KEY "
            "REFERENCES search_entries (id) ON DELETE CASCADE, "
            "title tsvector NOT NULL, everything tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words_title ON search_words USING gin (title)")
        op.execute("CREATE INDEX ix_search_words_everything ON search_words USING gin (everything)")


def downgrade() -> None:
    op.execute("DELETE FROM site_marks WHERE name = 'derived'")
    op.drop_table("search_words")
    op.drop_table("search_texts")
    op.drop_index(op.f("ix_search_entries_document_id"), table_name="search_entries")
    op.drop_table("search_entries")
    op.drop_index(op.f("ix_tcv_entries_evidence"), table_name="tcv_entries")
    op.drop_table("tcv_entries")
    op.drop_table("story_entries")
