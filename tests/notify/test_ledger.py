"""One digest for each day, member of staff and channel, and none disturbs another."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from retain_cli.notify import ledger
from retain_cli.notify.ledger import Slot, Standing
from retain_cli.store.store import open_store

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def test_a_key_is_the_same_for_the_same_digest_and_no_other():
    slots = [Slot(*of) for of in product((DAY, DAY + timedelta(days=1)), (None, "li", "wang"), ("mail", "phone"))]
    keys = {slot.key(shop) for slot in slots for shop in ("one", "two")}
    assert len(keys) == 2 * len(slots)
    assert Slot(DAY, "li", "mail").key("one") == Slot(DAY, "li", "mail").key("one")
    # Names that run into each other stay two.
    assert Slot(DAY, "li", "mail").key("one") != Slot(DAY, "", "li\nmail").key("one")


def test_staff_on_one_channel_are_told_apart(shop):
    li, wang, all_of_it = (Slot(DAY, staff, "phone") for staff in ("li", "wang", None))
    with open_store(shop, writes=True) as store:
        for slot in (li, wang, all_of_it):
            assert ledger.standing(store, slot, NOW, "here", alone=True) is Standing.FREE
            ledger.claim(store, slot, slot.key("shop"), 1, NOW, "here")
        ledger.mark_sent(store, li, NOW)
        ledger.mark_failed(store, wang, "refused", NOW)
        found = [ledger.standing(store, slot, NOW, "there", alone=True) for slot in (li, wang, all_of_it)]
        assert found == [Standing.SENT, Standing.WAITING, Standing.ELSEWHERE]
        later = Slot(DAY + timedelta(days=1), "wang", "phone")
        ledger.claim(store, later, later.key("shop"), 1, NOW, "here")
        row = ledger.row(store, all_of_it)
        assert row is not None
        assert row.state == "sending"
        row = ledger.row(store, wang)
        assert row is not None
        assert row.state == "superseded"
        assert [(entry.staff, entry.digest_on.day) for entry in ledger.newest(store)] == [
            ("", 23), ("li", 23), ("wang", 24),
        ]  # fmt: skip


def test_waits_grow_fourfold_and_end_at_six_hours(shop):
    slot, waits = Slot(DAY, None, "phone"), []
    with open_store(shop, writes=True) as store:
        for _ in range(40):
            ledger.claim(store, slot, "key", 1, NOW, "here")
            waits.append((ledger.mark_failed(store, slot, "refused", NOW) - NOW) // timedelta(minutes=1))
    assert waits[:6] == [1, 4, 16, 64, 256, 360]
    assert set(waits[6:]) == {360}
