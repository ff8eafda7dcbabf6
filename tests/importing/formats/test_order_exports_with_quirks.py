"""Order exports as shops abroad and plugins write them: decimal commas, an order over several rows, refunds beside."""

# ruff: noqa: E501  # exports are as wide as they are
import pytest

_BOUGHT = "select order_number, bought_on, amount, product, quantity from purchase order by bought_on, order_number, product"

STRIPE_ABROAD = """\
id,Created date (UTC),Amount,Amount Refunded,Currency,Description,Status,Customer ID,Customer Email
ch_1,2026-05-05 19:00:12,"24,00","0,00",eur,Lampe,Paid,cus_1,ada@x.org
ch_2,2026-05-06 19:00:12,"1.024,50","4,50",eur,Lampe,Paid,cus_1,ada@x.org
ch_3,2026-05-07 19:00:12,"1,024.50",4.50,eur,Lampe,Paid,cus_1,ada@x.org
"""
ETSY_ABROAD = """\
Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,Discount Amount,Status
05.03.2026,3001,lena88,Lena Vogt,EUR,"82,27","8,20",Shipped
31.03.2026,3002,lena88,Lena Vogt,EUR,"10,00","0,00",Shipped
"""
WOO_ITEMS = """\
order_id,order_number,order_date,status,order_total,refunded_total,order_currency,customer_id,billing_first_name,billing_last_name,billing_email,item_name,item_quantity,item_total,item_refunded
11,11,2026-05-01 10:00:00,completed,35.00,4.00,EUR,7,Ida,Kurz,ida@x.org,Tee,2,20.00,4.00
11,11,2026-05-01 10:00:00,completed,35.00,4.00,EUR,7,Ida,Kurz,ida@x.org,Kanne,1,10.00,0
12,12,2026-05-02 10:00:00,cancelled,35.00,0,EUR,7,Ida,Kurz,ida@x.org,Kanne,1,10.00,0
"""
WOO_REFUNDED = """\
order_id,order_date,status,order_total,refunded_total,order_currency,customer_id,billing_first_name,billing_last_name,billing_email
11,2026-05-01,completed,35.00,15.00,EUR,7,Ida,Kurz,ida@x.org
"""
WOO_ADVANCED = """\
Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Phone (Billing),Order Currency,Order Total Amount,SKU,Item Name,Quantity (- Refund),Item Cost,Discount Amount
501,Completed,2026-03-04 11:00,Max,Roth,max@x.org,+49 731 123456,EUR,35,K1,Kerze,2,10,0
501,Completed,2026-03-04 11:00,Max,Roth,max@x.org,+49 731 123456,EUR,35,K2,Docht,1,10.50,0
502,Cancelled,2026-03-05 11:00,Max,Roth,max@x.org,+49 731 123456,EUR,35,K2,Docht,1,10.50,0
"""
BIGCOMMERCE_UNPAID = """\
Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Status,Order Total (inc tax),Refund Amount,Order Currency Code
100,3,Ann Lee,ann@x.org,14/02/2026,Partially Refunded,20.00,5.00,AUD
101,3,Ann Lee,ann@x.org,15/02/2026,Awaiting Payment,20.00,0,AUD
"""


@pytest.mark.parametrize(
    ("brand", "text", "lines"),
    [
        (
            "stripe-payments",
            STRIPE_ABROAD,
            [
                ("ch_1", "2026-05-05", 2400, "Lampe", 1),
                ("ch_2", "2026-05-06", 102000, "Lampe", 1),
                ("ch_3", "2026-05-07", 102000, "Lampe", 1),
            ],
        ),
        ("etsy-orders", ETSY_ABROAD, [("3001", "2026-03-05", 7407, "", 1), ("3002", "2026-03-31", 1000, "", 1)]),
        (
            "woocommerce-order-items",
            WOO_ITEMS,
            [("11", "2026-05-01", 1000, "Kanne", 1), ("11", "2026-05-01", 1600, "Tee", 2)],
        ),
        ("woocommerce-orders", WOO_REFUNDED, [("11", "2026-05-01", 2000, "", 1)]),
        (
            "woocommerce-advanced-orders",
            WOO_ADVANCED,
            [("501", "2026-03-04", 1050, "Docht", 1), ("501", "2026-03-04", 2000, "Kerze", 2)],
        ),
        ("bigcommerce-orders", BIGCOMMERCE_UNPAID, [("100", "2026-02-14", 1500, "", 1)]),
    ],
)
def test_each_line_comes_to_what_was_paid_for_it(retain, csv_file, rows, brand, text, lines):
    done = retain("import", csv_file("export.csv", text), "-f", "json").data[0]
    assert (done["brand"], done["rejected"]) == (brand, 0)
    assert rows(_BOUGHT) == lines


def test_what_is_worked_out_has_a_point_whatever_sign_is_said_by_hand(retain, csv_file, rows):
    path = csv_file("export.csv", STRIPE_ABROAD)
    assert retain("import", path, "--decimal", "comma").code == 0
    assert [amount for _, _, amount, *_ in rows(_BOUGHT)] == [2400, 102000, 102000]


def test_days_with_points_are_not_taken_for_american_ones(retain, csv_file):
    one_day = "\n".join(ETSY_ABROAD.splitlines()[:2]) + "\n"
    answer = retain("import", csv_file("export.csv", one_day), "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "date-order")


def test_the_path_of_a_colleague_in_exchange_is_no_address(retain, csv_file):
    text = (
        "First Name,Middle Name,Last Name,E-mail Address,E-mail 2 Address,Mobile Phone\n"
        "Tom,,Hill,/o=ExchangeLabs/ou=x/cn=tom,tom@x.org,\n"
    )
    assert retain("import", csv_file("contacts.csv", text)).code == 0
    assert retain("list", "-f", "json").data[0]["email"] == "tom@x.org"
