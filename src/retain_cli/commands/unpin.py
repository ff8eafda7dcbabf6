"""`retain unpin`."""

from typing import Annotated

import typer

from retain_cli.workspace import Workspace


def unpin(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
) -> None:
    """Take a grade given by hand away.

    The customer keeps it until the next `retain classify`, which grades them as everybody.
    """
    from retain_cli.classify import pins
    from retain_cli.document import Document, Note
    from retain_cli.errors import WrongUse
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        pinned = pins.pin_of(store, found.id)
        if pinned is None:
            raise WrongUse(f"{found.name} is not pinned", "See who is: retain pin.")
        pins.unpin(store, found.id, workspace.today)
    data = {
        "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
        "grade": pinned.grade,
        "reason": pinned.reason,
    }
    workspace.show(Document(data, [Note(f"{found.name} is graded as everybody from the next classify on.")]))
