"""Codes by which a department signs its row of a survey sheet without a login, and what came of calls that stand in for a message."""

import sqlalchemy as sa
from alembic import op

revision = "0032_window"
down_revision = "0031_hotline"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "sheet_codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column(
            "case_id", sa.String(64), sa.ForeignKey("cases.id", name="fk_sheet_codes_case_id_cases"), nullable=False
        ),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("said", sa.String(64)),
        sa.Column("signed_at", _TIME),
        sa.Column("signature", sa.String(64)),
    )
    op.create_index("ix_sheet_codes_case_id_body", "sheet_codes", ["case_id", "body"])
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("row", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.UniqueConstraint("key", name="uq_calls_key"),
    )
    op.create_index("ix_calls_row", "calls", ["row"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
