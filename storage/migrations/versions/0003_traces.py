"""From a message to what came of it: a trace on every event and every row of the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0003_traces"
down_revision = "0002_editions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows of before have none."""
    for table in ("events", "outbox"):
        op.add_column(table, sa.Column("trace", sa.String(length=16), nullable=True))
