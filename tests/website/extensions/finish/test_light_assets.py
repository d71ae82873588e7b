from pathlib import Path
from types import SimpleNamespace

import matplotlib
from fontTools.ttLib import TTFont

from website.extensions.finish.light_assets import (
    glyphs_of,
    used_files,
    write_subset,
)

ROCKET = '.fa-rocket:before{content:"\\f135"}'


def file(name, body=None):
    return SimpleNamespace(filename=name, attributes={"body": body} if body else {})


def test_glyphs_are_found_escaped_and_as_they_are():
    assert glyphs_of(f'{ROCKET} x{{--icon:"\uf058"}} y{{content:"a"}}') == {0xF135, 0xF058}


def test_subset_holds_the_glyphs_that_were_asked_for(tmp_path):
    whole = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    write_subset(whole, tmp_path / "small.woff2", {ord("a"), ord("b"), 0xF135})
    assert set(TTFont(tmp_path / "small.woff2").getBestCmap()) == {ord("a"), ord("b")}
    assert (tmp_path / "small.woff2").stat().st_size < whole.stat().st_size / 50


def test_page_without_tabs_or_cards_loads_none_of_their_files():
    files = [file("sphinx-design.min.css"), file("design-tabs.js"), file("own.js")]
    assert used_files(files, "<p>words</p>") == files[2:]
    assert used_files(files, '<div class="sd-tab-set">') == files


def test_scripts_of_other_hosts_and_of_thebe_are_dropped():
    files = [file("https://cdn.x/a.js"), file("//cdn.x/b.js"), file("_static/sphinx-thebe.css")]
    own = file("_static/own.js")
    assert used_files([*files, own], "") == [own]


def test_each_script_is_kept_once():
    first, second = file(None, "let x = 1"), file(None, "let y = 2")
    assert used_files([first, second, file(None, "let x = 1")], "") == [first, second]


def test_script_that_names_the_page_is_dropped():
    assert used_files([file(None, "DOCUMENTATION_OPTIONS.pagename = 'x';")], "") == []
