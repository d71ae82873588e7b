import pytest

from website.extensions.gate.figure_alt import alt_fault

GOOD = "A scatter plot of delta against the p-value; ten points stand far to the right."


def test_words_are_a_good_alternative_text():
    assert alt_fault(GOOD, "Volcano plot") == ""


def test_words_need_no_spaces_between_them():
    assert (
        alt_fault(
            "火山图：横轴为处理组与对照组的差异，纵轴为显著性；十个基因远离其他基因，位于右上方。"
        )
        == ""
    )


@pytest.mark.parametrize(
    ("alt", "found"),
    [
        ("", "has no alternative text"),
        ("  ", "has no alternative text"),
        ("volcano", "has 'volcano' as alternative text"),
        ("_images/86296482a70168a24f6c752e81653dfbd492c9fd28dbd22da30ffe2650fa01ed.png", "nothing"),
        ("Volcano plot of all thousand genes,\n  the shifted ones in red", "repeats its caption"),
        ("A volcano plot", "of 14 characters"),
    ],
)
def test_poor_alternative_text_is_named(alt, found):
    caption = "Volcano plot of all thousand genes, the shifted ones in red"
    assert found in alt_fault(alt, caption)
