"""Whom a row is about: external id, then phone, then e-mail; one fits and is updated, several are asked about."""

import pytest

WHO = "select external_id, name, phone, email from customer order by id"


def load(retain, csv_file, text, *options):
    return retain("import", csv_file("more.csv", text), *options, "-f", "json")


@pytest.fixture
def shop(retain, csv_file):
    """Wang with everything, Li with a phone and no id, Zhao with an e-mail alone."""
    text = (
        "Customer ID,Name,Phone,E-mail\n"
        "1,Wang Fang,13800138001,wang@example.cn\n"
        ",Li Lei,13800138002,\n"
        ",Zhao,,zhao@example.cn\n"
    )
    assert retain("import", csv_file("shop.csv", text)).code == 0


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("row", "position"),
    [
        ("1,X,13800138002,zhao@example.cn", 0),
        (",X,138-0013-8001,", 0),
        (",X,+86 138 0013 8002,zhao@example.cn", 1),
        (",X,,ZHAO@Example.CN", 2),
        ("7,X,13800138002,", 1),
        ("7,X,,zhao@example.cn", 2),
        (",X,13999999999,zhao@example.cn", 2),
    ],
    ids=["id before phone and e-mail", "phone in another notation", "phone before e-mail", "e-mail in any case",
         "phone of somebody without an id", "e-mail of somebody without an id", "unknown phone, known e-mail"],
)  # fmt: skip
def test_the_surest_way_of_naming_decides(retain, csv_file, rows, row, position):
    (entry,) = load(retain, csv_file, f"Customer ID,Name,Phone,E-mail\n{row}\n").data
    assert (entry["created"], entry["updated"]) == (0, 1)
    assert [n for n, kept in enumerate(rows(WHO)) if kept[1] == "X"] == [position]


@pytest.mark.usefixtures("shop")
def test_a_name_never_says_who_it_is(retain, csv_file, rows):
    (entry,) = load(retain, csv_file, "Customer ID,Name\n2,Wang Fang\n").data
    assert entry["created"] == 1
    assert [kept[1] for kept in rows(WHO)].count("Wang Fang") == 2


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("kind", ["customers", "purchases", "visits"])
def test_a_row_with_a_name_alone_is_refused(retain, csv_file, kind):
    text = {
        "customers": "Customer ID,Name\n,Wang Fang\n",
        "purchases": "Customer ID,Name,Order Date,Amount\n,Wang Fang,2026-01-02,1\n",
        "visits": "Customer ID,Name,Visit Date,Channel\n,Wang Fang,2026-01-02,call\n",
    }[kind]
    answer = load(retain, csv_file, text)
    assert answer.code == 65
    assert "a name alone may fit two people" in answer.json["error"]["problems"][0]


@pytest.mark.usefixtures("shop")
def test_somebody_with_another_id_only_shares_the_phone(retain, csv_file, rows):
    (entry,) = load(retain, csv_file, "Customer ID,Name,Phone\n2,Mrs Wang,13800138001\n").data
    assert entry["created"] == 1
    assert [kept[:3] for kept in rows(WHO)][-1] == ("2", "Mrs Wang", "+8613800138001")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("kind", ["customers", "purchases", "visits"])
@pytest.mark.parametrize("how", ["phone", "e-mail"])
def test_a_row_that_fits_two_people_goes_to_review_and_changes_neither(retain, csv_file, rows, machine, kind, how):
    load(
        retain, csv_file, "Customer ID,Phone,E-mail\n8,13800138008,both@example.cn\n9,13800138008,both@example.cn\n"
    )
    before = rows(WHO)
    who = "Phone\n13800138008" if how == "phone" else "E-mail\nboth@example.cn"
    column, cell = who.split("\n")
    text = {
        "customers": f"{column},Name\n{cell},Changed\n",
        "purchases": f"{column},Order Date,Amount\n{cell},2026-01-02,1\n",
        "visits": f"{column},Visit Date,Channel\n{cell},2026-01-02,call\n",
    }[kind]
    answer = load(retain, csv_file, text, "--rejects", machine / "bad.csv")
    assert answer.code == 3
    (entry,) = answer.json["data"]
    assert (entry["review"], entry["rejected"], entry["created"], entry["updated"]) == (1, 0, 0, 0)
    assert "1 row fits several customers" in answer.err
    assert not (machine / "bad.csv").exists()
    (waiting,) = retain("review", "-f", "json").data
    assert f"the {how}" in waiting["why"]
    assert [one["id"] for one in waiting["candidates"]] == [4, 5]
    assert rows(WHO) == before


@pytest.mark.usefixtures("shop")
def test_empty_cells_overwrite_nothing(retain, csv_file, rows):
    (entry,) = load(retain, csv_file, "Customer ID,Name,Phone,E-mail\n1, ,,new@example.cn\n").data
    assert entry["updated"] == 1
    assert rows(WHO)[0] == ("1", "Wang Fang", "+8613800138001", "new@example.cn")


@pytest.mark.usefixtures("shop")
def test_a_row_that_says_nothing_new_is_unchanged(retain, csv_file):
    (entry,) = load(retain, csv_file, "Customer ID,Name,Phone\n1,Wang  Fang,(138) 0013-8001\n").data
    assert (entry["updated"], entry["unchanged"]) == (0, 1)


def test_do_not_contact_is_raised_by_an_import_and_never_lowered(retain, csv_file):
    def wish():
        return retain("show", "1", "-f", "json").data["customer"]["do_not_contact"]

    load(retain, csv_file, "Customer ID,Name,DNC\n1,Wang,no\n")
    assert wish() is False
    load(retain, csv_file, "Customer ID,DNC\n1,yes\n")
    assert wish() is True
    for cell in ("no", "0", ""):
        (entry,) = load(retain, csv_file, f"Customer ID,DNC\n1,{cell}\n").data
        assert entry["unchanged"] == 1
        assert wish() is True


def test_two_rows_for_one_person_in_one_file_are_one_person(retain, csv_file, rows):
    text = (
        "Customer ID,Name,Phone,E-mail\n"
        "1,Wang,13800138001,\n1,Wang Fang,,wang@example.cn\n"
        ",Li,13800138002,\n,Li Lei,+8613800138002,li@example.cn\n,Li L.,,LI@example.cn\n"
    )
    (entry,) = load(retain, csv_file, text).data
    assert (entry["created"], entry["updated"]) == (2, 3)
    assert rows(WHO) == [
        ("1", "Wang Fang", "+8613800138001", "wang@example.cn"),
        (None, "Li L.", "+8613800138002", "li@example.cn"),
    ]


def test_a_phone_met_first_and_an_id_met_later_in_one_file_are_one_person(retain, csv_file, rows):
    text = "Customer ID,Name,Phone\n,Wang,13800138001\n1,Wang Fang,13800138001\n1,,13800138009\n"
    assert load(retain, csv_file, text).code == 0
    assert rows(WHO) == [("1", "Wang Fang", "+8613800138009", None)]


def test_a_customer_found_is_searched_by_the_new_name(retain, csv_file):
    load(retain, csv_file, "Customer ID,Name\n1,Wang\n")
    load(retain, csv_file, "Customer ID,Name\n1,Ｚｈａｏ Fang\n")
    assert [found["name"] for found in retain("list", "--search", "zhao", "-f", "json").data] == ["Ｚｈａｏ Fang"]


# Purchases and visits make people too


def test_a_purchase_of_nobody_known_makes_the_customer_from_what_the_row_says(retain, csv_file):
    header = "Customer ID,Name,Phone,E-mail,City,Address,Date,Amount\n"
    (entry,) = load(retain, csv_file, header + "1,Wang,13800138001,W@x.cn,Pudong,Road 1,2026-01-02,5\n").data
    assert (entry["created"], entry["customers_created"]) == (1, 1)
    who = retain("show", "1", "-f", "json").data["customer"]
    assert [who[key] for key in ("external_id", "name", "phone", "email", "area", "address")] == [
        "1", "Wang", "+8613800138001", "w@x.cn", "Pudong", "Road 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "name"),
    [("Customer ID", "K-1", "K-1"), ("Phone", "13800138001", "+8613800138001"), ("E-mail", "a@b.cn", "a@b.cn")],
)
def test_whoever_has_no_name_is_called_by_what_identifies_them(retain, csv_file, rows, column, cell, name):
    load(retain, csv_file, f"{column},Date,Amount\n{cell},2026-01-02,5\n")
    assert rows("select name from customer") == [(name,)]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("kind", ["purchases", "visits"])
def test_a_line_of_somebody_known_makes_nobody(retain, csv_file, rows, kind):
    head, line = (
        ("Date,Amount", "2026-01-02,5") if kind == "purchases" else ("Visit Date,Channel", "2026-01-02,call")
    )
    text = f"Customer ID,Phone,E-mail,{head}\n1,,,{line}\n,13800138002,,{line}\n,,zhao@example.cn,{line}\n"
    (entry,) = load(retain, csv_file, text).data
    assert (entry["created"], entry["customers_created"]) == (3, 0)
    table = kind[:-1]
    assert rows(f"select customer_id, count(*) from {table} group by 1") == [(1, 1), (2, 1), (3, 1)]


@pytest.mark.usefixtures("shop")
def test_whoever_is_found_by_phone_takes_the_id_so_that_the_id_alone_finds_them_later(retain, csv_file, rows):
    load(retain, csv_file, "Customer ID,Phone,Date,Amount\nL2,13800138002,2026-01-02,5\n")
    (entry,) = load(retain, csv_file, "Customer ID,Date,Amount\nL2,2026-02-02,5\n").data
    assert entry["customers_created"] == 0
    assert rows(WHO)[1] == ("L2", "Li Lei", "+8613800138002", None)


@pytest.mark.parametrize("fault", ["never,5,1", "2026-01-02,ten,1", "2026-01-02,5,many", "2026-01-02,5,1\x07"])
def test_a_line_that_is_refused_makes_nobody(retain, csv_file, rows, fault):
    text = f"Customer ID,Date,Amount,Quantity\nGood,2026-01-02,5,1\nBad,{fault}\n"
    answer = load(retain, csv_file, text, "--skip-bad")
    assert answer.code == 3
    assert answer.json["data"][0]["customers_created"] == 1
    assert rows("select external_id from customer") == [("Good",)]
