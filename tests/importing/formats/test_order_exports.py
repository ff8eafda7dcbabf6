"""Orders as shops and marketplaces export them: what each line comes to, whose it is, and what is left out."""

# ruff: noqa: E501  # exports are as wide as they are
import sqlite3
from pathlib import Path

import pytest

SHOPIFY = """\
Name,Email,Financial Status,Currency,Subtotal,Discount Amount,Created at,Lineitem quantity,Lineitem name,\
Lineitem price,Lineitem discount,Billing Name,Billing Phone,Shipping City,Cancelled at,Refunded Amount
#1001,ada@x.org,paid,USD,47.00,5.00,2026-09-03 10:14:00 -0400,2,Fern,16.00,0,Ada Example,,Elko,,0.00
#1001,ada@x.org,,,,,,1,Tote,20.00,0,,,,,
#1002,,paid,USD,25.00,0,2026-09-10 09:00:00 -0400,1,Mug,25.00,0,Bo,'+12125551847,Elko,,0.00
#1003,cy@x.org,paid,USD,45.00,0,2026-09-10 09:00:00 -0400,1,Mug,25.00,0,Cy,,Elko,2026-09-12 13:00:00 -0400,0.00
#1003,cy@x.org,,,,,,1,Tote,20.00,0,,,,,
#1004,ada@x.org,partially_refunded,USD,16.00,0,2026-09-11 09:00:00 -0400,1,Fern,16.00,0,Ada Example,,Elko,,4.00
#1005,,paid,USD,25.00,0,2026-09-10 09:00:00 -0400,1,Mug,25.00,0,,,,,0.00
"""
BIGCOMMERCE = """\
Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Order Total (inc tax),\
Order Currency Code
1,5,Ada Example,ada@x.org,,01/31/2026,Completed,20.00,USD
2,0,Bo,bo@x.org,,02/01/2026,Shipped,5.50,USD
3,5,Ada Example,ada@x.org,,02/02/2026,Cancelled,9.00,USD
"""
ETSY_ORDERS = """\
Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,Discount Amount,Order Total,Status,Ship City
12/30/25,3935,ada,Ada Example,EUR,82.27,8.23,80.85,Completed,Bonn
01/02/26,3936,,Guest,EUR,10.00,0.00,10.00,Completed,Bonn
"""
ETSY_ITEMS = """\
Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Item Total,Currency,Transaction ID,Ship Name,Order ID
09/03/26,"Mug, speckled",ada,2,34.00,8.00,68.00,CAD,4001,Ada Example,9001
09/03/26,Soap,ada,1,9.00,0,9.00,CAD,4002,Ada Example,9001
"""
AMAZON = (
    "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\tbuyer-phone-number\tproduct-name\t"
    "quantity-purchased\tcurrency\titem-price\n"
    "123-45\t1\t2026-01-01T10:50:49-08:00\ta1@marketplace.example.com\tAda Example\t+1 480-555-0100 ext. 77\t"
    "Item 1\t2\tUSD\t30.00\n"
)
STRIPE = """\
id,Description,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email,Card Name
ch_1,Lamp,2026-05-05 19:00,24.00,4.00,usd,Paid,cus_1,ada@x.org,Ada Example
ch_2,Lamp,2026-05-06 19:00,24.00,0.00,usd,Failed,cus_1,ada@x.org,Ada Example
ch_3,Lamp,2026-05-07 19:00,24.00,0.00,usd,Paid,,,Ada Example
"""
SQUARE_ITEMS = """\
Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Transaction ID,Event Type,Customer ID,Customer Name
2026-10-05,10:15:00,Nails,Manicure,1,"$1,045.00",-$5.00,"$1,040.00",T1,Payment,C1,Ada Example
2026-10-06,10:15:00,Nails,Manicure,1,-$45.00,$0.00,-$45.00,T2,Refund,C1,Ada Example
2026-10-06,11:15:00,Nails,Manicure,1,$45.00,$0.00,$45.00,T3,Payment,,
"""
SQUARE_TRANSACTIONS = """\
Date,Time,Gross Sales,Net Sales,Total Collected,Transaction ID,Description,Event Type,Customer ID,Customer Name
2026-10-05,10:15:00,$50.00,$45.00,$47.00,T1,Mug x 1,Payment,C1,Ada Example
"""
WOOCOMMERCE = """\
order_id,order_date,order_status,customer_id,billing_first_name,billing_last_name,billing_email,billing_phone,\
order_total,order_currency
1,2026-01-05 10:00:00,wc-completed,7,Ada,Example,ada@x.org,,12.00,EUR
2,2026-01-06 10:00:00,wc-completed,0,Bo,Guest,bo@x.org,,5.00,EUR
3,2026-01-07 10:00:00,wc-failed,7,Ada,Example,ada@x.org,,99.00,EUR
"""
TAOBAO = """\
订单编号,买家会员名,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量
="1930679858170647",幸福,598.00,交易成功,马慧,吉林省 通化市,'13800138000,2026-03-01 10:00:00,2026-03-01 10:01:00,茶杯,2
="1930679858170648",王**,100.00,交易成功,王**,***,*******1234,2026-03-02 10:00:00,2026-03-02 10:01:00,茶杯,1
="1930679858170649",幸福,100.00,交易关闭,马慧,吉林省 通化市,'13800138000,2026-03-02 10:00:00,null,茶杯,1
="1930679858170650",小李,60.00,交易成功,李**,***,*******9876,2026-03-03 10:00:00,2026-03-03 10:01:00,茶杯,1
"""
JD = """\
订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,订单状态,下单帐号,客户姓名,联系电话
1001,A,甲,1,2026-01-15 10:00:00,250.00,500.00,完成,jd_ada,冯颖,1******6198
1001,B,乙,2,2026-01-15 10:00:00,125.00,500.00,完成,jd_ada,冯颖,1******6198
1002,A,甲,1,2026-01-16 10:00:00,250.00,250.00,(删除)等待付款,jd_ada,冯颖,1******6198
"""
ALIPAY = """\
交易号,商家订单号,交易创建时间,付款时间,类型,交易对方,商品名称,金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态
`1\t,2,2026-01-10 08:00:00,2026-01-10 08:00:01,即时到账交易,小王,日用品,58.50,收入,交易成功,0.00,8.50,,已收入
3,4,2026-01-11 08:00:00,2026-01-11 08:00:01,即时到账交易,超市,菜,20.00,支出,交易成功,0.00,0.00,,已支出
5,6,2026-01-12 08:00:00,2026-01-12 08:00:01,即时到账交易,小王,日用品,30.00,收入,交易关闭,0.00,0.00,,
"""

Line = tuple[str, str, int, str, str]

EXPORTS: dict[str, tuple[str, list[str], list[Line], int]] = {
    "shopify-orders": (
        SHOPIFY,
        [],
        [
            ("Ada Example", "#1001", 2700, "USD", "Fern"),
            ("Ada Example", "#1001", 2000, "USD", "Tote"),
            ("Ada Example", "#1004", 1200, "USD", "Fern"),
            ("Bo", "#1002", 2500, "USD", "Mug"),
        ],
        3,
    ),
    "bigcommerce-orders": (
        BIGCOMMERCE,
        [],
        [("Ada Example", "1", 2000, "USD", ""), ("Bo", "2", 550, "USD", "")],
        1,
    ),
    "etsy-orders": (ETSY_ORDERS, [], [("Ada Example", "3935", 7404, "EUR", "")], 1),
    "etsy-order-items": (
        ETSY_ITEMS,
        [],
        [("Ada Example", "9001", 6000, "CAD", "Mug, speckled"), ("Ada Example", "9001", 900, "CAD", "Soap")],
        0,
    ),
    "amazon-orders": (AMAZON, [], [("Ada Example", "123-45", 3000, "USD", "Item 1")], 0),
    "stripe-payments": (STRIPE, [], [("Ada Example", "ch_1", 2000, "USD", "Lamp")], 2),
    "square-items": (
        SQUARE_ITEMS,
        ["--currency", "USD"],
        [("Ada Example", "T1", 104000, "USD", "Manicure"), ("Ada Example", "T2", -4500, "USD", "Manicure")],
        1,
    ),
    "square-transactions": (
        SQUARE_TRANSACTIONS,
        ["--currency", "USD"],
        [("Ada Example", "T1", 4500, "USD", "Mug x 1")],
        0,
    ),
    "woocommerce-orders": (
        WOOCOMMERCE,
        [],
        [("Ada Example", "1", 1200, "EUR", ""), ("Bo Guest", "2", 500, "EUR", "")],
        1,
    ),
    # A name or phone behind asterisks is none: such a buyer goes by the account.
    "taobao-orders": (
        TAOBAO,
        [],
        [
            ("小李", "1930679858170650", 6000, "CNY", "茶杯"),
            ("马慧", "1930679858170647", 59800, "CNY", "茶杯"),
        ],
        2,
    ),
    "jd-orders": (
        JD,
        [],
        [("冯颖", "1001", 25000, "CNY", "乙"), ("冯颖", "1001", 25000, "CNY", "甲")],
        1,
    ),
    "alipay-bill": (ALIPAY, ["--map", "交易对方=external_id"], [("小王", "1", 5000, "CNY", "日用品")], 2),
}


def lines_of(folder: Path) -> list[Line]:
    base = sqlite3.connect(folder / "shop.db")
    found = base.execute(
        "select c.name, p.order_number, p.amount, p.currency, p.product from purchase p"
        " join customer c on c.id = p.customer_id order by 1, 2, 5"
    ).fetchall()
    base.close()
    return found


@pytest.mark.parametrize("brand", EXPORTS)
def test_each_line_of_an_export_comes_to_what_was_paid(retain, csv_file, machine, brand):
    text, options, lines, left_out = EXPORTS[brand]
    answer = retain("import", csv_file("export.csv", text), "-f", "json", *options)
    assert answer.code == 0, answer.out
    done = answer.data[0]
    assert (done["brand"], done["skipped"], done["created"]) == (brand, left_out, len(lines))
    assert lines_of(machine) == lines


@pytest.mark.parametrize("brand", EXPORTS)
def test_the_same_export_again_changes_nothing(retain, csv_file, brand):
    text, options, lines, _ = EXPORTS[brand]
    path = csv_file("export.csv", text)
    retain("import", path, *options)
    done = retain("import", path, "-f", "json", *options).data[0]
    assert (done["created"], done["updated"], done["unchanged"]) == (0, 0, len(lines))


def test_the_days_of_an_order_are_those_of_its_first_line(retain, csv_file, machine):
    retain("import", csv_file("export.csv", SHOPIFY))
    base = sqlite3.connect(machine / "shop.db")
    days = base.execute("select order_number, bought_on from purchase group by 1, 2 order by 1").fetchall()
    base.close()
    assert days == [("#1001", "2026-09-03"), ("#1002", "2026-09-10"), ("#1004", "2026-09-11")]


def test_a_relay_of_amazon_is_nobodys_phone(retain, csv_file):
    retain("import", csv_file("export.csv", AMAZON))
    customer = retain("list", "-f", "json").data[0]
    assert (customer["phone"], customer["email"]) == (None, "a1@marketplace.example.com")


def test_a_refused_line_of_an_order_is_kept_whole_to_be_mended(retain, csv_file, machine):
    broken = SHOPIFY.replace("1,Tote,20.00,0,,,,,\n#1002", "1,Tote,abc,0,,,,,\n#1002")
    retain("import", csv_file("export.csv", broken), "--skip-bad", "--rejects", "bad.csv")
    kept = (machine / "bad.csv").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 2
    # It says its day and its customer itself, since the line above it is not there.
    assert "2026-09-03 10:14:00 -0400" in kept[1]
    assert "Ada Example" in kept[1]
    (machine / "mended.csv").write_text("\n".join(kept).replace("abc", "20.00") + "\n", encoding="utf-8")
    assert retain("import", "mended.csv", "-f", "json").data[0]["created"] == 1


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("amazon-order-id\tmerchant-order-id\tpurchase-date\titem-price", "1\t2\t2026-01-01\t3.00"),
        ("子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,订单状态", "1,2,茶杯,3.00,1,A,交易成功"),
        ("交易时间,商户名称,交易说明,金额,交易状态,收/支", "2026-01-01,京东,茶杯,3.00,交易成功,支出"),
    ],
)
def test_orders_without_customers_are_refused_with_the_reason(retain, csv_file, header, row):
    answer = retain("import", csv_file("export.csv", f"{header}\n{row}\n"), "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "brand-cannot-serve")


def test_a_program_that_always_writes_a_point_is_not_asked_about_it(retain, csv_file, machine):
    # Dinars have three decimals: by itself a column of 12.500 could be thousands.
    text = SHOPIFY.splitlines()[0] + "\n#1,ada@x.org,paid,KWD,12.500,0,2026-09-03,1,Fern,12.500,0,Ada,,,,0\n"
    assert retain("import", csv_file("export.csv", text)).code == 0
    assert lines_of(machine) == [("Ada", "#1", 12500, "KWD", "Fern")]
