"""Naming a customer."""

import pytest


@pytest.fixture
def named(retain, csv_file):
    """Whom some words mean: the external id, or the code of the refusal."""
    people = [
        "K1,Wang Fang,13800138001,wang.fang@example.com",
        "K2,Wang Wei,13800138002,WEI@example.com",
        "K3,Wang,13800138003,",
        "Wei,Li Lei,13800138004,",
        "K5,100% Floors_Ltd,13800138005,",
        "K6,Élise Straße,+33612345678,",
        "7,Ａnn,,ann@example.com",
        "K8,Zhou Yi,13800138008,",
        "K9,Zhou Yi,13800138009,",
        *(f"M{n},Many {n:02},," for n in range(12)),
        "M99,Many,,",
    ]
    retain("import", csv_file("c.csv", "Customer ID,Name,Phone,E-mail\n" + "\n".join(people) + "\n"))

    def find(words):
        answer = retain("show", "-f", "json", "--", words)
        return answer.data["customer"]["external_id"] if answer.code == 0 else answer.json["error"]["code"]

    return find


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("K2", "K2"),
        ("#2", "K2"),
        (" K2 ", "K2"),
        ("13800138002", "K2"),
        ("+86 138-0013-8002", "K2"),
        ("0086 138 0013 8002", "K2"),
        ("+33 6 12 34 56 78", "K6"),
        ("wei@EXAMPLE.com", "K2"),
        ("fang", "K1"),
        ("WANG  fang", "K1"),
        ("élise STRASSE", "K6"),
        ("ann", "7"),
        ("100%", "K5"),
        ("s_l", "K5"),
    ],
)
def test_a_customer_can_be_named_in_any_of_these_ways(named, words, expected):
    assert named(words) == expected


def test_an_external_id_wins_over_a_name(named):
    assert named("Wei") == "Wei"


def test_a_whole_name_wins_over_parts_of_others(named):
    assert named("wang") == "K3"


def test_a_whole_name_wins_over_more_parts_than_are_shown(named):
    assert named("many") == "M99"


@pytest.mark.parametrize("words", ["zhou yi", "wan", "m"])
def test_several_that_fit_are_refused(named, words):
    assert named(words) == "customer-ambiguous"


def test_those_that_fit_are_listed_with_what_tells_them_apart(retain, named):
    answer = retain("show", "zhou")
    assert answer.code == 2
    assert "K8 +8613800138008" in answer.err
    assert "K9 +8613800138009" in answer.err
    assert "and more" not in answer.err
    assert "and more" in retain("show", "m").err


@pytest.mark.parametrize(
    "words", ["nobody", "#99", "#0", "#x", "#" + "9" * 30, "0", "%", "_", "13800139999", "a@b.c", " ", "1"]
)
def test_who_fits_nobody_is_refused(named, words):
    expected = {"%": "K5", "_": "K5", "0": "customer-ambiguous", "1": "customer-ambiguous"}
    assert named(words) == expected.get(words, "customer-unknown")
