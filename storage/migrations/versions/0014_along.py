"""Several notices to one applicant in one message: which row another was told along with."""

import sqlalchemy as sa
from alembic import op

revision = "0014_along"
down_revision = "0012_parts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now each was a message of its own."""
    op.add_column("outbox", sa.Column("along", sa.BigInteger(), nullable=True))
    op.drop_index("uq_outbox_sending", "outbox")
    alone = sa.text("state = 'sending' AND along IS NULL")
    op.create_index(
        "uq_outbox_sending",
        "outbox",
        ["recipient_kind", "recipient"],
        unique=True,
        sqlite_where=alone,
        postgresql_where=alone,
    )


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
