"""A file that says who serves each customer: the owner is theirs, and whoever is new joins the staff."""

import pytest

FILE = """\
Customer ID,Name,Sales rep
K1,Wang Fang,Li Na
K2,Zhao Min,Chen Hao
K3,Sun Li,LI NA
K4,Zhou Jie,
K5,Wu Di,No owner
"""


@pytest.fixture
def reps(csv_file):
    return csv_file("reps.csv", FILE)


def staff(retain):
    return {one["name"]: one["customers"] for one in retain("staff", "-f", "json").data}


def test_the_owner_is_set_and_people_are_added_once_each(retain, reps):
    done = retain("import", reps, "-f", "json").data[0]
    assert done["columns"]["Sales rep"] == "owner"
    assert done["staff_created"] == ["Li Na", "Chen Hao"]
    assert staff(retain) == {"Li Na": 2, "Chen Hao": 1}
    again = retain("import", reps, "-f", "json").data[0]
    assert (again["unchanged"], again["staff_created"]) == (5, [])


def test_the_summary_says_who_was_added_to_the_staff(retain, reps):
    assert "reps.csv: 2 people were added to the staff: Li Na, Chen Hao." in " ".join(
        retain("import", reps).out.split()
    )


def test_somebody_of_the_staff_is_known_by_the_whole_name_and_not_by_a_part(retain, csv_file):
    retain("import", csv_file("n.csv", "Customer ID,Name\nK0,Nobody\n"))
    retain("staff", "add", "Li Na", "--hours", "4")
    done = retain("import", csv_file("o.csv", "Customer ID,Owner\nK1,li na\nK2,Li\n"), "-f", "json").data[0]
    assert done["staff_created"] == ["Li"]
    assert staff(retain) == {"Li": 1, "Li Na": 1}


def test_an_empty_cell_leaves_the_owner_and_another_name_replaces_them(retain, reps, csv_file):
    retain("import", reps)
    answer = retain(
        "import", csv_file("b.csv", "Customer ID,Owner\nK1,\nK2,unassigned\nK3,Chen Hao\n"), "-f", "json"
    )
    assert (answer.data[0]["unchanged"], answer.data[0]["updated"]) == (2, 1)
    assert staff(retain) == {"Li Na": 1, "Chen Hao": 2}


def test_a_dry_run_shows_the_names_and_adds_nobody(retain, reps, csv_file):
    retain("import", reps)
    change = csv_file("b.csv", "Customer ID,Owner\nK1,Chen Hao\nK4,Gao Yu\n")
    answer = retain("import", change, "--dry-run", "-f", "json").data[0]
    changes = [one["changes"] for one in answer["row_by_row"]]
    assert changes == [
        [{"field": "owner", "old": "Li Na", "new": "Chen Hao"}], [{"field": "owner", "old": None, "new": "Gao Yu"}],
    ]  # fmt: skip
    assert answer["staff_created"] == ["Gao Yu"]
    assert staff(retain) == {"Li Na": 2, "Chen Hao": 1}


def test_undo_gives_the_old_owners_back_and_takes_whoever_came_with_the_file(retain, reps, csv_file):
    retain("import", reps)
    batch = retain("import", csv_file("b.csv", "Customer ID,Owner\nK1,Gao Yu\nK4,Chen Hao\n"), "-f", "json").data
    assert staff(retain) == {"Li Na": 1, "Chen Hao": 2, "Gao Yu": 1}
    undone = retain("undo", batch[0]["batch"], "-f", "json").data
    assert (undone["removed"], undone["restored"], undone["kept"]) == ({"staff": 1}, 2, [])
    assert staff(retain) == {"Li Na": 2, "Chen Hao": 1}


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (["staff", "set", "Li", "--hours", "4"], "was changed since"),
        (["staff", "assign", "K9", "--to", "Li"], "has customers since"),
        (["staff", "away", "Li", "2026-12-01"], "has days away since"),
        (["log-visit", "K9", "--staff", "Li"], "has visits since"),
        (["promise", "add", "K9", "quote", "--by", "2026-12-01", "--owner", "Li"], "has promises since"),
    ],
)
def test_undo_keeps_whoever_was_changed_or_is_counted_on_since_and_names_them(retain, reps, csv_file, since, why):
    retain("import", csv_file("k9.csv", "Customer ID,Name\nK9,Kept\n"))
    batch = retain("import", reps, "-f", "json").data[0]["batch"]
    assert retain(*since).code == 0
    undone = retain("undo", batch, "-f", "json").data
    assert undone["kept"] == [{"customer_id": None, "customer": "Li Na", "what": "staff", "why": why}]
    assert list(staff(retain)) == ["Li Na"]
    assert undone["removed"]["staff"] == 1


@pytest.mark.parametrize(
    "title",
    [
        "Owner", "Sales Rep", "Sales rep.", "Account Manager", "Assigned to", "Contact owner", "Account Owner",
        "业务员", "负责人", "客户经理", "专属导购", "担当者", "営業担当", "Kundenbetreuer", "Zuständig",
        "Verkäufer", "Commercial", "Chargé de clientèle", "Vendedor", "Asesor", "Säljare", "Kundansvarig",
    ],
)  # fmt: skip
def test_the_column_is_known_in_many_languages(retain, csv_file, title):
    path = csv_file("t.csv", f"Customer ID,Name,Phone,{title}\nK1,Wang Fang,13800138001,Li Na\n")
    done = retain("import", path, "-f", "json").data[0]
    assert done["columns"][title] == "owner"
    assert done["kind"] == "customers"
    assert staff(retain) == {"Li Na": 1}


@pytest.mark.parametrize(
    ("brand", "header", "row"),
    [
        (
            "hubspot-contacts",
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date",
            "1,Ada,Byron,ada@example.com,,Li Na,New,2026-01-05",
        ),
        (
            "salesforce-contacts",
            "Contact ID,Salutation,First Name,Last Name,Account Name,Account Owner,Email,Mailing City",
            "003,Ms.,Ada,Byron,Engines,Li Na,ada@example.com,London",
        ),
        (
            "zoho-crm",
            "Record Id,Contact Name,Contact Owner,Lead Source,Email",
            "zcrm_1,Ada Byron,Li Na,Web,ada@example.com",
        ),
        (
            "odoo-contacts",
            "External ID,Name,Is a company,Street,City,Country,Email,Salesperson",
            "r1,Ada Byron,FALSE,Elm Road 9,London,UK,ada@example.com,Li Na",
        ),
    ],
)
def test_brands_that_export_owners_bring_them(retain, csv_file, brand, header, row):
    done = retain("import", csv_file("export.csv", f"{header}\n{row}\n"), "-f", "json").data[0]
    assert (done["brand"], done["created"]) == (brand, 1)
    assert staff(retain) == {"Li Na": 1}


def test_a_name_that_is_too_long_for_one_is_refused_with_its_cell(retain, csv_file):
    answer = retain("import", csv_file("l.csv", f"Customer ID,Owner\nK1,{'x' * 61}\n"))
    assert answer.code == 65
    assert "longer than the 60 letters" in answer.err
    assert "Owner" in answer.err


def test_a_row_that_waits_for_the_review_brings_its_owner_when_it_is_decided(retain, csv_file):
    retain("import", csv_file("a.csv", "Customer ID,Name,Phone\nA,Ann,13800138001\nB,Bob,13800138001\n"))
    retain("import", csv_file("b.csv", "Name,Phone,Owner\nAnn,13800138001,Li Na\n"), "--source", "other")
    assert staff(retain) == {}
    assert retain("review", 1, "--take", "A").code == 0
    assert staff(retain) == {"Li Na": 1}


def test_the_owner_of_somebody_who_was_erased_or_refused_is_not_added(retain, csv_file):
    answer = retain(
        "import", csv_file("a.csv", "Name,Owner,Phone\nAnn,Li Na,\nBob,Chen Hao,13800138001\n"), "--skip-bad"
    )
    assert answer.code == 3
    assert staff(retain) == {"Chen Hao": 1}
