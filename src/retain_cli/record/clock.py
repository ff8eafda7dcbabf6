"""Keeping what is computed from visits true to them: when a service was last rendered, what was followed up."""

from retain_cli.store.store import Store

# A service that any contact settles counts every visit that reached the customer; another only its own.
LAST_RENDERED = """
    select max(visit.visited_on) from visit
    where visit.customer_id = clock.customer_id and visit.outcome <> 'not-reached'
        and (
            exists (select 1 from service where service.id = clock.service_id and service.settled_by = 'any visit')
            or exists (
                select 1 from visit_service
                where visit_service.visit_id = visit.id and visit_service.service_id = clock.service_id
            )
        )
"""
_OF_CUSTOMER = f"""
    update clock set last_on = ({LAST_RENDERED})
    where until_on is null and customer_id = :customer
"""
_OF_BATCH = f"""
    update clock set last_on = ({LAST_RENDERED})
    where until_on is null and customer_id in (select customer_id from visit where batch_id = :batch)
"""
# The next contact that reached the customer: on a later day, or logged later on the same one.
_NEXT_CONTACT = """
    select min(later.visited_on) from visit as later
    where later.customer_id = visit.customer_id and later.outcome <> 'not-reached'
        and (later.visited_on > visit.visited_on or (later.visited_on = visit.visited_on and later.id > visit.id))
"""
_FOLLOWED_OF_CUSTOMER = f"""
    update visit set followed_on = ({_NEXT_CONTACT}) where next_on is not null and customer_id = :customer
"""
_FOLLOWED_OF_BATCH = f"""
    update visit set followed_on = ({_NEXT_CONTACT})
    where next_on is not null and customer_id in (select customer_id from visit where batch_id = :batch)
"""


def set_clocks(store: Store, customer: int) -> None:
    """Set the clocks of one customer by the visits there are now."""
    store.run(_OF_CUSTOMER, {"customer": customer})
    store.run(_FOLLOWED_OF_CUSTOMER, {"customer": customer})


def set_clocks_of_batch(store: Store, batch: int) -> None:
    """Set the clocks of every customer that an import brought visits of."""
    store.run(_OF_BATCH, {"batch": batch})
    store.run(_FOLLOWED_OF_BATCH, {"batch": batch})
