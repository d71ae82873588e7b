import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from website import extensions
from website.extensions.finish.one_script import apart
from website.node import run_node

opened = Counter()
FINISHING = [
    extensions.find(name)
    for event, _, name in extensions.EVENTS
    if event == "build-finished" and name.startswith("finish.")
]
PAGE = """\
<head><link rel="stylesheet" href="{up}_static/a.css">{more}<script src="{up}_static/a.js"></script>
<script src="{up}_static/b.js?v=1"></script><script>let c;</script>
<script defer="defer" src="{up}_static/d.js"></script>
</head><body><table><thead><tr><th>gene</th></tr></thead></table></body>
"""
MOST = '<link rel="stylesheet" href="../_static/most.css">'
FEW = '<link rel="stylesheet" href="../_static/few.css">'


def _note_opened(event, arguments):
    name = str(arguments[0]).removesuffix(".part") if event == "open" else ""  # until it is whole
    if name.endswith(".html") and arguments[1]:  # without a mode nothing is read or written
        opened[Path(name).name, "w" in arguments[1]] += 1


@pytest.fixture
def site(tmp_path):
    """A site of three pages, as Sphinx and the theme leave it."""
    for folder in ("book", "_static/styles", "_static/scripts"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "_static/a.css").write_text(".gone{color:red}\nth{color:red}", encoding="utf-8")
    (tmp_path / "_static/most.css").write_text("td{color:red}", encoding="utf-8")
    (tmp_path / "_static/few.css").write_text("p{color:red}", encoding="utf-8")
    (tmp_path / "_static/b.js").write_text("let b = 1 // one", encoding="utf-8")
    (tmp_path / "_static/d.js").write_text("(() => b)()", encoding="utf-8")
    pages = {"search": "", "book/ttest": MOST, "book/lab": MOST + FEW}
    for name, more in pages.items():
        page = PAGE.format(up="../" * name.count("/"), more=more)
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    return tmp_path


def finish(site, written=("search", "book/ttest", "book/lab")):
    env = SimpleNamespace(mystnb_config=SimpleNamespace(execution_cache_path=site.parent / "cache"))
    builder, config = SimpleNamespace(format="html", name=""), SimpleNamespace(is_preview=False)
    app = SimpleNamespace(outdir=site, builder=builder, config=config, env=env)
    app.unfinished_pages = set(written)
    for function in FINISHING:
        function(app, None)


def test_each_page_is_read_once_and_written_once(site):
    sys.addaudithook(_note_opened)  # it stays for the life of the process, and costs nothing
    opened.clear()
    finish(site)
    names = ("search.html", "ttest.html", "lab.html")
    once = {(name, writes): 1 for name in names for writes in (False, True)}
    assert opened == once


def test_each_step_reaches_the_page(site):
    finish(site)
    html = (site / "book/ttest.html").read_text(encoding="utf-8")
    assert '<script defer src="../_static/a.js">' in html
    assert '<th scope="col">' in html
    assert '<link rel="stylesheet" href="../_static/styles/site.css?v=' in html
    joint = (site / "_static/styles/site.css").read_text(encoding="utf-8")
    assert joint == "th{color:red}\ntd{color:red}\n"


def test_one_script_takes_the_place_of_those_that_are_there(site):
    finish(site)
    html = (site / "book/ttest.html").read_text(encoding="utf-8")
    assert re.findall(r'src="([^"?]+)', html) == ["../_static/a.js", "../_static/scripts/site.js"]
    joint = (site / "_static/scripts/site.js").read_text(encoding="utf-8")
    assert joint.index("b = 1 // one\n}") < joint.index("(() => b)()\n}")


def test_error_of_a_script_stops_no_other_one(site, tmp_path):
    finish(site)
    joint = (site / "_static/scripts/site.js").read_text(encoding="utf-8")
    (tmp_path / "all.js").write_text(
        "globalThis.reportError = (error) => console.log(error.message);\n"
        + "".join(
            map(
                apart, ["const one = 1;\nfunction two() { return 2; }", "gone();", "let three = 3;"]
            )
        )
        + "console.log(one + two() + three);",
        encoding="utf-8",
    )
    assert joint.count("reportError") == 2
    assert run_node(tmp_path / "all.js") == "gone is not defined\n6\n"


def test_page_that_names_its_files_from_the_top_names_the_joint_ones_so(site):
    (site / "404.html").write_text(PAGE.format(up="/book/", more=""), encoding="utf-8")
    finish(site, written=("404", "search", "book/ttest", "book/lab"))
    html = (site / "404.html").read_text(encoding="utf-8")
    assert '<link rel="stylesheet" href="/book/_static/styles/site.css?v=' in html
    assert '<script defer src="/book/_static/scripts/site.js?v=' in html


def test_sheet_that_few_pages_have_stays_with_them(site):
    finish(site)
    linked = {path.stem: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert [name for name, html in linked.items() if "few.css" in html] == ["lab"]
    assert [name for name, html in linked.items() if "most.css" in html] == []


def test_finished_page_stays_as_it_is(site):
    finish(site)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    finish(site, written=["book/lab"])
    after = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    assert {path.name for path in after if after[path] != before[path]} == {"lab.html"}
