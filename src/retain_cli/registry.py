"""Families: a folder of modules that all offer the same, found by being there."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def members(package: ModuleType) -> list[ModuleType]:
    """The modules of a family, by name; adding a file adds a member."""
    return [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]


def sentence(member: ModuleType) -> str:
    """The first line of a member's docstring: what people are told it is."""
    return (member.__doc__ or "").strip().partition("\n")[0]
