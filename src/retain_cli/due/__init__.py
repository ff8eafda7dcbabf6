"""Whom to contact on a day, and why: computed when it is read, from plan, visits and the day."""
