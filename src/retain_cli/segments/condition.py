"""A condition on customers into SQL that yields their ids, every value a parameter.

    either:     both ("or" both)*
    both:       one ("and" one)*
    one:        "not" one | "(" either ")" | comparison
    comparison: COLUMN sign VALUE | COLUMN ["not"] "in" "(" VALUE ("," VALUE)* ")"
                | COLUMN ["not"] "contains" VALUE | COLUMN "is" ["not"] "empty"

A sign is one of = != < <= > >=. Words and columns are written in any case; a value with blanks stands in quotes.
"""

from collections.abc import Callable
from datetime import date, timedelta

from retain_cli.model.grade import GRADES
from retain_cli.model.money import minor_units
from retain_cli.model.name import search_key
from retain_cli.segments.fields import FIELDS, Field
from retain_cli.segments.words import Word, WrongCondition, words, wrong
from retain_cli.store.policy import Policy
from retain_cli.store.question import Filter

_SIGNS = ("=", "!=", "<>", "<", "<=", ">", ">=")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DEEPEST = 50
_SOME_PURCHASE = (
    "exists (select 1 from purchase where purchase.customer_id = customer.id and purchase.amount > 0"
    " and purchase.bought_on <= :where_day and {})"
)


def parse(condition: str, policy: Policy, day: date) -> Filter:
    """The customers that a condition means on `day`; WrongCondition shows where it cannot be understood.

    Use it as `… where customer.id in ({sql})`. Purchases and contacts after `day` do not count; amounts are those
    in the shop's currency.
    """
    parser = _Parser(condition, policy, day)
    sql = parser.whole()
    parameters = parser.parameters
    # Drivers refuse a parameter that the statement does not name, as well as one that it lacks.
    return Filter(
        f"select customer.id from customer where {sql}",
        {name: value for name, value in parameters.items() if f":{name}" in sql},
    )


class _Parser:
    """Reads a condition from left to right."""

    def __init__(self, condition: str, policy: Policy, day: date) -> None:
        self.parameters: dict[str, object] = {"where_currency": policy.currency, "where_day": day.isoformat()}
        self._condition = condition
        self._policy = policy
        self._day = day
        self._words = words(condition)
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        """The whole condition."""
        if self._next.kind == "end":
            raise self._wrong(self._next, "it is empty")
        sql = self._either()
        if self._next.kind != "end":
            raise self._wrong(self._next, "it goes on without `and` or `or`")
        return sql

    @property
    def _next(self) -> Word:
        return self._words[self._at]

    def _take(self) -> Word:
        word = self._next
        self._at += word.kind != "end"
        return word

    def _is(self, *texts: str) -> bool:
        return self._next.kind in ("word", "sign") and self._next.text.casefold() in texts

    def _took(self, text: str) -> bool:
        if self._is(text):
            self._at += 1
            return True
        return False

    def _expect(self, text: str, what: str) -> None:
        if not self._took(text):
            raise self._wrong(self._next, what)

    def _wrong(self, word: Word, what: str, hint: str = "") -> WrongCondition:
        return wrong(self._condition, word.at, what, hint)

    def _either(self) -> str:
        return self._joined("or", self._both)

    def _both(self) -> str:
        return self._joined("and", self._one)

    def _joined(self, by: str, part: Callable[[], str]) -> str:
        parts = [part()]
        while self._took(by):
            parts.append(part())
        return parts[0] if len(parts) == 1 else "(" + f" {by} ".join(parts) + ")"

    def _one(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(self._next, "it is nested too deeply")
        try:
            if self._took("not"):
                return f"(not {self._one()})"
            if self._took("("):
                sql = self._either()
                self._expect(")", "a `)` is missing here")
                return sql
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> str:
        word = self._take()
        field = FIELDS.get(word.text.casefold().replace("-", "_")) if word.kind == "word" else None
        if field is None:
            what = "a column is missing here" if word.kind != "word" else f"there is no column {word.text!r}"
            raise self._wrong(word, what, f"Columns are {', '.join(FIELDS)}.")
        if self._took("is"):
            negated = self._took("not")
            self._expect("empty", "`empty` or `not empty` belongs here")
            return self._negated(negated, self._empty(field))
        negated = self._took("not")
        if self._took("in"):
            return self._negated(negated, self._in(field))
        if self._took("contains"):
            return self._negated(negated, self._contains(field, word))
        sign = self._take()
        if negated or sign.kind != "sign" or sign.text not in _SIGNS:
            raise self._wrong(
                sign, "a sign belongs here", "Write =, !=, <, <=, >, >=, in (…), contains or is empty."
            )
        return self._compared(field, sign, self._value())

    def _negated(self, negated: bool, sql: str) -> str:
        return f"(not {sql})" if negated else sql

    def _value(self) -> Word:
        value = self._take()
        if value.kind not in ("word", "quoted"):
            raise self._wrong(value, "a value is missing here", "A value with blanks stands in quotes.")
        return value

    def _in(self, field: Field) -> str:
        self._expect("(", "a `(` belongs here, and then the values")
        parts = [self._compared(field, Word("sign", "=", self._next.at), self._value())]
        while self._took(","):
            parts.append(self._compared(field, Word("sign", "=", self._next.at), self._value()))
        self._expect(")", "a `)` is missing here")
        return "(" + " or ".join(parts) + ")"

    def _empty(self, field: Field) -> str:
        if field.kind == "bought":
            return f"(not {self._some_purchase(f'{field.sql} <> ' + self._parameter(''))})"
        if field.kind == "text":
            return f"({field.sql} = {self._parameter('none' if field.name == 'grade' else '')})"
        return f"({field.sql} is null)"

    def _contains(self, field: Field, word: Word) -> str:
        if field.kind not in ("text", "bought"):
            raise self._wrong(word, f"{field.name} is no text")
        part = self._value().text
        folded = search_key(part) if field.name == "name" else part.casefold()
        escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        column = "customer.search_key" if field.name == "name" else f"lower({field.sql})"
        return self._of_field(field, f"{column} like {self._parameter(f'%{escaped}%')} escape '\\'")

    def _compared(self, field: Field, sign: Word, value: Word) -> str:
        operator = "<>" if sign.text == "!=" else sign.text
        if field.kind in ("text", "bought", "yes or no"):
            if operator not in ("=", "<>"):
                raise self._wrong(
                    sign, f"{field.name} has no smaller or larger", "Write =, !=, in (…) or contains."
                )
            if field.kind == "yes or no":
                equal = f"({field.sql} = {self._parameter(self._yes_or_no(value))})"
            else:
                equal = self._same_text(field, value)
            return f"(not {equal})" if operator == "<>" else equal
        if field.kind == "days since":
            # So many days ago is a day: more days are an earlier one.
            since = self._day_before(self._number(value, whole=True), value)
            return f"({field.sql} {_TURNED.get(operator, operator)} {self._parameter(since)})"
        if field.kind == "day":
            return f"({field.sql} {operator} {self._parameter(self._iso_day(value))})"
        if field.kind == "money":
            return f"({field.sql} {operator} {self._parameter(self._minor_units(value))})"
        return f"({field.sql} {operator} {self._parameter(self._number(value))})"

    def _same_text(self, field: Field, value: Word) -> str:
        if field.name == "grade":
            known = {letter.casefold(): letter for letter in GRADES} | {"none": "none"}
            if value.text.casefold() not in known:
                raise self._wrong(value, f"there is no grade {value.text!r}", "Grades are A, B, C and none.")
            return f"({field.sql} = {self._parameter(known[value.text.casefold()])})"
        if field.name == "name":
            return f"(customer.search_key = {self._parameter(search_key(value.text))})"
        # SQLite folds the case of ASCII alone; other words are found as they were written.
        as_written, folded = self._parameter(value.text), self._parameter(value.text.casefold())
        return self._of_field(field, f"({field.sql} = {as_written} or lower({field.sql}) = {folded})")

    def _of_field(self, field: Field, sql: str) -> str:
        return self._some_purchase(sql) if field.kind == "bought" else f"({sql})"

    def _some_purchase(self, sql: str) -> str:
        return _SOME_PURCHASE.format(sql)

    def _parameter(self, value: object) -> str:
        name = f"where_{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def _yes_or_no(self, value: Word) -> int:
        known = {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0}
        if value.text.casefold() not in known:
            raise self._wrong(value, "this is neither yes nor no")
        return known[value.text.casefold()]

    def _number(self, value: Word, *, whole: bool = False) -> float:
        try:
            number = int(value.text) if whole else float(value.text)
        except ValueError:
            number = float("nan")
        if not -1e15 < number < 1e15:
            raise self._wrong(value, f"{value.text!r} is not a {'whole ' if whole else ''}number")
        return number

    def _minor_units(self, value: Word) -> int:
        try:
            units = minor_units(value.text, self._policy.currency)
        except ValueError:
            units = 1 << 62
        if abs(units) >= 1 << 62:
            raise self._wrong(
                value, f"{value.text!r} is not an amount of {self._policy.currency}", "Write it as 1234.50."
            )
        return units

    def _iso_day(self, value: Word) -> str:
        try:
            return date.fromisoformat(value.text).isoformat()
        except ValueError:
            raise self._wrong(value, f"{value.text!r} is not a day", "Write it as 2026-11-23.") from None

    def _day_before(self, days: float, value: Word) -> str:
        try:
            return (self._day - timedelta(days=days)).isoformat()
        except OverflowError:
            raise self._wrong(value, "that is too many days") from None
