"""The grades a customer can have."""

GRADES = ("A", "B", "C")

NONE_YET = "none"
"""How the lack of a grade is written where it needs a word: no purchase in the window."""
