"""Whom of your old customers to contact today, why, and whether it worked."""

__version__ = "0.1.0"
