"""Customers' answers question by question, as commands answer with them."""

from collections.abc import Mapping

from retain_cli.commands.parameters import Json


def as_list(ratings: Mapping[str, int]) -> list[Json]:
    """The answers for programs."""
    return [{"question": question, "score": score} for question, score in ratings.items()]


def in_words(ratings: list[Json]) -> str:
    """The answers on one line: `politeness 5, punctuality 4`."""
    return ", ".join(f"{one['question']} {one['score']}" for one in ratings)
