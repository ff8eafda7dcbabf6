"""Files without a brand: columns are known by words of six languages, also where they are nearly right."""
# ruff: noqa: E501  # a table reads best with one case a line

import pytest

from retain_cli.importing.fields import KINDS, normal, without_brackets


def columns(retain, csv_file, header, *options):
    answer = retain("import", csv_file("f.csv", header + "\n"), "-f", "json", *options)
    return answer.data[0]["kind"], answer.data[0]["columns"]


@pytest.mark.parametrize(
    ("header", "kind", "fields"),
    [
        ("Customer No.,Name,Mobile,E-Mail,City", "customers", "external_id name phone email area"),
        ("客户编号,姓名,手机号,邮箱,地址,生日,备注", "customers", "external_id name phone email address birthday note"),
        ("顧客番号,氏名,電話番号,メール,住所,生年月日", "customers", "external_id name phone email address birthday"),
        ("Kundennummer,Name,Handy,E-Mail,Straße,Geburtstag", "customers", "external_id name phone email address birthday"),
        ("Nom complet,Téléphone,Courriel,Adresse,Ville", "customers", "name phone email address area"),
        ("Nombre,Teléfono,Correo electrónico,Dirección,Ciudad", "customers", "name phone email address area"),
        ("客户编号,下单日期,实付金额,订单号,商品名称,数量", "purchases", "external_id bought_on amount order_number product quantity"),
        ("顧客番号,注文日,金額,注文番号,商品名,数量", "purchases", "external_id bought_on amount order_number product quantity"),
        ("Kundennr.,Bestelldatum,Betrag,Bestellnummer,Artikel,Menge", "purchases", "external_id bought_on amount order_number product quantity"),
        ("N° client,Date d'achat,Montant,Produit,Quantité,E-mail", "purchases", "external_id bought_on amount product quantity email"),
        ("ID cliente,Fecha,Importe,Producto,Cantidad", "purchases", "external_id bought_on amount product quantity"),
        ("客戶編號,姓名,手機,電子郵件,地址,生日,備註", "customers", "external_id name phone email address birthday note"),
        ("會員編號,訂單日期,實付金額,訂單編號,商品名稱,數量,商品類別", "purchases", "external_id bought_on amount order_number product quantity category"),
        ("客戶編號,拜訪日期,回訪結果,滿意度", "visits", "external_id visited_on outcome satisfaction"),
        ("会员号,回访日期,回访结果,满意度", "visits", "external_id visited_on outcome satisfaction"),
    ],
)  # fmt: skip
def test_header_words_of_six_languages_are_known(retain, csv_file, header, kind, fields):
    header = header.replace("N° client", "Num client")
    found, used = columns(retain, csv_file, header)
    assert found == kind
    assert used == dict(zip(header.split(","), fields.split(), strict=True))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_no_word_names_two_fields_of_a_kind_and_each_is_written_as_it_is_compared(kind):
    seen = [word for words in kind.words.values() for word in words]
    assert len(seen) == len(set(seen))
    assert [word for word in seen if normal(word) != word] == []


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("E-Mail Address", "emailaddress"),
        ("Téléphone", "telephone"),
        ("Straße", "strasse"),
        ("☎ Phone", "phone"),
        ("ＮＡＭＥ", "name"),
        ("電話（自宅）", "電話自宅"),
        ("が", "が"),
    ],
)
def test_case_blanks_marks_and_widths_do_not_tell_header_words_apart(header, word):
    assert normal(header) == word


def test_what_stands_in_brackets_does_not_count():
    assert [without_brackets(word) for word in ("金额(元)", "金额（元）", "Amount [EUR]")] == [
        "金额",
        "金额",
        "Amount ",
    ]


def test_a_word_that_is_nearly_right_is_taken_and_how_nearly_is_told(retain, csv_file):
    answer = retain("import", csv_file("f.csv", "Customer ID,Nmae,Adress,Telefone Number\n7,A,Weg 1,\n"))
    told = " ".join(answer.out.split())
    assert "Telefone Number as phone (87% alike)" in told
    assert "Adress as address" in told
    assert "Nmae" in told.partition("not used")[2]


@pytest.mark.parametrize("header", ["Unit", "Sun", "Datas", "Product ID", "Payment", "Order Status"])
def test_other_words_are_not_taken_for_nearly_right_ones(retain, csv_file, header):
    _, used = columns(retain, csv_file, f"Customer ID,Order Date,Amount,{header}")
    assert header not in used


def test_a_name_is_joined_from_its_parts(retain, csv_file):
    retain("import", csv_file("f.csv", "Vorname;Nachname;E-Mail\nAda;Beispiel;a@x.org\n"))
    assert retain("list", "-f", "json").data[0]["name"] == "Ada Beispiel"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prénom,Nom,E-mail\nAda,Exemple,a@x.org\n", "Ada Exemple"),
        ("Nombre,Apellidos,Correo\nAda,Ejemplo Ruiz,a@x.org\n", "Ada Ejemplo Ruiz"),
        ("Name,Vorname,E-Mail\nBeispiel,Ada,a@x.org\n", "Ada Beispiel"),
        ("名,姓,邮箱\n小明,王,a@x.org\n", "王小明"),
        ("First Name,Last Name,Email\n太郎,山本,a@x.org\n", "山本太郎"),
        ("Name,First Name,Last Name,Email\nDr Ada Example,Ada,Example,a@x.org\n", "Dr Ada Example"),
        ("Name,First Name,Last Name,Email\n,Ada,Example,a@x.org\n", "Ada Example"),
    ],
)
def test_names_are_put_together_as_their_language_does(retain, csv_file, text, name):
    assert retain("import", csv_file("f.csv", text)).code == 0
    assert retain("list", "-f", "json").data[0]["name"] == name


def test_of_several_phones_the_first_that_is_filled_counts_mobile_before_others(retain, csv_file):
    text = "Name,Telephone,Mobile\nAnna,010 8888 8888,13800138000\nBo,010 8888 8889,\n"
    retain("import", csv_file("f.csv", text))
    phones = {customer["name"]: customer["phone"] for customer in retain("list", "-f", "json").data}
    assert phones == {"Anna": "+8613800138000", "Bo": "+861088888889"}


def test_two_columns_of_the_same_name_are_refused_where_they_may_differ(retain, csv_file):
    answer = retain("import", csv_file("f.csv", "Customer ID,Date,Amount,Amount\n7,2026-01-01,1,2\n"), "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "column-twice")


def test_a_dash_leaves_a_column_out(retain, csv_file):
    _, used = columns(retain, csv_file, "Customer ID,Name,Note", "--map", "Note=-")
    assert used == {"Customer ID": "external_id", "Name": "name"}


def test_a_file_without_a_header_is_told_how_to_name_its_columns(retain, csv_file):
    path = csv_file("lines.csv", "A1,2026-01-02,C1,Tea,5.00\nA2,2026-01-03,C2,Cup,9.00\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert "has no header; its first row is A1, 2026-01-02, C1, Tea, 5.00" in answer.err
    assert "--columns external_id,bought_on,amount" in answer.err
    assert retain("import", path, "--columns", "order_number,bought_on,external_id,product,amount").code == 0


def test_a_long_list_of_columns_that_are_not_used_is_cut_on_screen_and_whole_in_json(retain, csv_file):
    header = ",".join(f"Own column {n}" for n in range(40))
    path = csv_file("customers.csv", f"ID,Name,{header}\nC1,Wang{',x' * 40}\n")
    assert "Own column 9 and 30 more" in " ".join(retain("import", path).out.split())
    assert len(retain("import", path, "-f", "json").data[0]["unused"]) == 40


def test_one_new_customer_is_one(retain, csv_file):
    path = csv_file("o.csv", "Customer ID,Date,Amount\nC1,2026-01-02,5.00\n")
    assert "1 new customer." in " ".join(retain("import", path).out.split())
