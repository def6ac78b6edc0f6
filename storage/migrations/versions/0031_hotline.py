"""What hotline and window staff keep of callers: forms being filled in for them, whether they showed who they are, 12345's numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0031_hotline"
down_revision = "0030_supervision"
branch_labels = None
depends_on = None
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Four tables."""
    op.create_table(
        "intakes",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("clerk", sa.String(64), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("cases.id")),
        sa.Column("notice", sa.JSON(none_as_null=True)),
        sa.Column("read_back", sa.JSON(none_as_null=True)),
    )
    op.create_index("ix_intakes_county_state_clerk", "intakes", ["county", "state", "clerk"])
    op.create_index("ix_intakes_case_id", "intakes", ["case_id"])
    op.create_table(
        "intake_lookups",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("intake_id", sa.String(64), sa.ForeignKey("intakes.id"), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
    )
    op.create_index("ix_intake_lookups_intake_id", "intake_lookups", ["intake_id"])
    op.create_table(
        "caller_checks",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("county", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("clerk", sa.String(64), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_index("ix_caller_checks_case_id_at", "caller_checks", ["case_id", "at"])
    op.create_index("ix_caller_checks_clerk_at", "caller_checks", ["clerk", "at"])
    op.create_table(
        "tickets",
        sa.Column("county", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(64), primary_key=True),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("cases.id")),
        sa.Column("enquiry_id", sa.String(64), sa.ForeignKey("enquiries.id")),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_index("ix_tickets_case_id", "tickets", ["case_id"])
    op.create_index("ix_tickets_enquiry_id", "tickets", ["enquiry_id"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
