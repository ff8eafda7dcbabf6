"""The first schema, and the plan of care that a new shop starts with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


# The kinds of care and their rhythm are the trade's usual ones: the best customers monthly and serviced twice a
# year, the next quarterly and yearly, the rest half-yearly; costs are left for the shop to say.
def _service(number: int, name: str, minutes: int, **rest: object) -> dict[str, object]:
    usual = {"settled_by": "itself", "moves": "before", "cost": 0, "channel": "visit"}
    return {"id": number, "name": name, "minutes": minutes} | usual | rest


SERVICES = (
    _service(1, "return visit", 30, settled_by="any visit", moves="after"),
    _service(2, "maintenance", 90),
    _service(3, "birthday gift", 30),
    _service(4, "birthday wish", 5, settled_by="any visit", channel="call"),
    _service(5, "senior visit", 60, moves="after"),
    _service(6, "anniversary gift", 30),
    _service(7, "overhaul", 180),
    _service(8, "holiday greeting", 5, settled_by="any visit", channel="message"),
    _service(9, "holiday gift", 30),
    _service(10, "thank-you", 5, settled_by="any visit", moves="after", channel="message"),
    _service(11, "purchase check", 15, settled_by="any visit", moves="after", channel="call"),
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
    _line("A", 5, "1y", "visit", grace_days=30),
    _line("A", 6, "1y", "visit", anchor="anniversary", lead_days=7, grace_days=3),
    _line("B", 1, "3m", "call", grace_days=14),
    _line("B", 2, "1y", "visit", grace_days=30),
    _line("B", 4, "1y", "call", anchor="birthday", grace_days=3),
    _line("C", 1, "6m", "call", grace_days=30),
    _line("C", 4, "1y", "message", anchor="birthday", grace_days=3),
)


def upgrade() -> None:
    """Make every table, and put the usual services and plan into them."""
    op.create_table(
        "backtest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.CheckConstraint(
            "made_on is null or made_on between '1000-01-01' and '9999-12-31'", name="made_on_is_day"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "day_off",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("day_on is null or day_on between '1000-01-01' and '9999-12-31'", name="day_on_is_day"),
        sa.CheckConstraint("kind in ('off', 'work')", name="kind_of_day_is_known"),
        sa.PrimaryKeyConstraint("country", "day_on"),
    )
    op.create_table(
        "erased",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "erased_on is null or erased_on between '1000-01-01' and '9999-12-31'", name="erased_on_is_day"
        ),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "counted_on is null or counted_on between '1000-01-01' and '9999-12-31'", name="counted_on_is_day"
        ),
        sa.CheckConstraint(
            "held_on is null or held_on between '1000-01-01' and '9999-12-31'", name="held_on_is_day"
        ),
        sa.CheckConstraint("kind is null or kind in ('forum', 'tasting', 'party', 'other')", name="kind_is_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("event_by_day", "event", ["held_on"], unique=False)
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
        sa.Column("source", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("suppressed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("bought_from", sa.Date(), nullable=True),
        sa.Column("bought_until", sa.Date(), nullable=True),
        sa.Column("currencies", sa.String(), nullable=True),
        sa.CheckConstraint(
            "imported_on is null or imported_on between '1000-01-01' and '9999-12-31'", name="imported_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["import_batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "import_profile",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_on", sa.Date(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("lease_until_at", sa.String(), nullable=True),
        sa.Column("retry_at", sa.String(), nullable=True),
        sa.Column("sent_at", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "digest_on is null or digest_on between '1000-01-01' and '9999-12-31'", name="digest_on_is_day"
        ),
        sa.CheckConstraint(
            "state is null or state in ('sending', 'sent', 'failed', 'superseded')", name="state_is_known"
        ),
        sa.CheckConstraint("attempts is null or attempts between 0 and 1000000", name="attempts_in_range"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff", "channel", "digest_on", name="one_digest_a_day"),
    )
    op.create_index("notice_by_key", "notice", ["key"], unique=True)
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
        sa.Column("moves", sa.String(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')",
            name="channel_is_known",
        ),
        sa.CheckConstraint("moves in ('before', 'after')", name="moves_is_known"),
        sa.CheckConstraint(
            "retired_on is null or retired_on between '1000-01-01' and '9999-12-31'", name="retired_on_is_day"
        ),
        sa.CheckConstraint("settled_by in ('any visit', 'itself')", name="settled_by_is_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=True),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.Column("minutes_per_day", sa.Integer(), nullable=False),
        sa.Column("work_days", sa.String(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "retired_on is null or retired_on between '1000-01-01' and '9999-12-31'", name="retired_on_is_day"
        ),
        sa.CheckConstraint("length(name) between 1 and 60", name="staff_name_length"),
        sa.CheckConstraint(
            "minutes_per_day is null or minutes_per_day between 0 and 1440", name="minutes_per_day_in_range"
        ),
        sa.ForeignKeyConstraint(
            ["backup_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("search_key"),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "from_on is null or from_on between '1000-01-01' and '9999-12-31'", name="from_on_is_day"
        ),
        sa.CheckConstraint("grade is null or grade = 'A' or grade = 'B' or grade = 'C'", name="grade_is_known"),
        sa.CheckConstraint(
            "until_on is null or until_on between '1000-01-01' and '9999-12-31'", name="until_on_is_day"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("terms_of_grade", "terms", ["grade"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "from_on is null or from_on between '1000-01-01' and '9999-12-31'", name="from_on_is_day"
        ),
        sa.CheckConstraint(
            "until_on is null or until_on between '1000-01-01' and '9999-12-31'", name="until_on_is_day"
        ),
        sa.CheckConstraint("from_on <= until_on", name="absence_has_days"),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("absence_of_staff", "absence", ["staff_id", "until_on"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("text", sa.String(length=10000), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint(
            "channel is null or channel in ('mail', 'message', 'call', 'visit')", name="channel_is_known"
        ),
        sa.CheckConstraint(
            "made_on is null or made_on between '1000-01-01' and '9999-12-31'", name="made_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(), server_default=sa.text("'shop'"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("birth_calendar", sa.String(), nullable=True),
        sa.Column("birth_leap_month", sa.Boolean(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "birth_calendar is null or birth_calendar in ('solar', 'lunar')", name="birth_calendar_is_known"
        ),
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
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
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
    op.create_index("customer_by_external_id", "customer", ["external_id", "source"], unique=True)
    op.create_index(
        "customer_by_lunar_birthday",
        "customer",
        ["birth_month", "birth_day"],
        unique=False,
        sqlite_where=sa.text("birth_calendar = 'lunar'"),
    )
    op.create_index(
        "customer_by_owner", "customer", ["owner_id"], unique=False, sqlite_where=sa.text("owner_id is not null")
    )
    op.create_index(
        "customer_by_phone", "customer", ["phone"], unique=False, sqlite_where=sa.text("phone is not null")
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(currency is not null) = (unit = 'money')", name="currency_of_money"),
        sa.CheckConstraint("by_on is null or by_on between '1000-01-01' and '9999-12-31'", name="by_on_is_day"),
        sa.CheckConstraint(
            "dropped_on is null or dropped_on between '1000-01-01' and '9999-12-31'", name="dropped_on_is_day"
        ),
        sa.CheckConstraint("grade is null or grade in ('A', 'B', 'C', 'none')", name="grade_of_goal_is_known"),
        sa.CheckConstraint("set_on is null or set_on between '1000-01-01' and '9999-12-31'", name="set_on_is_day"),
        sa.CheckConstraint("unit is null or unit in ('share', 'money', 'number')", name="unit_is_known"),
        sa.CheckConstraint("months is null or months between 1 and 120", name="months_in_range"),
        sa.CheckConstraint("set_on < by_on", name="goal_has_days"),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("journal_of_batch", "journal", ["batch_id"], unique=False)
    op.create_index("journal_of_row", "journal", ["table_name", "row_id"], unique=False)
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("row_values", sa.String(), nullable=False),
        sa.Column("candidates", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decided_on is null or decided_on between '1000-01-01' and '9999-12-31'", name="decided_on_is_day"
        ),
        sa.CheckConstraint("decision is null or decision in ('take', 'new', 'drop')", name="decision_is_known"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_item_by_row", "review_item", ["digest", "nth"], unique=True)
    op.create_index(
        "review_item_open", "review_item", ["id"], unique=False, sqlite_where=sa.text("decision is null")
    )
    op.create_table(
        "staff_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("renew_by_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "renew_by_on is null or renew_by_on between '1000-01-01' and '9999-12-31'", name="renew_by_on_is_day"
        ),
        sa.CheckConstraint(
            "trained_on is null or trained_on between '1000-01-01' and '9999-12-31'", name="trained_on_is_day"
        ),
        sa.CheckConstraint("length(skill) between 1 and 60", name="skill_length"),
        sa.CheckConstraint("trained_on < renew_by_on", name="training_lasts"),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("skill_of_staff", "staff_skill", ["staff_id", "search_key"], unique=True)
    op.create_table(
        "coupon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("min_spend", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("saved", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "expires_on is null or expires_on between '1000-01-01' and '9999-12-31'", name="expires_on_is_day"
        ),
        sa.CheckConstraint(
            "granted_on is null or granted_on between '1000-01-01' and '9999-12-31'", name="granted_on_is_day"
        ),
        sa.CheckConstraint(
            "used_on is null or used_on between '1000-01-01' and '9999-12-31'", name="used_on_is_day"
        ),
        sa.CheckConstraint("(amount is null) <> (percent is null)", name="amount_or_percent"),
        sa.CheckConstraint("percent is null or percent between 1 and 100", name="percent_in_range"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "coupon_by_expiry",
        "coupon",
        ["expires_on"],
        unique=False,
        sqlite_where=sa.text("used_on is null and expires_on is not null"),
    )
    op.create_index("coupon_of_customer", "coupon", ["customer_id"], unique=False)
    op.create_table(
        "customer_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("leap_month", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.CheckConstraint("calendar is null or calendar in ('solar', 'lunar')", name="calendar_is_known"),
        sa.CheckConstraint("(month is null) <> (rule is null)", name="customer_day_is_a_day_or_a_rule"),
        sa.CheckConstraint("(month is null) = (day is null)", name="customer_day_is_whole"),
        sa.CheckConstraint("day is null or day between 1 and 31", name="day_in_range"),
        sa.CheckConstraint("month is null or month between 1 and 12", name="month_in_range"),
        sa.CheckConstraint("year is null or year between 1 and 9999", name="year_in_range"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "customer_day_by_day",
        "customer_day",
        ["month", "day"],
        unique=False,
        sqlite_where=sa.text("month is not null"),
    )
    op.create_index(
        "customer_day_by_rule", "customer_day", ["rule"], unique=False, sqlite_where=sa.text("rule is not null")
    )
    op.create_index("customer_day_of_customer", "customer_day", ["customer_id", "name"], unique=True)
    op.create_table(
        "customer_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
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
    op.create_index("customer_identity_by_id", "customer_identity", ["external_id", "source"], unique=True)
    op.create_index("customer_identity_of_customer", "customer_identity", ["customer_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("through_on", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(due_on is not null) = (kind in ('skip', 'snooze'))", name="due_where_about_a_service"),
        sa.CheckConstraint("(until_on is not null) = (kind in ('snooze', 'pause'))", name="until_where_it_ends"),
        sa.CheckConstraint(
            "channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')",
            name="channel_is_known",
        ),
        sa.CheckConstraint(
            "decided_on is null or decided_on between '1000-01-01' and '9999-12-31'", name="decided_on_is_day"
        ),
        sa.CheckConstraint("due_on is null or due_on between '1000-01-01' and '9999-12-31'", name="due_on_is_day"),
        sa.CheckConstraint(
            "kind is null or kind in ('skip', 'snooze', 'pause', 'never', 'inactive', 'deceased')",
            name="kind_is_known",
        ),
        sa.CheckConstraint(
            "lifted_on is null or lifted_on between '1000-01-01' and '9999-12-31'", name="lifted_on_is_day"
        ),
        sa.CheckConstraint(
            "through_on is null or through_on between '1000-01-01' and '9999-12-31'", name="through_on_is_day"
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
    op.create_index("decision_by_day", "decision", ["decided_on"], unique=False)
    op.create_index("decision_of_customer", "decision", ["customer_id", "kind"], unique=False)
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
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("action", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "done_on is null or done_on between '1000-01-01' and '9999-12-31'", name="done_on_is_day"
        ),
        sa.CheckConstraint("due_on is null or due_on between '1000-01-01' and '9999-12-31'", name="due_on_is_day"),
        sa.CheckConstraint("kind is null or kind in ('suggestion', 'complaint', 'praise')", name="kind_is_known"),
        sa.CheckConstraint(
            "said_on is null or said_on between '1000-01-01' and '9999-12-31'", name="said_on_is_day"
        ),
        sa.CheckConstraint(
            "told_on is null or told_on between '1000-01-01' and '9999-12-31'", name="told_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("feedback_of_customer", "feedback", ["customer_id"], unique=False)
    op.create_index(
        "feedback_open_by_day", "feedback", ["due_on"], unique=False, sqlite_where=sa.text("done_on is null")
    )
    op.create_table(
        "holdout_member",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "holdout_member_held",
        "holdout_member",
        ["holdout_id", "customer_id"],
        unique=False,
        sqlite_where=sa.text("held = 1"),
    )
    op.create_index("holdout_member_of_customer", "holdout_member", ["customer_id", "holdout_id"], unique=True)
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.CheckConstraint(
            "answer is null or answer in ('accepted', 'declined', 'not-reached')", name="answer_is_known"
        ),
        sa.CheckConstraint(
            "offered_on is null or offered_on between '1000-01-01' and '9999-12-31'", name="offered_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("offer_of_customer", "offer", ["customer_id", "service_id", "offered_on"], unique=False)
    op.create_index("offer_of_service", "offer", ["service_id", "offered_on"], unique=False)
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
        "plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("anchor_of", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "anchor in ('last-done', 'purchase', 'birthday', 'anniversary', 'holiday')", name="anchor_is_known"
        ),
        sa.CheckConstraint(
            "channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')",
            name="channel_is_known",
        ),
        sa.CheckConstraint("grade is null or grade in ('A', 'B', 'C', 'none')", name="grade_of_line_is_known"),
        sa.CheckConstraint(
            "removed_on is null or removed_on between '1000-01-01' and '9999-12-31'", name="removed_on_is_day"
        ),
        sa.CheckConstraint(
            "since_on is null or since_on between '1000-01-01' and '9999-12-31'", name="since_on_is_day"
        ),
        sa.CheckConstraint("(grade is null) <> (customer_id is null)", name="line_is_of_a_grade_or_a_customer"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plan_line_of_customer", "plan_line", ["customer_id", "service_id", "anchor_of"], unique=True)
    op.create_index("plan_line_of_grade", "plan_line", ["grade", "service_id", "anchor_of"], unique=True)
    op.create_table(
        "points_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "expires_on is null or expires_on between '1000-01-01' and '9999-12-31'", name="expires_on_is_day"
        ),
        sa.CheckConstraint(
            "happened_on is null or happened_on between '1000-01-01' and '9999-12-31'", name="happened_on_is_day"
        ),
        sa.CheckConstraint("(points < 0) = (grant_id is not null)", name="use_names_its_grant"),
        sa.CheckConstraint("points <> 0", name="points_are_some"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["points_entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "points_by_expiry",
        "points_entry",
        ["expires_on"],
        unique=False,
        sqlite_where=sa.text("expires_on is not null"),
    )
    op.create_index("points_of_customer", "points_entry", ["customer_id", "expires_on"], unique=False)
    op.create_index(
        "points_of_grant", "points_entry", ["grant_id"], unique=False, sqlite_where=sa.text("grant_id is not null")
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
    op.create_index("prediction_by_end", "prediction", ["next_to"], unique=False)
    op.create_index("prediction_by_next", "prediction", ["next_from"], unique=False)
    op.create_table(
        "preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind is null or kind in ('channel', 'time', 'likes', 'dislikes', 'owns', 'competitor')",
            name="kind_is_known",
        ),
        sa.CheckConstraint(
            "said_on is null or said_on between '1000-01-01' and '9999-12-31'", name="said_on_is_day"
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
    op.create_index("preference_of_customer", "preference", ["customer_id"], unique=False)
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
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rewarded_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "rewarded_on is null or rewarded_on between '1000-01-01' and '9999-12-31'", name="rewarded_on_is_day"
        ),
        sa.CheckConstraint(
            "said_on is null or said_on between '1000-01-01' and '9999-12-31'", name="said_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("referral_of_customer", "referral", ["customer_id"], unique=False)
    op.create_table(
        "rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("purchase_days", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("median_days", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "found_on is null or found_on between '1000-01-01' and '9999-12-31'", name="found_on_is_day"
        ),
        sa.CheckConstraint(
            "last_on is null or last_on between '1000-01-01' and '9999-12-31'", name="last_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "rhythm_by_gap",
        "rhythm",
        ["median_days", "last_on"],
        unique=False,
        sqlite_where=sa.text("median_days is not null"),
    )
    op.create_index("rhythm_by_last", "rhythm", ["last_on"], unique=False)
    op.create_index("rhythm_of_customer", "rhythm", ["customer_id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("rated_after", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "follow_up_on is null or follow_up_on between '1000-01-01' and '9999-12-31'", name="follow_up_on_is_day"
        ),
        sa.CheckConstraint(
            "kind is null or kind in ('complaint', 'repair', 'maintenance', 'question')", name="kind_is_known"
        ),
        sa.CheckConstraint(
            "opened_on is null or opened_on between '1000-01-01' and '9999-12-31'", name="opened_on_is_day"
        ),
        sa.CheckConstraint(
            "promised_on is null or promised_on between '1000-01-01' and '9999-12-31'", name="promised_on_is_day"
        ),
        sa.CheckConstraint(
            "rated_on is null or rated_on between '1000-01-01' and '9999-12-31'", name="rated_on_is_day"
        ),
        sa.CheckConstraint(
            "resolved_on is null or resolved_on between '1000-01-01' and '9999-12-31'", name="resolved_on_is_day"
        ),
        sa.CheckConstraint("rating is null or rating between 1 and 5", name="rating_in_range"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ticket_of_customer", "ticket", ["customer_id"], unique=False)
    op.create_index(
        "ticket_to_follow_by_day",
        "ticket",
        ["follow_up_on"],
        unique=False,
        sqlite_where=sa.text("follow_up_on is not null"),
    )
    op.create_index(
        "ticket_waiting_by_day",
        "ticket",
        ["promised_on"],
        unique=False,
        sqlite_where=sa.text("resolved_on is null"),
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
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("occasion_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint("minutes is null or minutes between 0 and 1440", name="minutes_in_range"),
        sa.CheckConstraint("satisfaction is null or satisfaction between 1 and 5", name="satisfaction_in_range"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"],
            ["visit.id"],
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
        "campaign_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answered_on is null or answered_on between '1000-01-01' and '9999-12-31'", name="answered_on_is_day"
        ),
        sa.CheckConstraint(
            "sent_on is null or sent_on between '1000-01-01' and '9999-12-31'", name="sent_on_is_day"
        ),
        sa.CheckConstraint(
            "state is null or state in ('chosen', 'sending', 'sent', 'failed')", name="state_is_known"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("campaign_contact_of_customer", "campaign_contact", ["customer_id"], unique=False)
    op.create_index("campaign_contact_once", "campaign_contact", ["campaign_id", "customer_id"], unique=True)
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
    op.create_index("clock_by_customer", "clock", ["customer_id"], unique=False)
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
        ["customer_id", "plan_line_id"],
        unique=True,
        sqlite_where=sa.text("until_on is null"),
    )
    op.create_table(
        "gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("thought_of_on", sa.Date(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "bought_on is null or bought_on between '1000-01-01' and '9999-12-31'", name="bought_on_is_day"
        ),
        sa.CheckConstraint("for_on is null or for_on between '1000-01-01' and '9999-12-31'", name="for_on_is_day"),
        sa.CheckConstraint(
            "given_on is null or given_on between '1000-01-01' and '9999-12-31'", name="given_on_is_day"
        ),
        sa.CheckConstraint(
            "thought_of_on is null or thought_of_on between '1000-01-01' and '9999-12-31'",
            name="thought_of_on_is_day",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("gift_of_customer", "gift", ["customer_id"], unique=False)
    op.create_index(
        "gift_to_buy",
        "gift",
        ["for_on"],
        unique=False,
        sqlite_where=sa.text("bought_on is null and given_on is null and for_on is not null"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer is null or answer in ('yes', 'no', 'maybe')", name="answer_is_known"),
        sa.CheckConstraint(
            "answered_on is null or answered_on between '1000-01-01' and '9999-12-31'", name="answered_on_is_day"
        ),
        sa.CheckConstraint(
            "invited_on is null or invited_on between '1000-01-01' and '9999-12-31'", name="invited_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("invitation_of_customer", "invitation", ["customer_id"], unique=False)
    op.create_index("invitation_once", "invitation", ["event_id", "customer_id"], unique=True)
    op.create_table(
        "moved_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("plan_line_id", sa.Integer(), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "moved_on is null or moved_on between '1000-01-01' and '9999-12-31'", name="moved_on_is_day"
        ),
        sa.CheckConstraint(
            "nominal_on is null or nominal_on between '1000-01-01' and '9999-12-31'", name="nominal_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_line_id"],
            ["plan_line.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("moved_day_by_nominal", "moved_day", ["nominal_on"], unique=False)
    op.create_index(
        "moved_day_of_customer", "moved_day", ["customer_id", "plan_line_id", "nominal_on"], unique=True
    )
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=2000), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("wanted_words", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("met_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "closed_on is null or closed_on between '1000-01-01' and '9999-12-31'", name="closed_on_is_day"
        ),
        sa.CheckConstraint(
            "said_on is null or said_on between '1000-01-01' and '9999-12-31'", name="said_on_is_day"
        ),
        sa.CheckConstraint("status is null or status in ('open', 'met', 'gone')", name="status_is_known"),
        sa.CheckConstraint(
            "wanted_on is null or wanted_on between '1000-01-01' and '9999-12-31'", name="wanted_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["met_by_id"], ["purchase.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "need_met_by", "need", ["met_by_id"], unique=False, sqlite_where=sa.text("met_by_id is not null")
    )
    op.create_index("need_of_customer", "need", ["customer_id"], unique=False)
    op.create_index(
        "need_open_by_day",
        "need",
        ["wanted_on"],
        unique=False,
        sqlite_where=sa.text("status = 'open' and wanted_on is not null"),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("made_good", sa.String(), nullable=True),
        sa.CheckConstraint(
            "closed_on is null or closed_on between '1000-01-01' and '9999-12-31'", name="closed_on_is_day"
        ),
        sa.CheckConstraint("due_on is null or due_on between '1000-01-01' and '9999-12-31'", name="due_on_is_day"),
        sa.CheckConstraint(
            "made_on is null or made_on between '1000-01-01' and '9999-12-31'", name="made_on_is_day"
        ),
        sa.CheckConstraint(
            "status is null or status in ('open', 'kept', 'late', 'broken')", name="status_is_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("promise_of_customer", "promise", ["customer_id"], unique=False)
    op.create_index(
        "promise_open_by_day", "promise", ["due_on"], unique=False, sqlite_where=sa.text("status = 'open'")
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("(visit_id is null) <> (ticket_id is null)", name="rating_is_about_one"),
        sa.CheckConstraint("length(question) between 1 and 60", name="rating_question_length"),
        sa.CheckConstraint("score is null or score between 1 and 5", name="score_in_range"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rating_of_customer", "rating", ["customer_id"], unique=False)
    op.create_index("rating_of_ticket", "rating", ["ticket_id", "question"], unique=True)
    op.create_index("rating_of_visit", "rating", ["visit_id", "question"], unique=True)
    op.create_table(
        "referred",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("referred_by", "referred", ["referral_id"], unique=False)
    op.create_index("referred_customer", "referred", ["customer_id"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=True),
        sa.CheckConstraint(
            "happened_on is null or happened_on between '1000-01-01' and '9999-12-31'", name="happened_on_is_day"
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("event_of_ticket", "ticket_event", ["ticket_id"], unique=False)
    op.create_table(
        "visit_original",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.CheckConstraint(
            "corrected_on is null or corrected_on between '1000-01-01' and '9999-12-31'", name="corrected_on_is_day"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("original_of_customer", "visit_original", ["customer_id"], unique=False)
    op.create_index("original_of_visit", "visit_original", ["visit_id"], unique=False)
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
