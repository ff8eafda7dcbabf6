"""The words a contact is described with."""

CHANNELS = ("visit", "call", "message", "mail", "event", "other")

OUTCOMES = ("done", "not-reached", "refused", "incident")

DECISIONS = ("skip", "snooze", "pause", "never", "inactive", "deceased")
"""`never` is do-not-contact, `inactive` a customer who moved away or gave up."""

TICKET_KINDS = ("complaint", "repair", "maintenance", "question")

EVENT_KINDS = ("forum", "tasting", "party", "other")

ANSWERS = ("yes", "no", "maybe")

CAMPAIGN_CHANNELS = ("mail", "message", "call", "visit")

CAMPAIGN_STATES = ("chosen", "sending", "sent", "failed")
