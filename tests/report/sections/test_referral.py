"""Who brought whom."""


def test_rate_conversion_and_revenue_are_of_the_period(done, ask, rate, csv_file):
    done("refer", 1, "--brought", 4, "--on", "2026-10-01")
    done("refer", 1, "--brought", 5, "--on", "2026-11-05")
    people = csv_file("new.csv", "Customer ID,Name\n6,Flo\n7,Gus\n")
    done("import", people)
    done("refer", 2, "--brought", 6, "--on", "2026-11-06")
    done("refer", 2, "--brought", 7, "--on", "2026-11-06")
    orders = "6,2026-12-05,300,CNY\n6,2026-12-06,-50,CNY\n6,2026-12-06,70,USD\n7,2027-01-01,9,CNY\n"
    done("import", csv_file("later.csv", "Customer ID,Date,Amount,Currency\n" + orders), today="2027-01-02")
    section = ask("referral", today="2027-01-02")
    assert section["brought"] == 3
    # Ed bought in November, Flo in December, Gus not before January.
    assert section["converted"] == rate(2, 3)
    # Six customers bought by the end of December; Ann and Bo brought somebody in the period.
    assert section["referral_rate"] == rate(2, 6)
    # Di 996 and Ed 995 in November, Flo 250 in December.
    assert section["revenue"] == {"amount": "2241.00", "currency": "CNY"}
    assert section["grades"]["A"]["revenue"]["amount"] == "1991.00"
    assert [(one["customer"]["name"], one["brought_ever"]) for one in section["customers"]] == [
        ("Ann", 2),
        ("Bo", 2),
    ]


def test_who_brought_somebody_without_having_bought_is_no_part_of_the_rate(done, ask, rate, csv_file):
    done("import", csv_file("new.csv", "Customer ID,Name\n6,Flo\n7,Gus\n8,Hal\n"))
    done("refer", 6, "--brought", 7)
    done("refer", 1, "--brought", 8)
    section = ask("referral")
    # Flo and Ann brought one each; of the five who bought only Ann did.
    assert (section["brought"], section["referral_rate"]) == (2, rate(1, 5))
    assert section["grades"]["none"]["referral_rate"] == rate(0, 0)
    assert {one["customer"]["name"] for one in section["customers"]} == {"Ann", "Flo"}
