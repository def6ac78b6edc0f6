"""Records of a case with keys of their own, and the proofs of what was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0004_erasures"
down_revision = "0003_traces"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Every key there is belongs to a case itself; words and photos get theirs with the cases to come."""
    with op.batch_alter_table("record_keys") as table:
        table.add_column(sa.Column("record", sa.String(length=16), nullable=False, server_default="case"))
        table.drop_constraint(op.f("pk_record_keys"), type_="primary")
        table.create_primary_key(op.f("pk_record_keys"), ["case_id", "record"])
    op.add_column("cases", sa.Column("words", sa.LargeBinary(), nullable=True))
    op.add_column("cases", sa.Column("erased_at", _TIME, nullable=True))
    op.add_column("lookups", sa.Column("key_id", sa.String(length=16), nullable=False, server_default="first"))
    op.create_index(op.f("ix_lookups_key_id"), "lookups", ["key_id"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("pending", sa.JSON(), nullable=True),
        sa.Column("marked_at", _TIME, nullable=False),
        sa.Column("destroyed_at", _TIME, nullable=True),
        sa.Column("deleted_at", _TIME, nullable=True),
        sa.Column("proved_at", _TIME, nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_proved_at_marked_at"), "erasures", ["proved_at", "marked_at"], unique=False)
