"""The digests of the morning arrive."""

from collections.abc import Iterator

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.notify.ledger import newest

ORDER = 5
ENDS_IT = False


def look(asked: Asked) -> Iterator[Finding]:
    """Channels whose newest digest did not arrive."""
    for entry in newest(asked.store):
        whose = f" for {entry.staff}" if entry.staff else ""
        if entry.state == "failed":
            yield Finding(
                f"the digest of {entry.digest_on} by {entry.channel}{whose} did not arrive: {entry.error}",
                f"Mend its settings, then: retain notify test --channel {entry.channel}",
            )
