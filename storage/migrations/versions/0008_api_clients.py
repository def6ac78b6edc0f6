"""Systems that use the API, and what each of them has asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0008_api_clients"
down_revision = "0007_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No system has a key until the operator makes one."""
    op.create_table(
        "api_clients",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_clients")),
    )
    op.create_table(
        "api_requests",
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client"], ["api_clients.id"], name=op.f("fk_api_requests_client")),
        sa.PrimaryKeyConstraint("client", "key", name=op.f("pk_api_requests")),
    )
    op.create_index(op.f("ix_api_requests_client_at"), "api_requests", ["client", "at"])


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
