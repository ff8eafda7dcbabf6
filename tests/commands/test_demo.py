"""`retain demo`."""


def test_the_demo_leaves_nothing_and_needs_nothing(retain, machine):
    answer = retain("demo")
    assert answer.code == 0
    assert "Monday 23 November 2026" in answer.out
    assert not list(machine.glob("**/*.db"))


def test_a_kept_demo_can_be_played_with(retain, machine):
    assert retain("demo", "--keep", "play.db").code == 0
    assert (machine / "play.db").stat().st_mode & 0o077 == 0
    assert retain("list", "--db", "play.db", "-f", "json").data
    shown = retain("due", "--db", "play.db")
    assert shown.out in retain("demo").out


def test_it_counts_its_customers_as_its_list_does(retain):
    said = retain("demo", "--keep", "count.db").err
    customers = len(retain("list", "--db", "count.db", "-f", "json").data)
    assert said.startswith(f"A small flooring shop: {customers} customers, ")


def test_a_demo_never_replaces_a_file(retain, machine):
    (machine / "mine.db").write_text("mine")
    assert retain("demo", "--keep", "mine.db").code == 73
    assert (machine / "mine.db").read_text() == "mine"


def test_the_whole_demo_has_every_record_and_every_section_of_the_report(retain, tmp_path):
    shop = str(tmp_path / "whole.db")
    report = retain("demo", "--whole", "--keep", shop, "-f", "json", today="").data
    assert report["promises"]["kept_rate"] == {"rate": 0.6, "numerator": 3, "denominator": 5}
    assert report["tickets"]["opened"] == 5
    assert report["benefits"]["points"] == {"granted": 900, "used": 120, "expired": 180}
    assert report["referral"]["brought"] == 3
    assert {one["service"]: one["declined"] for one in report["acceptance"]["services"]}["maintenance"] == 2
    assert [one["owner"] for one in report["goals"]["goals"]] == ["Liu Hong", "Chen Jie", "Zhou Min"]
    whose = [one["staff"] for one in report["coverage"]["staff"]]
    assert whose == ["Chen Jie", "Liu Hong", "Zhou Min", "nobody's own"]
    listed = (("staff",), ("promise",), ("ticket",), ("goal",), ("offer",), ("referrals",), ("need",),
              ("preference", "list"), ("feedback", "list", "--all"))  # fmt: skip
    for words in listed:
        assert retain(*words, "-f", "json", "--db", shop, today="2026-11-23").data, words


def test_the_whole_demo_lives_its_records_on_their_days(retain, tmp_path):
    shop = str(tmp_path / "whole.db")
    assert retain("demo", "--whole", "--keep", shop, today="").code == 0
    assert {one["made_on"] for one in retain("promise", "list", "--closed", "-f", "json", "--db", shop).data} == {
        "2026-06-08", "2026-06-15", "2026-07-06", "2026-08-03", "2026-09-07",
    }  # fmt: skip
