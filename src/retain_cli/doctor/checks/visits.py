"""What is due is counted from the visits there are."""

from collections.abc import Iterator

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.plan.clocks import out_of_step
from retain_cli.wording import count_of

ORDER = 3
ENDS_IT = False


def look(asked: Asked) -> Iterator[Finding]:
    """Customers whose last visit is kept as another than it was."""
    found = len(out_of_step(asked.store))
    if found:
        yield Finding(
            f"the last visits of {count_of(found, 'customer')} are kept as others than they were",
            "Count them anew: retain doctor --mend",
        )
