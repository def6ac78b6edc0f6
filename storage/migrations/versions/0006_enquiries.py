"""Enquiries (首问记录): their events, who can do something to them, and the results of commands."""

import sqlalchemy as sa
from alembic import op

revision = "0006_enquiries"
down_revision = "0005_clocks"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Three tables beside the cases, and who holds what."""
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=128), nullable=False),
        sa.Column("first_asked", sa.String(length=64), nullable=False),
        sa.Column("owner_kind", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=True),
        sa.Column("closed_at", _TIME, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column("wrapped", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
    )
    for columns in (("county", "open", "asked_at"), ("owner", "open"), ("account", "person"), ("phone_hash",)):
        op.create_index(op.f(f"ix_enquiries_{'_'.join(columns)}"), "enquiries", list(columns), unique=False)
    op.create_table(
        "enquiry_events",
        sa.Column("enquiry_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("trace", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_enquiry_events_enquiry_id")),
        sa.PrimaryKeyConstraint("enquiry_id", "sequence", name=op.f("pk_enquiry_events")),
    )
    op.create_table(
        "enquiry_holders",
        sa.Column("enquiry_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_enquiry_holders_enquiry_id")),
        sa.PrimaryKeyConstraint("enquiry_id", "kind", "holder", name=op.f("pk_enquiry_holders")),
    )
    op.create_index(op.f("ix_enquiry_holders_kind_holder"), "enquiry_holders", ["kind", "holder"], unique=False)
    op.create_table(
        "enquiry_commands",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("enquiry_id", sa.String(length=64), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_enquiry_commands_enquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_commands")),
    )
    op.create_index(op.f("ix_enquiry_commands_enquiry_id"), "enquiry_commands", ["enquiry_id"], unique=False)


def downgrade() -> None:
    """Nothing leads back."""
    raise NotImplementedError
