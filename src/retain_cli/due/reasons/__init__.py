"""Reasons to contact somebody: one file each.

A reason's docstring is the sentence people see, `NAME` what it is called, `WEIGHT` how much it counts in the
ranking, and `reached(asked)` gives the occurrences whose day has come within what is asked.
`GUESSED` is true where it is a guess at what the customer will do, so that nothing is planned for a day to come.
`IF_ROOM` is true where nothing was planned or agreed: the list takes as many as the day has room for.
`EXPECTED` is true where the customer waits for it, so that it is never one contact too many.
"""
