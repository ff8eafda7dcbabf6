"""Names as they are searched."""

import pytest

from retain_cli.model.name import search_key


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Wang Fang", "wang fang"),
        ("ＷＡＮＧ　Fang", "wang fang"),
        ("  Li \t Lei ", "li lei"),
        ("王小芳", "王小芳"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁnch", "finch"),
        ("Ñandú", "ñandú"),
        ("ÉLISE", "élise"),
    ],
)
def test_case_width_and_blanks_make_no_difference_to_a_search(written, searched):
    assert search_key(written) == searched


def test_two_ways_to_write_an_accent_are_one_name():
    assert search_key("José") == search_key("Jose\u0301")
