"""Who is left alone: the one rule that stands before every list, export and campaign.

A question that lists customers selects `LEFT_OUT` and, unless what it is for is a service call, `CONTACTED_ENOUGH`,
over the tables `customer` and `enrolment`, and passes `parameters`. Both are SQL expressions; nothing else in
the program decides whether a customer may be contacted.
"""

from datetime import date, timedelta

from retain_cli.store.policy import Policy

DO_NOT_CONTACT = "asked not to be contacted"
PAUSED = "paused"
ENOUGH = "contacted often enough"
CHANNEL = "refused every way this is done"
WORDS = (DO_NOT_CONTACT, "deceased", "inactive", PAUSED, ENOUGH, CHANNEL)
"""Why somebody is left out, as it is said."""

LEFT_OUT = f"""
    case when customer.do_not_contact then '{DO_NOT_CONTACT}' else (
        select case min(case kind when 'deceased' then 1 when 'inactive' then 2 when 'never' then 3 else 4 end)
            when 1 then 'deceased' when 2 then 'inactive' when 3 then '{DO_NOT_CONTACT}' when 4 then '{PAUSED}' end
        from decision
        where decision.customer_id = customer.id and lifted_on is null and (
            kind in ('deceased', 'inactive')
            or (kind = 'never' and channel is null)
            or (kind = 'pause' and until_on > :until)
        )
    ) end
"""
"""In words why the customer is not to be contacted at all, or null."""

MOST_TOUCHES = """
    case enrolment.grade
        when 'A' then :touches_a when 'B' then :touches_b when 'C' then :touches_c else :touches_none
    end
"""
"""How many contacts the customer's grade bears in the days before; none is no limit."""

IS_TOUCH = """
    visited_on > :touched_since and visited_on <= :until and outcome <> 'not-reached' and not exists (
        select 1 from visit_service join service on service.id = visit_service.service_id
        where visit_service.visit_id = visit.id and :service_calls like '%,' || service.name || ',%'
    )
"""
"""Whether a visit is such a contact; service calls are none."""

CONTACTED_ENOUGH = f"""
    {MOST_TOUCHES} between 1 and (
        select count(*) from visit where visit.customer_id = customer.id and {IS_TOUCH}
    )
"""
"""Whether as many contacts as their grade bears lie in the days before, service calls not counted."""


def parameters(policy: Policy, day: date) -> dict[str, object]:
    """What the two expressions are asked with, as of the end of `day`."""
    return {
        "until": day.isoformat(),
        "touched_since": (day - timedelta(days=policy.touch_days)).isoformat(),
        "touches_a": policy.touches_a,
        "touches_b": policy.touches_b,
        "touches_c": policy.touches_c,
        "touches_none": policy.touches_none,
        "service_calls": f",{','.join(service_calls(policy))},",
    }


def service_calls(policy: Policy) -> list[str]:
    """The services that customers expect, by name."""
    return [" ".join(name.casefold().split()) for name in policy.service_calls.split(",") if name.strip()]
