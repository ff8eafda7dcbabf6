"""What the reasons are asked, and what they answer."""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.plan.lines import Line
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """Who is due from `day` on, looking `ahead` days further; all customers, or one."""

    store: Store
    policy: Policy
    plan: list[Line]
    day: date
    ahead: int = 0
    customer: int | None = None

    @property
    def last(self) -> date:
        """The last day looked at."""
        return self.day + timedelta(days=self.ahead)

    def only(self) -> dict[str, int]:
        """The customers looked at, as the two ends of a range of ids."""
        if self.customer is None:
            return {"from_id": 0, "to_id": 1 << 62}
        return {"from_id": self.customer, "to_id": self.customer}


class Occurrence(NamedTuple):
    """One planned contact: a customer, a plan line and a nominal day."""

    customer_id: int
    reason: str
    service: str
    due_on: date
    days_late: int
    late: bool
    missed: int
    channel: str
    minutes: int
    lateness: float
    """0 on the day, 1 when a whole interval has gone by."""
    suppressed: bool
