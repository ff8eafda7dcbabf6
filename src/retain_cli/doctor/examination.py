"""Every check in turn, the most serious first."""

from typing import NamedTuple

from retain_cli.doctor import checks
from retain_cli.doctor.finding import Asked, Finding
from retain_cli.registry import members, sentence


class Checked(NamedTuple):
    """A check by its name and its sentence, and what it found; nothing where all is well."""

    name: str
    about: str
    findings: list[Finding]


def examine(asked: Asked) -> list[Checked]:
    """What every check found. A damaged file is asked nothing further: its answers would be worth nothing."""
    checked: list[Checked] = []
    for member in sorted(members(checks), key=lambda member: member.ORDER):
        name = member.__name__.rpartition(".")[2].replace("_", " ")
        checked.append(Checked(name, sentence(member), list(member.look(asked))))
        if member.ENDS_IT and checked[-1].findings:
            break
    return checked
