"""A person or household who bought, or may buy again."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of


class Customer(SQLModel, table=True):
    """One customer, as the shop's exports say; the grade is in the enrolment."""

    __table_args__ = (
        CheckConstraint("length(name) between 1 and 200", name="name_length"),
        is_between("birth_month", 1, 12),
        is_between("birth_day", 1, 31),
        is_between("birth_year", 1, 9999),
        is_one_of("birth_calendar", ("solar", "lunar")),
        CheckConstraint("(birth_month is null) = (birth_day is null)", name="birthday_is_whole"),
        is_day("created_on"),
        Index("customer_by_external_id", "external_id", "source", unique=True),
        Index("customer_by_phone", "phone", sqlite_where=text("phone is not null")),
        Index("customer_by_email", "email", sqlite_where=text("email is not null")),
        Index("customer_by_birthday", "birth_month", "birth_day", sqlite_where=text("birth_month is not null")),
        Index(
            "customer_by_lunar_birthday",
            "birth_month",
            "birth_day",
            sqlite_where=text("birth_calendar = 'lunar'"),
        ),
        Index("customer_by_owner", "owner_id", sqlite_where=text("owner_id is not null")),
        # The number of a customer who was merged or taken back is never given to somebody else.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str | None = Field(default=None, min_length=1, max_length=200)
    """The id by which the shop knows them; further ones are in `customer_identity`."""
    source: str = Field(default="shop", sa_column_kwargs={"server_default": text("'shop'")})
    """Which of the shop's programs gives that id: two programs may give one id to two people."""
    name: str = Field(min_length=1, max_length=200)
    search_key: str
    """The name as it is searched: compatibility forms folded, case folded."""
    phone: str | None = None
    """E.164."""
    email: str | None = None
    """Case folded."""
    address: str | None = None
    area: str | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    birth_year: int | None = None
    birth_calendar: str | None = None
    """The calendar of the birthday, `solar` or `lunar`; solar where it is not said."""
    birth_leap_month: bool | None = None
    """Whether the month of a lunar birthday is a leap month."""
    do_not_contact: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who of the staff looks after them; anybody where it is not said."""
    note: str | None = None
    created_on: date
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
