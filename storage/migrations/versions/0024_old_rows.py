"""What is past is not looked through: for whether a newer row says more to the same recipient, and for the cases of a month."""

from alembic import op

revision = "0024_old_rows"
down_revision = "0023_permit_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two indexes."""
    newer = ["recipient_kind", "recipient", "subject", "sequence"]
    op.create_index("ix_outbox_recipient_kind_recipient_subject_sequence", "outbox", newer)
    op.create_index("ix_cases_county_closed_at", "cases", ["county", "closed_at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
