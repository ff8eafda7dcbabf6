"""`retain list`."""


def test_a_customer_is_found_by_a_part_of_the_name_in_any_case(retain, csv_file):
    retain("import", csv_file("c.csv", "Customer ID,Name,Area\n1,Wang Fang,Pudong\n2,Li Lei,Minhang\n"))
    found = retain("list", "--search", "wANG", "-f", "json").data
    assert [customer["name"] for customer in found] == ["Wang Fang"]
