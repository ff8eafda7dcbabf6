"""`retain benefit`.

The points that expire first are used first; a coupon counts once; a gift is an idea, then bought, then given. The
last day of points and coupons is a day on which they still count. Terms are what everybody of a grade is entitled
to.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    pass

_Customer = Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")]
_Kind = Annotated[str, typer.Argument(help="points, coupon or gift.")]
_On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")]
_Words = Annotated[str, typer.Option("--note", metavar="WORDS", help="What for.")]

_KINDS = ("points", "coupon", "gift")


def balance(workspace: Workspace, customer: _Customer, on: _On = None) -> None:
    """What a customer has to use: points, level, coupons and gifts."""
    from retain_cli.commands.benefit_answer import benefit_blocks, benefit_record, benefits_of
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.document import Document
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    day = past_day_option(on, workspace.today, "--on")
    with workspace.open() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        data = benefits_of(store, policy, found, day)
    workspace.show(Document(data, benefit_blocks(data), [benefit_record(data)]))


def grant(
    workspace: Workspace,
    customer: _Customer,
    kind: _Kind,
    what: Annotated[str | None, typer.Argument(help="How many points; or what gift.")] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="What a coupon takes off; what a gift cost.")
    ] = None,
    percent: Annotated[
        int | None,
        typer.Option("--percent", metavar="1-100", min=1, max=100, help="What share a coupon takes off."),
    ] = None,
    min_spend: Annotated[
        str | None, typer.Option("--min-spend", metavar="AMOUNT", help="The smallest purchase a coupon counts for.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DAY", help="The last day: 1y, 2026-12-31.")
    ] = None,
    meant_for: Annotated[
        str | None, typer.Option("--for", metavar="DAY", help="The day a gift is meant for.")
    ] = None,
    words: _Words = "",
    on: _On = None,
) -> None:
    """Grant points or a coupon, or note an idea for a gift."""
    from retain_cli.commands.benefit_answer import benefits_of, show_benefits
    from retain_cli.commands.parameters import day_option, money_option, past_day_option, text_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.record import benefit
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    of_kind = word_option(kind, _KINDS, "KIND")
    day = past_day_option(on, workspace.today, "--on")
    last = day_option(expires, day, "--expires") if expires else None
    said = text_option(words, "--note") if words else ""
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if of_kind == "points":
            points = _points(what)
            last = benefit.grant_points(store, policy, found.id, points, day, last, said)
            sentence = f"Granted {found.name} {points:,} points" + (f", to use until {last}." if last else ".")
        elif of_kind == "coupon":
            coupon = benefit.grant_coupon(
                store,
                found.id,
                day,
                amount=money_option(amount, policy.currency, "--amount") if amount else None,
                percent=percent,
                min_spend=money_option(min_spend, policy.currency, "--min-spend") if min_spend else 0,
                currency=policy.currency,
                expires_on=last,
                words=said,
            )
            sentence = f"Granted {found.name} coupon {coupon.id}" + (f", to use until {last}." if last else ".")
        else:
            if what is None:
                raise WrongUse("a gift has to be something", "Write: retain benefit grant CUSTOMER gift 'tea set'.")
            day_for = day_option(meant_for, day, "--for") if meant_for else None
            gift = benefit.think_of(store, found.id, text_option(what, "WHAT"), day, day_for)
            sentence = f"Gift {gift.id} for {found.name}: {gift.what}."
            if amount:
                cost = money_option(amount, policy.currency, "--amount")
                benefit.buy(store, found.id, gift.id, day, cost, policy.currency)
        data = benefits_of(store, policy, found, workspace.today)
    show_benefits(workspace, data, sentence)


def use(
    workspace: Workspace,
    customer: _Customer,
    kind: _Kind,
    number: Annotated[str, typer.Argument(help="How many points; or the number of the coupon or gift.")],
    spend: Annotated[
        str | None, typer.Option("--spend", metavar="AMOUNT", help="The purchase a coupon is used for.")
    ] = None,
    words: _Words = "",
    on: _On = None,
) -> None:
    """Use points or a coupon, or note that a gift is given."""
    from retain_cli.commands.benefit_answer import benefits_of, show_benefits
    from retain_cli.commands.parameters import money, money_option, past_day_option, text_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.record import benefit
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    of_kind = word_option(kind, _KINDS, "KIND")
    day = past_day_option(on, workspace.today, "--on")
    said = text_option(words, "--note") if words else ""
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if of_kind == "points":
            benefit.use_points(store, found.id, _points(number), day, said)
            sentence = f"{found.name} used {_points(number):,} points."
        elif of_kind == "coupon":
            if spend is None:
                raise WrongUse("a coupon is used for a purchase", "Say how large it is with --spend.")
            paid = money_option(spend, policy.currency, "--spend")
            coupon = benefit.use_coupon(store, found.id, _points(number), paid, day)
            sentence = f"{found.name} used coupon {coupon.id}: {money(coupon.saved, coupon.currency)} off."
        else:
            gift = benefit.hand_over(store, found.id, _points(number), day)
            sentence = f"Given to {found.name}: {gift.what}."
        data = benefits_of(store, policy, found, workspace.today)
    show_benefits(workspace, data, sentence)


def buy(
    workspace: Workspace,
    customer: _Customer,
    number: Annotated[int, typer.Argument(help="The gift's number.")],
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it cost.")] = None,
    on: _On = None,
) -> None:
    """Note that a gift is bought, and what it cost."""
    from retain_cli.commands.benefit_answer import benefits_of, show_benefits
    from retain_cli.commands.parameters import money_option, past_day_option
    from retain_cli.record import benefit
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        paid = money_option(cost, policy.currency, "--cost") if cost else None
        gift = benefit.buy(store, found.id, number, day, paid, policy.currency)
        data = benefits_of(store, policy, found, workspace.today)
    show_benefits(workspace, data, f"Bought for {found.name}: {gift.what}.")


def terms(
    workspace: Workspace,
    what: Annotated[str, typer.Argument(metavar="list|set|remove", help="What to do; list if not said.")] = "list",
    which: Annotated[
        str | None, typer.Argument(metavar="GRADE|NUMBER", help="Whose terms to set, or which to remove.")
    ] = None,
    words: Annotated[str | None, typer.Argument(metavar="WORDS", help="What they are entitled to.")] = None,
) -> None:
    """What every customer of a grade is entitled to: retain benefit terms set A "5 % off maintenance"."""
    from retain_cli.commands.benefit_answer import show_terms
    from retain_cli.commands.parameters import text_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.model.grade import GRADES
    from retain_cli.record import terms as kept

    action = word_option(what, ("list", "set", "remove"), "terms")
    if action == "list":
        with workspace.open() as store:
            found = kept.terms_in_force(store, workspace.today)
        show_terms(workspace, found, "")
        return
    if which is None or (words is None) == (action == "set"):
        raise WrongUse("that is not whole", 'Write: retain benefit terms set A "5 % off", or: terms remove 1.')
    with workspace.change() as store:
        if action == "set":
            grade = word_option(which, [*map(str.casefold, GRADES)], "GRADE").upper()
            one = kept.set_terms(store, grade, text_option(words or "", "WORDS")[:200], workspace.today)
            said = f"Terms {one.id}: {one.grade} has {one.words}."
        else:
            one = kept.end_terms(store, _points(which), workspace.today)
            said = f"{one.grade} has no more {one.words}."
    show_terms(workspace, [one], said)


ACTIONS = {"balance": balance, "grant": grant, "use": use, "buy": buy, "terms": terms}


def _points(written: str | None) -> int:
    from retain_cli.errors import WrongUse

    if written is None or not (written.isascii() and written.isdecimal()) or len(written) > 12:
        raise WrongUse(f"{written or 'nothing'!r} is not a number", "Write it like 100.")
    return int(written)
