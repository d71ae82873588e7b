import pytest

from website.extensions.finish.one_stylesheet import (
    moved_sheet,
    used_rules,
    without_unread,
    words_of,
)

WORDS = words_of('<p class="note big" id="top">')


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".note{color:red}",
        "#top .big>p{color:red}",
        ".gone,.note{color:red}",
        '.fa-gone:before,.note:before{content:"x"}',
        ".note:not(.gone){color:red}",
        ".note:not(.gone,.away){color:red}",
        '.note[title="a,.gone"]{color:red}',
        ".bs-tooltip-top{color:red}",
        'html[data-theme="dark"] .note{color:red}',
        "@font-face{font-family:x}",
        "@keyframes turn{to{rotate:1turn}}",
        "@media print{.note{color:red}}",
        "@supports (color:red){.note{color:red}}",
    ],
)
def test_rule_that_a_page_may_use_stays(rule):
    assert used_rules(rule, WORDS).replace("\n", "") == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{color:red}",
        ".note .gone{color:red}",
        ".gone:not(.note,.big){color:red}",
        '.fa-gone:before{content:"\\f206"}',
        "@media print{.gone{color:red}}",
        "@supports (color:red){.gone{color:red}}",
        "@supports (color:red){@media print{.gone{color:red}}}",
    ],
)
def test_rule_that_no_page_can_use_is_dropped(rule):
    assert used_rules(rule, WORDS) == ""


def test_address_follows_the_sheet_into_another_folder():
    css = 'a{b:url(x.png);c:url("../y.png");d:url(data:z)}'
    assert moved_sheet(css, "_static", "_static/styles") == (
        'a{b:url(../x.png);c:url("../../y.png");d:url(data:z)}'
    )


def test_property_that_nothing_reads_is_dropped():
    css = """a{--gone:url("data:x;y");--by-gone:1;color:var(--read)}
.b--gone:hover{--read:var(--kept);--kept:2;--by-script:3;--unread:var(--by-gone)}"""
    assert without_unread(css, words_of("style.get('--by-script')")) == (
        "a{color:var(--read)}\n.b--gone:hover{--read:var(--kept);--kept:2;--by-script:3;}"
    )
