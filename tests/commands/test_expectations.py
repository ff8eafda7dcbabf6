"""What `show`, `list` and `classify` say of what is expected."""

DAY = "1998-07-01"


def test_the_list_goes_by_expected_orders_and_says_how_sure_each_is(music_shop):
    listed = music_shop("list", "--sort", "expected", "-f", "json", today=DAY).data
    orders = [one["prediction"]["expected_orders"]["value"] for one in listed]
    assert len(orders) == 2357
    assert orders == sorted(orders, reverse=True)
    for one in listed[:50]:
        for name in ("p_alive", "expected_orders"):
            assert one["prediction"][name]["low"] < one["prediction"][name]["high"]
    amounts = music_shop("list", "--sort", "expected-amount", "-f", "json", today=DAY).data
    minor = [float(one["prediction"]["expected_amount"]["value"]["amount"]) for one in amounts]
    assert minor == sorted(minor, reverse=True)


def test_other_orders_of_the_list(music_shop):
    recent = music_shop("list", "--sort", "recency", "-f", "json", today=DAY).data
    days = [one["last_on"] for one in recent]
    assert days == sorted(days, reverse=True)
    bought = {one["external_id"]: one for one in recent}
    fifths = {}
    for measure in ("last_on", "orders", "amount"):
        values = {
            c: float(one["amount"]["amount"]) if measure == "amount" else one[measure] for c, one in bought.items()
        }
        in_order = sorted(values.values())
        fifths[measure] = {c: in_order.index(v) * 5 // len(in_order) for c, v in values.items()}
    by_rfm = music_shop("list", "--sort", "rfm", "-f", "json", today=DAY).data
    sums = [sum(fifth[one["external_id"]] for fifth in fifths.values()) for one in by_rfm]
    assert sums == sorted(sums, reverse=True)
    assert music_shop("list", "--sort", "colour", today=DAY).code == 2


def test_a_customers_page_has_each_number_with_its_interval(music_shop):
    printed = music_shop("show", "20111", today=DAY).out
    assert "Still buying  96% (95–97)" in printed
    assert "Expected      12.4 (12.1–12.7) orders in 180 days from 1998-07-01" in printed
    assert "Likely next   1998-06-21 to 1998-07-07, if at all" in printed
    assert (
        "Likely next   1998-01-09 to 1998-05-08, if at all (gone by)" in music_shop("show", "00004", today=DAY).out
    )


def test_classify_says_what_was_fitted_and_can_leave_it(music_shop):
    told = music_shop("classify", "-f", "json", today="1998-07-02").data["predictions"]
    assert (told["model"], told["customers"], told["repeaters"]) == ("mbg-nbd", 2357, 1139)
    kept = music_shop("show", "20111", "-f", "json", today=DAY).data["prediction"]
    assert "predictions" not in music_shop("classify", "--no-predict", "-f", "json", today="1998-07-09").data
    assert music_shop("show", "20111", "-f", "json", today=DAY).data["prediction"] == kept
    # A dry run keeps nothing of it either.
    music_shop("classify", "--dry-run", today="1998-07-09")
    assert music_shop("show", "20111", "-f", "json", today=DAY).data["prediction"] == kept


def test_a_shop_too_small_says_so_wherever_expected_orders_would_stand(retain, shop):
    assert "No expected orders: it takes 50 customers who came back (so far: 1)" in " ".join(
        retain("classify").out.split()
    )
    listed = retain("list", "--sort", "expected")
    assert "No expected orders" in listed.out
    one = retain("show", "K1", "-f", "json").data["prediction"]
    assert (one["p_alive"], one["expected_orders"], one["expected_amount"], one["next_from"]) == (None,) * 4


def test_before_anything_was_predicted_the_list_says_what_to_do(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-06-01,5\n"))
    assert "run retain classify" in retain("list", "--sort", "expected").out
    assert retain("show", "1", "-f", "json").data["prediction"] is None
