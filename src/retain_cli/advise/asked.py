"""What is asked for, what it is asked about, and what a tip answers with."""

from datetime import date
from typing import NamedTuple

from retain_cli.advise.market import Market
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store

LEAST_LIFT = 1.2
"""What goes together less than a fifth more often than by chance says nothing."""

LEAST_CONFIDENCE = 0.05
"""What fewer than one in twenty did is not worth a word."""


class Owned(NamedTuple):
    """What a customer bought of one product; `amount` in minor units, `days` in order."""

    product: str
    category: str
    days: list[date]
    quantity: float
    amount: int
    currency: str


class Unwelcome(NamedTuple):
    """What is never offered to a customer: products case folded, and the words of their complaints."""

    returned: frozenset[str]
    complaints: str

    def __contains__(self, product: object) -> bool:
        folded = str(product).casefold()
        return folded in self.returned or folded in self.complaints


class Tip(NamedTuple):
    """One thing to offer one customer; `strength` from 0 to 1 compares tips of one kind."""

    customer_id: int
    product: str
    because: str
    strength: float
    due_on: date | None = None
    support: int | None = None
    """How many customers or orders it rests on."""
    confidence: float | None = None
    lift: float | None = None


class AskedCustomer(NamedTuple):
    """What can be offered to one customer."""

    store: Store
    policy: Policy
    day: date
    market: Market
    customer: int
    owned: list[Owned]
    """What they have, bought last first; without what they brought back or complained of."""
    unwelcome: Unwelcome
    recent: list[Owned]
    """So much of what they own as is asked what goes with it."""

    def may_offer(self, product: str) -> bool:
        """Whether the product is neither theirs already nor unwelcome."""
        return product not in self.unwelcome and all(one.product != product for one in self.owned)


class Leads(NamedTuple):
    """Whoever has `product` may want the one that is asked for, `because`."""

    product: str
    because: str
    support: int
    confidence: float
    lift: float


class AskedProduct(NamedTuple):
    """Whom to tell about one product."""

    store: Store
    policy: Policy
    day: date
    market: Market
    product: str
