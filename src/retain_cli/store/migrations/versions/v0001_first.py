"""The first schema, and the plan of care that a new shop starts with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The kinds of care and their rhythm are the trade's usual ones: the best customers monthly and serviced twice a
# year, the next quarterly and yearly, the rest half-yearly; costs are left for the shop to say.
SERVICES = (
    {"id": 1, "name": "return visit", "settled_by": "any visit", "cost": 0, "minutes": 30},
    {"id": 2, "name": "maintenance", "settled_by": "itself", "cost": 0, "minutes": 90},
    {"id": 3, "name": "birthday gift", "settled_by": "itself", "cost": 0, "minutes": 30},
    {"id": 4, "name": "birthday wish", "settled_by": "any visit", "cost": 0, "minutes": 5},
)


def _line(grade: str, service: int, every: str, channel: str, **rest: object) -> dict[str, object]:
    return {
        "grade": grade,
        "service_id": service,
        "anchor": "last-done",
        "every": every,
        "lead_days": 0,
        "grace_days": 7,
        "channel": channel,
    } | rest


PLAN = (
    _line("A", 1, "1m", "visit"),
    _line("A", 2, "6m", "visit", grace_days=30),
    _line("A", 3, "1y", "visit", anchor="birthday", lead_days=7, grace_days=3),
    _line("B", 1, "3m", "call", grace_days=14),
    _line("B", 2, "1y", "visit", grace_days=30),
    _line("B", 4, "1y", "call", anchor="birthday", grace_days=3),
    _line("C", 1, "6m", "call", grace_days=30),
    _line("C", 4, "1y", "message", anchor="birthday", grace_days=3),
)


def upgrade() -> None:
    """Make every table, and put the usual services and plan into them."""
    op.create_table(
        "fit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fitted_on", sa.Date(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("repeaters", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.String(), nullable=False),
        sa.Column("log_likelihood", sa.Float(), nullable=True),
        sa.Column("last_purchase_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "fitted_on is null or fitted_on between '1000-01-01' and '9999-12-31'", name="fitted_on_is_day"
        ),
        sa.CheckConstraint(
            "model is null or model in ('bg-nbd', 'mbg-nbd', 'gaps', 'none')", name="model_is_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "grading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("window_months", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("lowest_a", sa.Integer(), nullable=True),
        sa.Column("lowest_b", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "graded_on is null or graded_on between '1000-01-01' and '9999-12-31'", name="graded_on_is_day"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "holdout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("birthdays", sa.Integer(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("held_out", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on is null or ended_on between '1000-01-01' and '9999-12-31'", name="ended_on_is_day"
        ),
        sa.CheckConstraint(
            "started_on is null or started_on between '1000-01-01' and '9999-12-31'", name="started_on_is_day"
        ),
        sa.CheckConstraint("percent is null or percent between 1 and 50", name="percent_in_range"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("bought_from", sa.Date(), nullable=True),
        sa.Column("bought_until", sa.Date(), nullable=True),
        sa.Column("currencies", sa.String(), nullable=True),
        sa.CheckConstraint(
            "imported_on is null or imported_on between '1000-01-01' and '9999-12-31'", name="imported_on_is_day"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "policy",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("condition", sa.String(length=2000), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "made_on is null or made_on between '1000-01-01' and '9999-12-31'", name="made_on_is_day"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("settled_by in ('any visit', 'itself')", name="settled_by_is_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "created_on is null or created_on between '1000-01-01' and '9999-12-31'", name="created_on_is_day"
        ),
        sa.CheckConstraint("(birth_month is null) = (birth_day is null)", name="birthday_is_whole"),
        sa.CheckConstraint("birth_day is null or birth_day between 1 and 31", name="birth_day_in_range"),
        sa.CheckConstraint("birth_month is null or birth_month between 1 and 12", name="birth_month_in_range"),
        sa.CheckConstraint("birth_year is null or birth_year between 1 and 9999", name="birth_year_in_range"),
        sa.CheckConstraint("length(name) between 1 and 200", name="name_length"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("external_id"),
    )
    op.create_index(
        "customer_by_birthday",
        "customer",
        ["birth_month", "birth_day"],
        unique=False,
        sqlite_where=sa.text("birth_month is not null"),
    )
    op.create_index(
        "customer_by_email", "customer", ["email"], unique=False, sqlite_where=sa.text("email is not null")
    )
    op.create_index(
        "customer_by_phone", "customer", ["phone"], unique=False, sqlite_where=sa.text("phone is not null")
    )
    op.create_table(
        "plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.CheckConstraint("anchor in ('last-done', 'birthday')", name="anchor_is_known"),
        sa.CheckConstraint(
            "channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')",
            name="channel_is_known",
        ),
        sa.CheckConstraint("grade is null or grade = 'A' or grade = 'B' or grade = 'C'", name="grade_is_known"),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plan_line_of_grade", "plan_line", ["grade", "service_id"], unique=True)
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("plan_line_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "first_on is null or first_on between '1000-01-01' and '9999-12-31'", name="first_on_is_day"
        ),
        sa.CheckConstraint(
            "last_on is null or last_on between '1000-01-01' and '9999-12-31'", name="last_on_is_day"
        ),
        sa.CheckConstraint(
            "since_on is null or since_on between '1000-01-01' and '9999-12-31'", name="since_on_is_day"
        ),
        sa.CheckConstraint(
            "until_on is null or until_on between '1000-01-01' and '9999-12-31'", name="until_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_line_id"],
            ["plan_line.id"],
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "clock_by_first",
        "clock",
        ["plan_line_id", "first_on"],
        unique=False,
        sqlite_where=sa.text("until_on is null and (last_on is null or last_on < since_on)"),
    )
    op.create_index(
        "clock_by_last",
        "clock",
        ["plan_line_id", "last_on"],
        unique=False,
        sqlite_where=sa.text("until_on is null and last_on >= since_on"),
    )
    op.create_index(
        "clock_of_customer",
        "clock",
        ["customer_id", "service_id"],
        unique=True,
        sqlite_where=sa.text("until_on is null"),
    )
    op.create_table(
        "enrolment",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade is null or grade = 'A' or grade = 'B' or grade = 'C'", name="grade_is_known"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_index(
        "enrolment_by_first", "enrolment", ["grade", "first_on"], unique=False, sqlite_where=sa.text("waits = 1")
    )
    op.create_table(
        "holdout_member",
        sa.Column("holdout_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["holdout_id"],
            ["holdout.id"],
        ),
        sa.PrimaryKeyConstraint("holdout_id", "customer_id"),
    )
    op.create_index(
        "holdout_member_held",
        "holdout_member",
        ["holdout_id", "customer_id"],
        unique=False,
        sqlite_where=sa.text("held = 1"),
    )
    op.create_table(
        "past_enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("grade is null or grade = 'A' or grade = 'B' or grade = 'C'", name="grade_is_known"),
        sa.CheckConstraint(
            "since_on is null or since_on between '1000-01-01' and '9999-12-31'", name="since_on_is_day"
        ),
        sa.CheckConstraint(
            "until_on is null or until_on between '1000-01-01' and '9999-12-31'", name="until_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("past_enrolment_of_customer", "past_enrolment", ["customer_id"], unique=False)
    op.create_table(
        "pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("pinned_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on is null or ended_on between '1000-01-01' and '9999-12-31'", name="ended_on_is_day"
        ),
        sa.CheckConstraint("grade is null or grade = 'A' or grade = 'B' or grade = 'C'", name="grade_is_known"),
        sa.CheckConstraint(
            "pinned_on is null or pinned_on between '1000-01-01' and '9999-12-31'", name="pinned_on_is_day"
        ),
        sa.CheckConstraint(
            "until_on is null or until_on between '1000-01-01' and '9999-12-31'", name="until_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "pin_of_customer", "pin", ["customer_id"], unique=True, sqlite_where=sa.text("ended_on is null")
    )
    op.create_table(
        "prediction",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("fit_id", sa.Integer(), nullable=False),
        sa.Column("predicted_on", sa.Date(), nullable=False),
        sa.Column("p_alive", sa.Float(), nullable=True),
        sa.Column("p_alive_low", sa.Float(), nullable=True),
        sa.Column("p_alive_high", sa.Float(), nullable=True),
        sa.Column("expected_orders", sa.Float(), nullable=True),
        sa.Column("expected_orders_low", sa.Float(), nullable=True),
        sa.Column("expected_orders_high", sa.Float(), nullable=True),
        sa.Column("expected_amount", sa.Integer(), nullable=True),
        sa.Column("expected_amount_low", sa.Integer(), nullable=True),
        sa.Column("expected_amount_high", sa.Integer(), nullable=True),
        sa.Column("next_from", sa.Date(), nullable=True),
        sa.Column("next_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "next_from is null or next_from between '1000-01-01' and '9999-12-31'", name="next_from_is_day"
        ),
        sa.CheckConstraint(
            "next_to is null or next_to between '1000-01-01' and '9999-12-31'", name="next_to_is_day"
        ),
        sa.CheckConstraint(
            "predicted_on is null or predicted_on between '1000-01-01' and '9999-12-31'", name="predicted_on_is_day"
        ),
        sa.CheckConstraint("p_alive is null or p_alive between 0 and 1", name="p_alive_is_chance"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fit_id"],
            ["fit.id"],
        ),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_index("prediction_by_alive", "prediction", ["p_alive"], unique=False)
    op.create_index("prediction_by_next", "prediction", ["next_from"], unique=False)
    op.create_index("prediction_by_orders", "prediction", ["expected_orders"], unique=False)
    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "bought_on is null or bought_on between '1000-01-01' and '9999-12-31'", name="bought_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "purchase_line",
        "purchase",
        ["customer_id", "bought_on", "amount", "currency", "order_number", "product", "nth"],
        unique=True,
    )
    op.create_index(
        "purchase_without_batch", "purchase", ["batch_id"], unique=False, sqlite_where=sa.text("batch_id is null")
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')",
            name="channel_is_known",
        ),
        sa.CheckConstraint(
            "followed_on is null or followed_on between '1000-01-01' and '9999-12-31'", name="followed_on_is_day"
        ),
        sa.CheckConstraint(
            "next_on is null or next_on between '1000-01-01' and '9999-12-31'", name="next_on_is_day"
        ),
        sa.CheckConstraint(
            "outcome is null or outcome in ('done', 'not-reached', 'refused', 'incident')", name="outcome_is_known"
        ),
        sa.CheckConstraint(
            "visited_on is null or visited_on between '1000-01-01' and '9999-12-31'", name="visited_on_is_day"
        ),
        sa.CheckConstraint("satisfaction is null or satisfaction between 1 and 5", name="satisfaction_in_range"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("visit_by_customer", "visit", ["customer_id", "visited_on"], unique=False)
    op.create_index("visit_by_day", "visit", ["visited_on"], unique=False)
    op.create_index(
        "visit_by_next",
        "visit",
        ["next_on"],
        unique=False,
        sqlite_where=sa.text("next_on is not null and followed_on is null"),
    )
    op.create_table(
        "visit_service",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("visit_id", "service_id"),
    )
    op.create_index("visit_service_by_service", "visit_service", ["service_id"], unique=False)

    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=["service", "plan_line"])
    op.bulk_insert(tables.tables["service"], list(SERVICES))
    op.bulk_insert(tables.tables["plan_line"], list(PLAN))
