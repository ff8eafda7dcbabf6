"""The columns of a customer that a condition may name, and what each is in SQL."""

from typing import NamedTuple


class Field(NamedTuple):
    """A column: what it holds, its SQL, and the sentence that explains it."""

    name: str
    kind: str
    """`text`, `number`, `money`, `day`, `days since`, `yes or no`, or `bought` for a column of purchases."""
    sql: str
    means: str


_OF_PURCHASES = (
    "(select {} from purchase where purchase.customer_id = customer.id"
    " and purchase.currency = :where_currency and purchase.bought_on <= :where_day)"
)
_DAY_BOUGHT = "case when purchase.amount >= 0 then purchase.bought_on end"
_LAST_VISIT = (
    "(select max(visited_on) from visit where visit.customer_id = customer.id and visited_on <= :where_day)"
)
_ENROLLED = "(select {} from enrolment where enrolment.customer_id = customer.id)"
_EXPECTED = "(select {} from prediction where prediction.customer_id = customer.id)"

FIELDS = {
    field.name: field
    for field in (
        Field("grade", "text", f"coalesce({_ENROLLED.format('grade')}, 'none')", "A, B, C or none"),
        Field("name", "text", "customer.name", "the name"),
        Field("id", "text", "coalesce(customer.external_id, '')", "the shop's own number of the customer"),
        Field("area", "text", "coalesce(customer.area, '')", "the area"),
        Field("address", "text", "coalesce(customer.address, '')", "the address"),
        Field("phone", "text", "coalesce(customer.phone, '')", "the phone, international: +8613800138001"),
        Field("email", "text", "coalesce(customer.email, '')", "the e-mail"),
        Field("note", "text", "coalesce(customer.note, '')", "the note"),
        Field(
            "amount",
            "money",
            f"coalesce({_OF_PURCHASES.format('sum(purchase.amount)')}, 0)",
            "all they bought, net",
        ),
        Field("orders", "number", _OF_PURCHASES.format(f"count(distinct {_DAY_BOUGHT})"), "days with a purchase"),
        Field("first_on", "day", _OF_PURCHASES.format(f"min({_DAY_BOUGHT})"), "the day of the first purchase"),
        Field("last_on", "day", _OF_PURCHASES.format(f"max({_DAY_BOUGHT})"), "the day of the last purchase"),
        Field(
            "days_since_purchase",
            "days since",
            _OF_PURCHASES.format(f"max({_DAY_BOUGHT})"),
            "days since the last one",
        ),
        Field("last_visit_on", "day", _LAST_VISIT, "the day of the last contact"),
        Field("days_since_visit", "days since", _LAST_VISIT, "days since the last contact"),
        Field("category", "bought", "purchase.category", "some purchase was of this category"),
        Field("product", "bought", "purchase.product", "some purchase was of this product"),
        Field("birthday_month", "number", "customer.birth_month", "1 to 12"),
        Field("do_not_contact", "yes or no", "customer.do_not_contact", "asked not to be contacted"),
        Field("expected_orders", "number", _EXPECTED.format("expected_orders"), "orders expected, see predictions"),
        Field("expected_amount", "money", _EXPECTED.format("expected_amount"), "what they are expected to buy"),
        Field("alive", "number", _EXPECTED.format("p_alive"), "the chance, 0 to 1, that they still are a customer"),
    )
}
