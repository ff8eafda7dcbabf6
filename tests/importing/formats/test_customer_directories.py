"""Directories of customers as selling programs export them, and orders that name no customer."""

# ruff: noqa: E501  # exports are as wide as they are
import pytest

SQUARE = """\
Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking
,Ada,Example,ada@x.org,'+12125551847,,,1 Fern St,Apt 2,Elko,NV,89801,1980-02-29,likes ferns,SQ1,Merge,2025-01-02,2026-10-05,3,$90.00,subscribed,No,No
,,,,,,Tea House,,,,,,,,SQ2,Instant Profile,2026-10-06,2026-10-06,1,$45.00,unknown,Yes,No
,Bo,Stone,bo@x.org,,Bobby,,,,,,,12-31,,SQ3,Directory,,,0,$0.00,unsubscribed,No,No
"""
BIGCOMMERCE = """\
Customer ID,First Name,Last Name,Company,Email,Phone,Notes,Store Credit,Customer Group,Date Joined,Addresses,Receive Review/Abandoned Cart Emails?,Tax Exempt Category
5,Ada,Example,,ada@x.org,+1 212-555-1847,likes ferns,0.00,,01/31/2025,,Y,
6,,,Tea House,bo@x.org,,,12.50,Wholesale,02/01/2025,,N,
"""
BULK_EDIT = """\
Email,First Name,Last Name,Company,Phone,Notes,Store Credit,Customer Group,Date Joined,Address ID - 1,Address First Name - 1,Address Last Name - 1,Address Company - 1,Address Line 1 - 1,Address Line 2 - 1,Address City - 1,Address State - 1,Address Zip - 1,Address Country - 1,Address Phone - 1,Receive Review/Abandoned Cart Emails?,Tax Exempt Category,Customer ID
ada@x.org,Ada,Example,,,,0.00,,01/31/2025,1,Ada,Example,,1 Fern St,Apt 2,Elko,Nevada,89801,United States,+1 212 555 1847,Y,,5
"""
# Name, phone, e-mail, address, area, month and day of birth, note and id of each customer.
EXPECTED = {
    "square": (
        SQUARE,
        [
            ("Ada Example", "+12125551847", "ada@x.org", "1 Fern St, Apt 2, 89801, Elko, NV", "Elko", 2, 29, "likes ferns", "SQ1"),
            ("Tea House", None, None, None, None, None, None, None, "SQ2"),
            ("Bo Stone", None, "bo@x.org", None, None, 12, 31, None, "SQ3"),
        ],
    ),
    "bigcommerce": (
        BIGCOMMERCE,
        [
            ("Ada Example", "+12125551847", "ada@x.org", None, None, None, None, "likes ferns", "5"),
            ("Tea House", None, "bo@x.org", None, None, None, None, None, "6"),
        ],
    ),
    "bulk edit": (
        BULK_EDIT,
        [
            ("Ada Example", "+12125551847", "ada@x.org", "1 Fern St, Apt 2, 89801, Elko, Nevada, United States", "Elko", None, None, None, "5"),
        ],
    ),
}  # fmt: skip
SAID = (
    "select name, phone, email, address, area, birth_month, birth_day, note, external_id from customer order by id"
)
MEITUAN = "门店名称,账单日期,交易类型,订单号,下单时间,商品总价,商家活动支出,平台服务费,商家应收款\n"


@pytest.mark.parametrize("brand", EXPECTED)
def test_a_directory_gives_each_customer(retain, csv_file, rows, brand):
    text, expected = EXPECTED[brand]
    answer = retain("import", csv_file("customers.csv", text), "-f", "json")
    assert (answer.code, answer.data[0]["brand"]) == (
        0,
        f"{'square' if brand == 'square' else 'bigcommerce'}-customers",
    )
    assert rows(SAID) == expected


def test_the_directory_and_the_sales_of_square_are_about_the_same_customers(retain, csv_file, rows):
    items = (
        "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Transaction ID,Event Type,Customer ID,Customer Name\n"
        "2026-10-05,10:15:00,Nails,Manicure,1,$45.00,$0.00,$45.00,T1,Payment,SQ1,Ada Example\n"
    )
    usd = ("--currency", "USD")
    assert retain("import", csv_file("items.csv", items), csv_file("customers.csv", SQUARE), *usd).code == 0
    assert rows("select count(*) from customer") == [(3,)]
    assert rows("select external_id from customer join purchase on customer_id = customer.id") == [("SQ1",)]


def test_order_details_of_meituan_are_refused_for_they_name_no_customer(retain, csv_file):
    row = "茶馆,2026-08-01,外卖订单,5301890193521352344,2026-08-01 12:03:04,52.00,5.00,4.10,36.90\n"
    answer = retain("import", csv_file("orders.csv", MEITUAN + row))
    assert answer.code == 65
    assert "Meituan order details" in answer.err
    assert "no customer" in answer.err
    assert retain("list").code == 72
