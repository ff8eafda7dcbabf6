"""Who bought how much, by grade."""


def test_amounts_of_the_period_are_added_per_grade_in_the_currency_of_the_shop(retain, csv_file):
    orders = [
        "1,2026-11-10,900,CNY",
        "1,2026-11-12,-50.50,CNY",
        "1,2026-11-12,7000,USD",
        "2,2026-11-30,100,CNY",
        "2,2026-12-01,9,CNY",
        "3,2026-10-31,200,CNY",
        "4,2020-01-01,200,CNY",
    ]
    retain(
        "import",
        csv_file("o.csv", "Customer ID,Date,Amount,Currency\n" + "\n".join(orders) + "\n"),
        today="2026-12-05",
    )
    retain("classify", today="2026-12-05")
    asked = ("report", "grades", "--from", "2026-11-01", "--to", "2026-11-30", "-f", "json")
    section = retain(*asked, today="2026-12-05").data["grades"]
    # By 24 months: customer 1 has 849.50, 3 has 200, 2 has 109; so one A, one B, one C and one without a grade.
    assert {
        grade: (e["customers"], e["bought"]["numerator"], e["amount"]["amount"]) for grade, e in section.items()
    } == {
        "A": (1, 1, "849.50"),
        "B": (1, 0, "0.00"),
        "C": (1, 1, "100.00"),
        "none": (1, 0, "0.00"),
    }
    assert section["A"]["amount"]["currency"] == "CNY"
