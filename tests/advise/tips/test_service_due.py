"""Care that falls due on what they own is a reason to talk."""


def test_maintenance_is_offered_with_what_they_own(retain, csv_file):
    text = "Customer ID,Date,Product,Amount\n1,2026-01-05,oak floor,9000\n1,2026-01-06,mop,40\n"
    retain("import", csv_file("o.csv", text))
    retain("classify", today="2026-01-10")
    # The plan: an A has maintenance every six months.
    retain("log-visit", "1", "--service", "maintenance", today="2026-05-20")
    tips = retain("advise", "1", "-f", "json", today="2026-11-10").data
    (tip,) = [one for one in tips if one["tip"] == "service due"]
    assert (tip["product"], tip["due_on"]) == ("maintenance", "2026-11-20")
    assert "they own oak floor of 2026-01-05" in tip["because"]
    assert retain("advise", "1", "-f", "json", today="2026-07-01").data == []
