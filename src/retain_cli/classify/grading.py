"""One grading of the whole base: who leaves a grade and who joins one, decided in SQL."""

from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

from retain_cli.classify import schemes
from retain_cli.classify.graded import Change
from retain_cli.classify.pins import fill_pinned
from retain_cli.classify.schemes import amount as amount_scheme
from retain_cli.classify.scoring import Asked, Scored, Thresholds, amounts_at, by_shares, empty_tables, number
from retain_cli.classify.window import net_amounts
from retain_cli.errors import WrongUse
from retain_cli.model.grade import GRADES
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Graded(NamedTuple):
    """What a grading decided; the customers are in the temporary tables `leaving` and `joining`."""

    scheme: ModuleType
    asked: Asked
    thresholds: Thresholds
    changed: int

    def because(self, change: Change) -> str:
        """Why a change was made, in the words of the scheme."""
        said: str = self.scheme.because(self.asked, Scored(change.amount, change.score))
        return said


# `net` has everyone who bought. `leaving` has those whose grade ends, with what they bought if anything, `joining`
# those whose grade begins, best first, and `graded` which of its ranks have which grade: grades are cut by score,
# so each is one range, and the pinned are ranges after them.
_TABLES = {
    "net": "customer_id integer primary key, amount integer not null, score integer",
    "leaving": "customer_id integer primary key, from_grade text not null, net integer",
    "joining": "rank integer primary key, customer_id integer not null, amount integer not null, score integer",
    "graded": "grade text not null, from_rank integer primary key, customers integer not null",
}
_GRADE = "case when net.{score} >= :lowest_a then 'A' when net.{score} >= :lowest_b then 'B' else 'C' end"
_STAYS = "(enrolment.grade = 'A' and net.{score} >= :kept_a or enrolment.grade = 'B' and net.{score} >= :kept_b)"
_LEAVE = f"""
    insert into leaving (customer_id, from_grade, net)
    select enrolment.customer_id, enrolment.grade, net.amount
    from enrolment left join net on net.customer_id = enrolment.customer_id
    where (net.customer_id is null or enrolment.grade <> {_GRADE}
            and not (enrolment.grade < {_GRADE} and {_STAYS}))
        {{unless_pinned}}
"""
# Found first and then written, in the order of the table: few amounts are other than they were.
_NEW_AMOUNTS = """
    update enrolment set amount = (select amount from net where net.customer_id = enrolment.customer_id)
    where customer_id in (
        select known.customer_id
        from enrolment as known cross join net on net.customer_id = known.customer_id
        where net.amount <> known.amount
    )
"""
# A minus keeps the index out, which would look everybody up in the order of amounts to sort a few.
_JOIN = """
    insert into joining (customer_id, amount, score)
    select customer_id, amount, score
    from (
        select net.customer_id, net.amount, net.score
        from net left join enrolment on enrolment.customer_id = net.customer_id
        where enrolment.customer_id is null {unless_pinned}
        union all
        select net.customer_id, net.amount, net.score
        from leaving cross join net on net.customer_id = leaving.customer_id where true {unless_pinned}
    ) as newcomer
    order by -{score}, -amount, customer_id
"""
_UNLESS_PINNED = "and {table}.customer_id not in (select customer_id from pinned)"
_GRADE_JOINING = "insert into graded (grade, from_rank, customers) values (:grade, :from_rank, :customers)"
_LEAVE_PINNED = """
    insert into leaving (customer_id, from_grade, net)
    select enrolment.customer_id, enrolment.grade, coalesce(net.amount, 0)
    from pinned join enrolment on enrolment.customer_id = pinned.customer_id
        left join net on net.customer_id = pinned.customer_id
    where enrolment.grade <> pinned.grade
"""
_JOIN_PINNED = """
    insert into joining (customer_id, amount, score)
    select pinned.customer_id, coalesce(net.amount, 0), net.score
    from pinned left join enrolment on enrolment.customer_id = pinned.customer_id
        left join net on net.customer_id = pinned.customer_id
    where pinned.grade = :grade and (enrolment.grade is null or enrolment.grade <> :grade)
    order by 2 desc, 1
"""
_GRADE_PINNED = """
    insert into graded (grade, from_rank, customers)
    select :grade, min(rank), count(*) from joining
    where rank > coalesce((select max(from_rank + customers - 1) from graded), 0) having count(*) > 0
"""
_WRITE_GRADING = """
    insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)
    values (:day, :scheme, :months, :currency, :customers, :lowest_a, :lowest_b)
"""
_ENROLLED = Question("select count(*) from (select 1 from enrolment limit 1) as anybody", Number)
_JOINING = Question("select max(rank) from joining", Number, needs="joining")
_FIRST_BELOW = "select rank from joining where rank >= :from_rank and {score} < :lowest order by rank limit 1"
_FIRST_BELOW_SCORE = {
    score: Question(_FIRST_BELOW.format(score=score), Number, needs="joining") for score in ("amount", "score")
}
_AMOUNT_AT_RANK = Question("select amount from joining where rank = :place", Number, needs="joining")
# Whoever leaves a grade and still bought joins another.
_CHANGED = Question(
    "select (select count(*) from joining) + (select count(*) from leaving where net is null)",
    Number,
    needs="joining",
)


def named_scheme(name: str) -> ModuleType:
    """The scheme of that name; WrongUse lists those there are."""
    # Only the one that is asked for is imported: the others are not needed to know their names.
    family = [found.name for found in iter_modules(schemes.__path__)]
    if name not in family:
        raise WrongUse(f"there is no scheme {name!r}", f"Choose one of {', '.join(family)}.")
    return import_module(f"{schemes.__name__}.{name}")


def score_everyone(store: Store, policy: Policy, day: date, scheme: ModuleType) -> tuple[Asked, Thresholds]:
    """Put everybody's score into `net`, and say where the grades end; nothing else is done."""
    empty_tables(store, _TABLES)
    store.run("drop index if exists net_by_amount")
    asked = Asked(store, policy, day, net_amounts(store, policy, day))
    scheme.fill(asked)
    return asked, scheme.borders(asked)


def grade_everyone(store: Store, policy: Policy, day: date) -> Graded:
    """Grade the base as of `day` by the policy's scheme; nobody is moved yet, which is the plan's to do."""
    scheme = named_scheme(policy.grade_scheme)
    some_pinned = fill_pinned(store, day)
    shares_of_all = scheme is amount_scheme and policy.amount_cut == "customers"
    if shares_of_all and not some_pinned and not number(store, _ENROLLED):
        asked, cut = _grade_newcomers(store, policy, day)
    else:
        asked, cut = _regrade(store, policy, day, scheme, some_pinned)
    score = "amount" if scheme.SCORE == "amount" else "score"
    _cut_joining(store, cut, score)
    if some_pinned:
        for grade in GRADES:
            store.run(_JOIN_PINNED, {"grade": grade})
            store.run(_GRADE_PINNED, {"grade": grade})
    # What an A buys is asked of every scheme: the list weighs by it.
    worth = cut
    if score != "amount":
        worth = by_shares(policy, cut.customers, amounts_at(store))
    store.run(
        _WRITE_GRADING,
        {
            "day": day.isoformat(),
            "scheme": scheme.NAME,
            "months": policy.window_months,
            "currency": policy.currency,
            "customers": cut.customers,
            "lowest_a": worth.lowest_a,
            "lowest_b": worth.lowest_b,
        },
    )
    return Graded(scheme, asked, cut, number(store, _CHANGED))


def _cut_joining(store: Store, cut: Thresholds, score: str) -> None:
    """Say which ranks of those who join have which grade; they stand in the order of their scores."""
    beyond = number(store, _JOINING) + 1
    start = 1
    for grade, lowest in (("A", cut.lowest_a), ("B", cut.lowest_b), ("C", None)):
        end = beyond
        if lowest is not None:
            end = number(store, _FIRST_BELOW_SCORE[score], from_rank=start, lowest=lowest) or beyond
        if end > start:
            store.run(_GRADE_JOINING, {"grade": grade, "from_rank": start, "customers": end - start})
        start = end


def _grade_newcomers(store: Store, policy: Policy, day: date) -> tuple[Asked, Thresholds]:
    """The first grading by shares of customers: everyone who bought joins."""
    empty_tables(store, _TABLES)
    asked = Asked(store, policy, day, net_amounts(store, policy, day))
    store.run(
        f"insert into joining (customer_id, amount) {asked.bought.sql} order by net desc, customer_id",
        asked.bought.parameters,
    )
    cut = by_shares(policy, number(store, _JOINING), lambda place: number(store, _AMOUNT_AT_RANK, place=place))
    return asked, cut


def _regrade(
    store: Store, policy: Policy, day: date, scheme: ModuleType, some_pinned: bool
) -> tuple[Asked, Thresholds]:
    """Who leaves the grade they have, and who joins another or their first."""
    asked, cut = score_everyone(store, policy, day, scheme)
    borders = {
        "lowest_a": cut.lowest_a,
        "lowest_b": cut.lowest_b,
        "kept_a": kept_from(cut.lowest_a, policy, scheme),
        "kept_b": kept_from(cut.lowest_b, policy, scheme),
    }
    score = "amount" if scheme.SCORE == "amount" else "score"

    def unless(table: str) -> str:
        return _UNLESS_PINNED.format(table=table) if some_pinned else ""

    store.run(_LEAVE.format(score=score, unless_pinned=unless("enrolment")), borders)
    store.run(_NEW_AMOUNTS)
    if some_pinned:
        store.run(_LEAVE_PINNED)
    store.run(_JOIN.format(score=score, unless_pinned=unless("net")))
    return asked, cut


def kept_from(lowest: int | None, policy: Policy, scheme: ModuleType) -> int | None:
    """From which score on somebody keeps the grade they have: a little below its border, where that is money."""
    if lowest is None or not scheme.KEEPS:
        return lowest
    return lowest - abs(lowest) * policy.hysteresis // 100
