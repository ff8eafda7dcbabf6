"""Whom a row is about: id of its source, then phone, then e-mail; and rows that fit several."""

import pytest

CUSTOMERS = "Customer ID,Name,Phone,Email,Area,Do not contact\n"
ORDERS = "Customer ID,Name,Phone,Order date,Amount,Product\n"
VISITS = "Phone,Visit date,Outcome,Service,Satisfaction\n"


@pytest.fixture
def take_in(retain, csv_file):
    def run(text, *options, code=0, name="file.csv"):
        answer = retain("import", csv_file(name, text), *options, "-f", "json")
        assert answer.code == code, answer.out + answer.err
        return answer.data[0]

    return run


@pytest.fixture
def people(retain):
    """Name, id and phone of everybody, by number."""

    def read():
        found = sorted(retain("list", "-f", "json").data, key=lambda one: one["id"])
        return [(one["name"], one["external_id"], one["phone"]) for one in found]

    return read


@pytest.fixture
def household(take_in):
    """Two people on one phone."""
    take_in(CUSTOMERS + "C1,Wang Wei,13800138000,w@example.com,,\nC2,Wang Fang,13800138000,,,\n")


def came_to(answer):
    keys = ("created", "updated", "unchanged", "rejected", "review")
    return {key: answer[key] for key in keys if answer[key]}


def test_the_same_id_of_another_program_is_another_person(take_in, people):
    take_in(CUSTOMERS + "1001,Wang Wei,13800138000,,,\n", "--source", "till")
    take_in(CUSTOMERS + "1001,Li Na,13800138001,,,\n", "--source", "webshop")
    assert [name for name, _, _ in people()] == ["Wang Wei", "Li Na"]


def test_the_ids_of_two_programs_are_joined_by_the_phone_and_both_are_known_from_then_on(take_in, people, retain):
    take_in(CUSTOMERS + "T7,Wang Wei,13800138000,,,\n", "--source", "till")
    assert came_to(take_in(CUSTOMERS + "W9,,13800138000,,,\n", "--source", "webshop")) == {"updated": 1}
    assert came_to(take_in(CUSTOMERS + "W9,,,,North,\n", "--source", "webshop")) == {"updated": 1}
    assert came_to(take_in(CUSTOMERS + "T7,,,,North,\n", "--source", "till")) == {"unchanged": 1}
    assert people() == [("Wang Wei", "T7", "+8613800138000")]
    assert retain("show", "W9", "-f", "json").data["customer"]["external_id"] == "T7"


def test_the_id_wins_over_the_phone_and_the_phone_over_the_e_mail(take_in, people):
    take_in(CUSTOMERS + "C1,One,13800138001,one@example.com,,\nC2,Two,13800138002,two@example.com,,\n")
    take_in(CUSTOMERS + "C1,,13800138002,,North,\n,,13800138002,one@example.com,South,\n", code=3)
    assert people()[0] == ("One", "C1", "+8613800138002")


def test_a_name_is_never_enough(take_in, people):
    take_in(CUSTOMERS + "C1,Wang Wei,13800138000,,,\n")
    assert came_to(take_in(CUSTOMERS + "C2,Wang Wei,13800138001,,,\n")) == {"created": 1}
    answer = take_in(CUSTOMERS + ",Wang Wei,,,,\n", "--skip-bad", code=3)
    assert came_to(answer) == {"rejected": 1}


def test_do_not_contact_is_never_lowered(take_in, retain):
    take_in(CUSTOMERS + "C1,Wang Wei,,,,yes\n")
    assert came_to(take_in(CUSTOMERS + "C1,Wang Wei,,,,no\n")) == {"unchanged": 1}
    assert retain("show", "C1", "-f", "json").data["customer"]["do_not_contact"] is True


def test_a_row_that_fits_two_waits_and_the_others_are_taken_in(take_in, household, retain):
    answer = take_in(ORDERS + ",,13800138000,2026-10-01,10.00,Tea\nC1,,,2026-10-01,20.00,Cup\n", code=3)
    assert came_to(answer) == {"created": 1, "review": 1}
    (row,) = retain("review", "-f", "json").data
    assert [one["name"] for one in row["candidates"]] == ["Wang Wei", "Wang Fang"]
    assert (row["file"], row["line"], row["values"]["amount"]) == ("file.csv", 2, 1000)
    assert "#1 Wang Wei" in retain("review").out


def test_the_same_file_again_does_not_ask_twice(take_in, household, retain):
    text = ORDERS + ",,13800138000,2026-10-01,10.00,Tea\n" * 2
    take_in(text, code=3)
    assert came_to(take_in(text, code=3)) == {"review": 2}
    assert len(retain("review", "-f", "json").data) == 2


@pytest.mark.parametrize(
    "text",
    [
        ORDERS + ",,13800138000,2026-10-01,10.00,Tea\n",
        VISITS + "13800138000,2026-11-20,done,maintenance,5\n",
        CUSTOMERS + ",,13800138000,,North,\n",
    ],
)
@pytest.mark.parametrize("decision", [("--take", "C2"), ("--new",), ("--drop",)])
def test_a_decision_takes_the_row_in_and_holds_when_the_file_comes_again(
    take_in, household, retain, text, decision
):
    take_in(text, code=3)
    assert retain("review", 1, *decision).code == 0
    assert retain("review", "-f", "json").data == []
    everything = [retain("show", f"#{n}", "-f", "json").out for n in (1, 2, 3)]
    again = take_in(text)
    assert came_to(again) == {"unchanged": 1}
    assert [retain("show", f"#{n}", "-f", "json").out for n in (1, 2, 3)] == everything
    got = retain("show", "C2", "-f", "json").data
    there = bool(got["purchases"] or got["visits"] or got["customer"]["area"])
    assert there == (decision[0] == "--take")
    assert retain("show", "#3").code == (0 if decision == ("--new",) else 2)


def test_two_equal_rows_that_waited_are_two_purchases(take_in, household, retain):
    take_in(ORDERS + ",,13800138000,2026-10-01,10.00,Tea\n" * 2, code=3)
    assert retain("review", 1, "--take", "C1", "--same", "-f", "json").data == [
        {"row": 1, "decision": "take", "customer": 1},
        {"row": 2, "decision": "take", "customer": 1},
    ]
    assert len(retain("show", "C1", "-f", "json").data["purchases"]) == 2


def test_a_decision_teaches_the_id(take_in, household, retain):
    text = "Customer ID,Phone,Order date,Amount\nW1,13800138000,2026-10-01,10.00\n"
    take_in(text, "--source", "webshop", code=3)
    retain("review", 1, "--take", "C2")
    take_in(text.replace("10.00", "11.00"), "--source", "webshop")
    assert len(retain("show", "C2", "-f", "json").data["purchases"]) == 2


@pytest.mark.parametrize(
    ("rule", "whose"), [("first", "Wang Wei"), ("newest", "Wang Fang"), ("new", "Somebody"), ("skip", None)]
)
def test_scripts_can_say_what_to_do_with_a_row_that_fits_several(take_in, household, retain, rule, whose):
    text = ORDERS + ",Somebody,13800138000,2026-10-01,10.00,Tea\n"
    answer = take_in(text, "--on-conflict", rule)
    bought = [one["name"] for one in retain("list", "-f", "json").data if one["orders"]]
    assert bought == ([whose] if whose else [])
    assert answer["undecided"] == (0 if whose else 1)
    take_in(text, "--on-conflict", rule)
    assert [one["name"] for one in retain("list", "-f", "json").data if one["orders"]] == bought
    assert retain("review", "-f", "json").data == []


def test_a_rule_that_is_none_is_refused(retain, csv_file):
    answer = retain("import", csv_file("o.csv", ORDERS), "--on-conflict", "guess")
    assert answer.code == 2
    assert "review, first, newest, new, skip" in answer.err


def test_a_row_is_decided_once_and_in_one_way(take_in, household, retain):
    take_in(ORDERS + ",,13800138000,2026-10-01,10.00,Tea\n", code=3)
    for words in (("1",), ("1", "--new", "--drop"), ("--new",), ("9", "--drop")):
        assert retain("review", *words).code == 2
    assert retain("review", 1, "--drop").code == 0
    assert retain("review", 1, "--new").code == 2


def test_an_undone_import_takes_its_waiting_rows_along(take_in, household, retain):
    batch = take_in(ORDERS + ",,13800138000,2026-10-01,10.00,Tea\n" * 2, code=3)["batch"]
    retain("review", 1, "--new")
    assert retain("undo", batch).code == 0
    assert retain("review", "-f", "json").data == []
    assert len(retain("list", "-f", "json").data) == 2


def test_somebody_who_was_erased_does_not_come_back(take_in, retain, machine, people):
    from datetime import date

    from retain_cli.store.erasure import remember_erased
    from retain_cli.store.store import open_store

    take_in(CUSTOMERS + "C1,Wang Wei,13800138000,,,\n")
    with open_store(machine / "shop.db", writes=True) as store:
        remember_erased(
            store,
            date(2026, 11, 23),
            source="shop",
            external_id="C9",
            phone="+8613900139000",
            email="gone@example.com",
        )
    text = CUSTOMERS + "C9,Gone,,,,\n,Gone,13900139000,,,\n,Gone,,gone@example.com,,\nC2,Li Na,,,,\n"
    answer = take_in(text)
    assert (answer["created"], answer["suppressed"]) == (1, 3)
    assert take_in(ORDERS + "C9,Gone,,2026-10-01,10.00,Tea\n")["suppressed"] == 1
    assert [name for name, _, _ in people()] == ["Wang Wei", "Li Na"]
    kept = (machine / "shop.db").read_bytes()
    assert b"13900139000" not in kept
    assert b"gone@example.com" not in kept


def test_the_id_of_an_erased_person_is_free_in_another_program(take_in, machine, people):
    from datetime import date

    from retain_cli.store.erasure import remember_erased
    from retain_cli.store.store import open_store

    take_in(CUSTOMERS + "C1,Wang Wei,,,,\n")
    with open_store(machine / "shop.db", writes=True) as store:
        remember_erased(store, date(2026, 11, 23), source="till", external_id="7")
    take_in(CUSTOMERS + "7,Li Na,,,,\n", "--source", "webshop")
    assert [name for name, _, _ in people()] == ["Wang Wei", "Li Na"]


def test_two_people_of_one_name_in_a_column_called_customer_stay_two(retain, csv_file, rows):
    text = "Customer,Phone,Date,Amount\nAnn Lee,13800138001,2026-01-05,5\nAnn Lee,13800138002,2026-01-05,6\n"
    assert retain("import", csv_file("sales.csv", text)).code == 0
    assert rows("select name, external_id from customer") == [("Ann Lee", None), ("Ann Lee", None)]


@pytest.mark.parametrize("names", [("Ann Lee", "Bo"), ("王芳", "李娜"), ("Lee, Ann", "Núñez, José")])
def test_names_alone_in_a_column_called_customer_are_refused(retain, csv_file, names):
    text = "Customer,Date,Amount\n" + "".join(f'"{name}",2026-01-05,5\n' for name in names)
    answer = retain("import", csv_file("sales.csv", text), "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "customer-missing")


@pytest.mark.parametrize("ids", [("1001", "1002"), ("K-7", "K 8"), ("ALFKI", "ANATR")])
def test_numbers_in_a_column_called_customer_are_their_ids(retain, csv_file, rows, ids):
    text = "Customer,Date,Amount\n" + "".join(f"{one},2026-01-05,5\n" for one in ids)
    assert retain("import", csv_file("sales.csv", text)).code == 0
    assert rows("select external_id from customer order by id") == [(one,) for one in ids]


def test_a_column_called_customer_beside_their_numbers_holds_the_names(retain, csv_file, rows):
    text = "Customer No,Customer,Date,Amount\n7,Ann Lee,2026-01-05,5\n"
    assert retain("import", csv_file("sales.csv", text)).code == 0
    assert rows("select name, external_id from customer") == [("Ann Lee", "7")]


def test_who_says_by_hand_that_names_tell_customers_apart_is_believed(retain, csv_file, rows):
    path = csv_file("sales.csv", "Customer,Date,Amount\nAnn Lee,2026-01-05,5\n")
    assert retain("import", path, "--map", "Customer=external_id").code == 0
    assert rows("select external_id from customer") == [("Ann Lee",)]
