"""Codes by which the hotline hands a case over to its caller in WeChat, and who was wrong about one how often."""

import sqlalchemy as sa
from alembic import op

revision = "0028_handovers"
down_revision = "0027_opt_ins"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "handovers",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("target", sa.String(160), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("ix_handovers_target", "handovers", ["target"])
    op.create_table(
        "handover_tries",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_index("ix_handover_tries_person", "handover_tries", ["person"])
    op.create_index("ix_handover_tries_at", "handover_tries", ["at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
