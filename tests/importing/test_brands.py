"""Brands: known by their headers, read as their files say, refused where they cannot serve."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retain_cli.importing.brands import Brand, brands
from retain_cli.importing.fields import normal

SHARED = Path(__file__).parents[3] / "shared" / "data" / "formats"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def fixtures() -> list[dict[str, Any]]:
    path = SHARED / "brand_fixtures_35.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


@pytest.fixture
def shop(retain, csv_file, machine) -> Callable[[str], None]:
    """An empty shop in a country, for the phones that are written without one."""

    def make(region: str) -> None:
        retain("import", csv_file("nobody.csv", "Customer ID,Name\n"))
        base = sqlite3.connect(machine / "shop.db")
        with base:
            base.execute("insert into policy (name, value) values ('region', ?)", (region,))
        base.close()

    return make


@needs_shared
@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture["brand"])
def test_every_brand_of_the_collection_gives_what_it_states(retain, shop, tmp_path, fixture):
    path = tmp_path / "export.csv"
    path.write_text(fixture["csv"], encoding="utf-8", newline="")
    shop("SE")
    lines = fixture["csv"].splitlines()[1:]
    # The owner of the account stands in a column of his own; only the first address of a line is the customer's.
    stated = [found[0].casefold() for line in lines if (found := ADDRESS.findall(line)) and "EXTRA" not in line]
    stated = [address for address in stated if "pullup" not in address]
    answer = retain("import", path, "--skip-bad", "-f", "json")
    if fixture["brand"].startswith("Instagram"):
        assert answer.code == 65
        assert answer.json["error"]["code"] == "customer-missing"
        return
    rejected = fixture.get("expectRejects", 0) + fixture.get("expectSkipped", 0)
    assert answer.code == (3 if rejected else 0)
    assert answer.data[0]["rejected"] == rejected
    assert answer.data[0]["skipped"] == 0
    customers = retain("list", "-f", "json").data
    found = sorted(customer["email"] for customer in customers if customer["email"])
    assert found == (sorted(stated) if fixture["expectEmail"] else [])
    assert len(customers) == answer.data[0]["created"] == max(len(stated), 1)
    for customer in customers:
        if fixture.get("expectName", True):
            parts = customer["name"].split()
            assert len(parts) > 1
            assert any(all(part in line for part in parts) for line in lines)


@needs_shared
@pytest.mark.parametrize(
    ("file", "brand", "customers"),
    [
        ("cn_stored_value_members.csv", "member-cards", ["演示乙", "演示甲"]),
        ("google_contacts_2024_labels.csv", "google-contacts", ["Grace Brewster Hopper"]),
        ("google_contacts_old_header.csv", "google-contacts", []),
        ("hubspot_contacts.csv", "hubspot-contacts", ["Camille Durand", "John Smith"]),
        ("hubspot_contacts_2.csv", "hubspot-contacts", ["Alice Johnson", "Bob Smith", "Carol White"]),
        ("linkedin_connections.csv", "linkedin-connections", ["山本太郎"]),
        ("messy_excel.csv", None, ["+15556003", "Jane Smith", "John Doe"]),
        ("odoo_customers_tags.csv", "odoo-contacts", 5),
        ("outlook_contacts.csv", "outlook-contacts", ["Linus Torvalds"]),
        ("salesforce_leads.csv", "salesforce-leads", ["Jane Smith", "John Doe"]),
        ("shopify_customers_2026.csv", "shopify-customers", ["Hollis Pettibone", "Teodoro Villaseñor"]),
        ("shopify_customers_nl_bom.csv", "shopify-customers", ["Anna Jansen"]),
        ("stripe_customers.csv", "stripe-customers", ["Elena Vasquez", "John Doe"]),
        ("woocommerce_orders_header.csv", "woocommerce-orders", []),
        ("zoho_leads.csv", "zoho-crm", ["Priya Nair", "Raj Malhotra", "Vikram Singh"]),
    ],
)
def test_samples_of_other_programs_are_recognised(retain, shop, file, brand, customers):
    shop({"cn": "CN", "zo": "IN"}.get(file[:2], "US"))
    imported = retain("import", SHARED / file, "--skip-bad", "-f", "json").data[0]
    assert imported["brand"] == brand
    found = sorted(customer["name"] for customer in retain("list", "-f", "json").data)
    assert (len(found) if isinstance(customers, int) else found) == customers


@needs_shared
@pytest.mark.parametrize("file", ["google_contacts_ja.csv", "japanese_contacts.csv"])
def test_japanese_names_keep_the_family_first(retain, shop, file):
    shop("JP")
    assert retain("import", SHARED / file).code == 0
    names = {customer["name"] for customer in retain("list", "-f", "json").data}
    assert names >= ({"山本太郎", "John Q Public"} if "google" in file else {"山田花子", "佐藤太郎"})


@needs_shared
@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("example-wechat-records.csv", "brand-cannot-serve"),
        ("example-wechat-records.xlsx", "brand-cannot-serve"),
        ("example-mt-records.csv", "brand-cannot-serve"),
        # Its rows have a cell more than its header, which is told first.
        ("example-jd-records.csv", ("header-short", "brand-cannot-serve")),
        ("messy_agency_chaos.csv", "kind-unknown"),
        ("messy_rtl_arabic.csv", "kind-unknown"),
        ("odoo_customers_contacts.csv", "customer-missing"),
    ],
)
def test_what_cannot_serve_is_refused_and_leaves_no_database(retain, machine, file, code):
    answer = retain("import", SHARED / file, "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] in code
    assert not (machine / "shop.db").exists()


@needs_shared
def test_a_wechat_bill_serves_once_somebody_is_named_and_only_its_sales_count(retain):
    path = SHARED / "example-wechat-records.csv"
    with path.open(encoding="utf-8") as file:
        records = [row for row in csv.reader(file) if len(row) > 5 and row[0][:2] == "20"]
    sales = [row for row in records if row[4] == "收入" and row[1] == "二维码收款"]
    done = retain("import", path, "--map", "交易对方=external_id", "-f", "json").data[0]
    assert done["skipped"] == len(records) - len(sales)
    # The file has one of its sales twice, with the same number of the transaction.
    assert done["created"] + done["unchanged"] == len(sales)
    amounts = {row[2]: row[5].removeprefix("¥") for row in sales}
    customers = retain("list", "-f", "json").data
    assert {customer["name"]: customer["amount"]["amount"] for customer in customers} == amounts


@needs_shared
def test_card_numbers_of_an_export_are_not_kept(retain, machine, shop):
    shop("US")
    retain("import", SHARED / "stripe_customers.csv")
    assert b"4242424242424242" not in (machine / "shop.db").read_bytes()


def full_header(brand: Brand) -> list[str]:
    """Every header the brand's file names."""

    def named(what: Any) -> list[str]:
        if isinstance(what, str):
            return [what]
        if isinstance(what, list):
            return [header for one in what for header in named(one)]
        keys = ("join", "given", "middle", "family", "times", "plus", "less", "year", "month", "day", "column")
        return [header for key in keys if key in what for header in named(what[key])]

    first = [sorted(one)[0] for one in brand.required]
    columns = [header for field, what in brand.columns.items() if field != "identity" for header in named(what)]
    return list(dict.fromkeys([*first, *columns]))


@pytest.mark.parametrize("brand", brands().values(), ids=lambda brand: brand.code)
def test_no_other_brand_takes_a_brands_own_headers(brand):
    headers = frozenset(map(normal, full_header(brand)))
    assert [one.code for one in brands().values() if one.fits(headers)] == [brand.code]


@pytest.mark.parametrize("brand", brands().values(), ids=lambda brand: brand.code)
def test_a_brand_says_only_fields_of_its_kind_and_where_its_export_is(brand):
    assert set(brand.columns) - {"identity"} <= set(brand.kind.words)
    assert brand.export
    assert brand.date_order in (None, "ymd", "dmy", "mdy")


def test_two_brands_that_fit_are_both_named_and_the_user_decides(retain, csv_file):
    path = csv_file(
        "both.csv",
        "First Name,Last Name,URL,Connected On,Email Address,MEMBER_RATING\nAlma,Ahl,x,12 Mar 2025,a@x.org,4\n",
    )
    refused = retain("import", path, "-f", "json")
    assert refused.code == 65
    assert refused.json["error"]["code"] == "brand-ambiguous"
    assert "LinkedIn" in refused.json["error"]["message"]
    assert "Mailchimp" in refused.json["error"]["message"]
    assert "--brand mailchimp-audience" in refused.json["error"]["hint"]
    assert retain("import", path, "--brand", "mailchimp-audience", "-f", "json").data[0]["created"] == 1


def test_a_brand_that_does_not_fit_is_refused_and_an_unknown_one_lists_them(retain, csv_file):
    path = csv_file("c.csv", "Name,Email\nAnna,a@x.org\n")
    answer = retain("import", path, "--brand", "shopify-orders", "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "brand-does-not-fit")
    answer = retain("import", path, "--brand", "nobody")
    assert answer.code == 2
    assert "woocommerce-orders" in answer.err


def test_brand_none_goes_by_the_header_alone(retain, csv_file):
    path = csv_file("c.csv", "Name,Member ID,Joined Group on\nAnna,7,2026-01-01\n")
    assert retain("import", path, "-f", "json").data[0]["brand"] == "meetup-members"
    assert retain("import", path, "--brand", "none", "-f", "json").data[0]["brand"] is None


def test_a_plain_file_asks_no_brand(retain, csv_file):
    brands.cache_clear()
    retain("import", csv_file("p.csv", "Customer ID,Date,Amount,Order Number\n7,2026-01-01,1.00,A1\n"))
    assert brands.cache_info().currsize == 0


def test_the_brand_and_the_rows_left_out_are_told(retain, csv_file):
    text = (
        "order_id,order_date,order_status,customer_id,billing_email,order_total,order_currency\n"
        "1,2026-01-05 10:00:00,wc-completed,7,a@x.org,12.00,CNY\n"
        "2,2026-01-06 10:00:00,wc-cancelled,7,a@x.org,99.00,CNY\n"
    )
    answer = retain("import", csv_file("w.csv", text))
    told = " ".join(answer.out.split())
    assert "a file of WooCommerce orders" in told
    assert "1 left out: orders that were cancelled, paid back or never paid" in told


def test_map_stands_before_the_brand_and_a_dash_leaves_a_column_out(retain, csv_file):
    path = csv_file("m.csv", "Name,Member ID,Joined Group on,Location\nAnna,7,x,Oslo\n")
    retain("import", path, "--map", "Location=address", "--map", "Name=-")
    shown = retain("list", "-f", "json").data[0]
    assert (shown["name"], shown["area"]) == ("7", "Oslo")


def test_exports_of_one_program_share_the_ids_of_its_customers(retain, csv_file):
    customers = "Customer ID,Username,First name,Last name,Email,Total spend\n7,kal,Kal,Kund,k@x.org,1\n"
    orders = (
        "order_id,order_date,order_status,customer_id,billing_email,order_total,order_currency\n"
        "1,2026-01-05 10:00:00,completed,7,other@x.org,12.00,CNY\n"
    )
    retain("import", csv_file("c.csv", customers), csv_file("o.csv", orders))
    listed = retain("list", "-f", "json").data
    assert [(customer["name"], customer["orders"]) for customer in listed] == [("Kal Kund", 1)]


@pytest.mark.parametrize("brand", brands().values(), ids=lambda brand: brand.code)
def test_the_page_of_brands_has_a_line_for_each(brand):
    page = (Path(__file__).parents[2] / "docs" / "import-brands.md").read_text(encoding="utf-8")
    holds = f"cannot serve: {brand.refuses}" if brand.refuses else brand.kind.name
    assert f"| `{brand.code}` | {brand.name} | {holds} | {brand.export} |\n" in page
