"""What is never offered, and to whom nothing is."""

import pytest


@pytest.fixture
def floors(shop):
    """Whoever buys a floor buys glue with it, but for 4 and 5."""
    shop(
        [f"{n},2026-01-05,{product}" for n in (1, 2, 3) for product in ("floor", "glue")]
        + ["4,2026-01-05,floor", "5,2026-01-05,floor"]
        + [f"{n},2026-01-05,chair" for n in range(6, 13)]
    )


def told(retain, product="glue"):
    return {one["customer"]["external_id"] for one in retain("advise", "--product", product, "-f", "json").data}


def test_what_came_back_is_never_offered_again(retain, shop, floors, offers):
    assert "glue" in offers("4")["bought together"]
    shop(["4,2026-02-05,glue", "4,2026-02-09,glue,,-1,-100"], "back.csv")
    assert offers("4") == {}
    assert told(retain) == {"5"}


def test_what_they_were_given_for_nothing_they_have(retain, shop, floors, offers):
    shop(["4,2026-02-05,glue,,1,0"], "gift.csv")
    assert offers("4") == {}
    assert told(retain) == {"5"}


@pytest.mark.parametrize("how", [("--sat", 2), ("--outcome", "incident")])
def test_what_they_complained_of_is_never_offered(retain, floors, offers, how):
    retain("log-visit", "4", "--note", "The Glue of our neighbours smells", *how)
    assert offers("4") == {}
    assert told(retain) == {"5"}


@pytest.mark.parametrize(
    "complained",
    [
        ("ticket", "open", "4", "complaint", "The Glue of our neighbours smells"),
        ("feedback", "add", "4", "The Glue of our neighbours smells", "--kind", "complaint"),
    ],
)
def test_what_is_named_in_a_complaint_is_not_offered_from_its_day_on(retain, floors, offers, complained):
    assert retain(*complained).code == 0
    assert offers("4") == {}
    assert told(retain) == {"5"}
    assert "glue" in offers("4", today="2026-11-22")["bought together"]


@pytest.mark.parametrize(
    "asked",
    [
        ("ticket", "open", "4", "question", "Which glue holds?"),
        ("feedback", "add", "4", "Glue in smaller tubes", "--kind", "suggestion"),
    ],
)
def test_what_they_asked_about_may_be_offered(retain, floors, offers, asked):
    assert retain(*asked).code == 0
    assert "glue" in offers("4")["bought together"]
    assert told(retain) == {"4", "5"}


def test_what_was_named_on_a_good_visit_is_offered(retain, floors, offers):
    retain("log-visit", "4", "--note", "asked about glue", "--sat", 5)
    assert "glue" in offers("4")["bought together"]


def test_whoever_asked_not_to_be_contacted_is_counted_and_not_listed(retain, csv_file, floors):
    retain("import", csv_file("c.csv", "Customer ID,Name,Do not contact\n4,Wang,yes\n"))
    assert told(retain) == {"5"}
    assert "1 is left out: 1 asked not to be contacted." in retain("advise", "--product", "glue").out
    assert retain("advise", "4", "-f", "json").data == []
    assert "asked not to be contacted" in retain("advise", "4").out


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (("pause", "4", "--until", "2030-01-01"), "paused"),
        (("contact", "4", "--deceased"), "deceased"),
        (("contact", "4", "--inactive"), "inactive"),
        (("contact", "4", "--never"), "asked not to be contacted"),
    ],
)
def test_whoever_is_to_be_left_alone_is_told_of_no_product(retain, floors, offers, decided, said):
    assert told(retain) == {"4", "5"}
    assert retain(*decided).code == 0
    assert told(retain) == {"5"}
    assert f"1 is left out: 1 {said}." in retain("advise", "--product", "glue").out
    assert offers("4") == {}
    assert f"Nothing to offer 4: {said}." in retain("advise", "4").out


def test_the_limit_comes_after_the_ranking_and_says_how_many_more(retain, floors):
    answer = retain("advise", "--product", "glue", "--limit", 1)
    assert "and 1 more" in answer.out


def test_a_product_is_named_by_a_part_of_its_name(retain, floors):
    assert told(retain, "GLU") == {"4", "5"}


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "Name a customer"),
        (["1", "--rules"], "Name a customer"),
        (["--product", "sofa"], "nobody bought 'sofa'"),
        (["--product", "l"], "floor, glue"),
    ],
)
def test_what_cannot_be_meant_is_refused(retain, floors, argv, words):
    answer = retain("advise", *argv)
    assert answer.code == 2
    assert words in answer.err
