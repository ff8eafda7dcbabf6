"""The words a contact is described with."""

CHANNELS = ("visit", "call", "message", "mail", "event", "other")

OUTCOMES = ("done", "not-reached", "refused", "incident")
