"""`retain policy`.

`retain policy` lists every rule, `retain policy set NAME VALUE` sets one, `--usual` gives it its usual value back.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.store.policy import Policy


def list_rules(workspace: Workspace) -> None:
    """Every rule with its value, and the usual one where the shop chose another."""
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
    workspace.show(_document(policy, list(policy._fields)))


def set_rule(
    workspace: Workspace,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The rule, as it is listed.")],
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="What it is to be.")] = None,
    usual: Annotated[bool, typer.Option("--usual", help="Give it its usual value back.")] = False,
) -> None:
    """Set one rule; it holds from the next command on."""
    from retain_cli.errors import WrongUse
    from retain_cli.store.policy import Policy, checked, forget_policy, read_policy, set_policy

    rule = name.strip().casefold().replace("-", "_")
    if rule not in Policy._fields:
        raise WrongUse(f"there is no rule {name!r}", "See: retain policy.", code="rule-unknown")
    if usual == (value is not None):
        raise WrongUse("name a value, or --usual", f"Like: retain policy set {rule} {Policy()._asdict()[rule]}.")
    with workspace.change() as store:
        if value is None:
            forget_policy(store, rule)
        else:
            if rule == "reason_weights":
                _check_reasons(value)
            try:
                set_policy(store, rule, checked(read_policy(store), rule, value))
            except ValueError as problem:
                raise WrongUse(f"{rule} cannot be {value!r}: {problem}", "Nothing was changed.") from problem
        policy = read_policy(store)
    workspace.show(_document(policy, [rule]))


def _check_reasons(written: str) -> None:
    """WrongUse where a weight is given to something that is no reason, and would change nothing."""
    from retain_cli.due.listing import reason_sentences
    from retain_cli.errors import WrongUse

    known = reason_sentences()
    for part in filter(None, (part.rpartition(":")[0].strip() for part in written.split(","))):
        if part not in known:
            raise WrongUse(f"there is no reason {part!r}", f"Known are: {', '.join(known)}.", code="reason-unknown")


ACTIONS = {"list": list_rules, "set": set_rule}


def _document(policy: "Policy", names: list[str]) -> "Document":
    from retain_cli.document import Column, Document, Table

    usual, now = type(policy)()._asdict(), policy._asdict()
    data = [{"name": name, "value": now[name], "usual": usual[name]} for name in names]
    rows = [(rule["name"], rule["value"], rule["usual"] if rule["usual"] != rule["value"] else "") for rule in data]
    return Document(data, [Table([Column("Rule", wraps=False), Column("Value"), Column("Usually")], rows)])
