"""Each chapter runs from a fresh kernel, says nothing on stderr, and survives its notebook."""

import itertools
import re
from functools import cache

import jupytext
import pytest
import yaml
from jupyter_cache import get_cache
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import tasks
from homework_tools.master.course import read_course
from tests.shown import shown
from tools.chapters import as_saved, chapters_with_cells
from website.extensions.course.contents import read_toc, turned_off
from website.extensions.gate.chapter import chapter_faults
from website.extensions.gate.checks import APPENDICES
from website.extensions.gate.seed import find_published_calls, replace_seed
from website.extensions.text.page import read_page
from website.extensions.text.pycells import pycell_faults
from website.extensions.text.quizzes import prediction_faults, quiz_faults

NO_CHAPTERS = {"index", *(page.removeprefix("book/") for page in APPENDICES)}
CHAPTERS = [path.stem for path in chapters_with_cells()]


def in_order():
    """Return the names of all pages, as the table of contents gives them."""
    toc = yaml.safe_load((tasks.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [toc["root"], *parts]


def page(name):
    return tasks.ROOT / "book" / f"{name}.md"


def text_of(name):
    return page(name).read_text(encoding="utf-8")


@cache
def read(name):
    return read_page(text_of(name))


def first_difference(text, other):
    """Return the number of the first line that differs, or None."""
    pairs = itertools.zip_longest(text.split("\n"), other.split("\n"))
    return next((number for number, (one, two) in enumerate(pairs, 1) if one != two), None)


def run_chapters(paths, folder):
    """Run chapters in one kernel, which is emptied after each; return the faults of each."""
    notebooks = [jupytext.reads(path.read_text(encoding="utf-8"), "md:myst") for path in paths]
    cells = [cell for each in notebooks for cell in [*each.cells, new_code_cell("%reset -f")]]
    options = {"timeout": 120, "allow_errors": True, "resources": {"metadata": {"path": folder}}}
    NotebookClient(new_notebook(cells=cells), **options).execute()
    return list(map(faults_of, paths, notebooks))


def faults_of(path, notebook):
    """Return `file:line: what` for each thing that a chapter's cells, once run, did wrong."""
    text = path.read_text(encoding="utf-8")
    lines = [cell.line for cell in read_page(text).cells if not cell.nested]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) == len(lines), f"{path.name}: the cells and their lines do not match"
    faults = []
    for line, cell in zip(lines, cells, strict=True):
        for output in cell.get("outputs", []):
            where = f"book/{path.name}:{line}: "
            if output.output_type == "error":
                said = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
                faults.append(f"{where}the cell failed\n{said}")
            elif output.output_type == "stream" and output.name == "stderr":
                faults.append(f"{where}the cell wrote to stderr: {output.text}")
    return faults


@pytest.mark.parametrize("name", shown(CHAPTERS))
def test_chapter_ran_from_a_fresh_kernel_without_a_warning(name, built_site):
    """The build runs each chapter in a kernel of its own, or takes what this very code showed."""
    cache = get_cache(built_site.parent / ".jupyter_cache")
    kept = cache.match_cache_notebook(jupytext.reads(text_of(name), "md:myst"))
    notebook = cache.get_cache_bundle(kept.pk).nb
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert faults_of(page(name), notebook) == []


SEEDED = [name for name in CHAPTERS if find_published_calls(read(name))]


@pytest.fixture(scope="module")
def faults_with_another_seed(tmp_path_factory):
    """Return what each chapter with the published data does wrong with seed 7.

    With it Benjamini and Hochberg's procedure calls one gene more than Bonferroni's, four
    unshifted genes lie below 0.001, and a pseudocount above zero comes closest to the true shift.
    """
    folder = tmp_path_factory.mktemp("another_seed")
    paths = [folder / f"{name}.md" for name in SEEDED]
    for path in paths:
        text = replace_seed(text_of(path.stem), "7")
        path.write_text(text, encoding="utf-8", newline="\n")
    return dict(zip(SEEDED, run_chapters(paths, folder), strict=True))


@pytest.mark.parametrize("name", SEEDED)
def test_chapter_says_nothing_false_with_another_seed(name, faults_with_another_seed):
    """An instructor who changes the seed need not change a chapter: asserts stand by its words."""
    assert faults_with_another_seed[name] == []


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name not in NO_CHAPTERS])
def test_chapter_keeps_the_contract(name):
    assert chapter_faults(read(name)) == []


FAULTS_OF = {"pycell": pycell_faults, "quiz": quiz_faults, "predict": prediction_faults}
BLOCKS = {
    f"{path.stem}:{fence.line}": fence
    for path in sorted((tasks.ROOT / "book").glob("*.md"))
    for fence in read(path.stem).fences
    if fence.name in FAULTS_OF
}


@pytest.mark.parametrize("where", BLOCKS)
def test_block_that_asks_the_reader_has_all_its_parts(where):
    assert FAULTS_OF[BLOCKS[where].name](list(BLOCKS[where].body)) == []


def test_parts_one_to_four_have_code_to_write():
    with_check = {where.partition(":")[0] for where, fence in BLOCKS.items()
                  if "--- check" in fence.body}  # fmt: skip
    assert {"simulation", "filtering", "normalization", "ttest", "error_rates"} <= with_check


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_survives_the_way_to_a_notebook_and_back(name):
    difference = first_difference(text_of(name), as_saved(page(name)))
    where = f"book/{name}.md:{difference}"
    assert difference is None, f"{where}: JupyterLab saves it otherwise: `python tasks.py format`"


def test_pages_and_the_table_of_contents_agree():
    pages = {f"book/{path.stem}" for path in (tasks.ROOT / "book").glob("*.md")}
    assert set(in_order()) == pages


def test_chapters_that_are_off_are_there_and_no_other_needs_them():
    turned_off(read_course(), read_toc(tasks.ROOT / "_toc.yml"), tasks.ROOT)


def test_no_link_says_which_chapter_is_next():
    """The order is in `_toc.yml` alone, and a course may leave out the next one."""
    for name in in_order():
        text = page(name.removeprefix("book/")).read_text(encoding="utf-8")
        assert not re.findall(r"\[[^\]]*\b(?:next|last|previous) chapter\b[^\]]*\]\(", text), name


def test_r_snippets_turn_the_table_and_name_the_reference():
    """R wants genes x samples, and takes the alphabetically first level as the reference."""
    snippets = []
    for page in sorted((tasks.ROOT / "book").glob("*.md")):
        snippets += re.findall(r"^```r\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    assert len(snippets) >= 2
    for snippet in snippets:
        relevel = snippet.find('relevel(factor(samples$condition), "Control")')
        assert 0 <= relevel < snippet.index("t(counts)"), snippet
        assert not re.search(r"(?<!t\()\bcounts\b", snippet), snippet


SCRATCH = """\
---
kernelspec:
  name: python3
  display_name: Python 3
---

```{{code-cell}} ipython3
first = 1
```

Some text.

```{{code-cell}} ipython3
:tags: [remove-cell]

{code}
```
"""


@pytest.mark.parametrize(
    ("code", "message"),
    [("1 / 0", "ZeroDivisionError"), ("import warnings; warnings.warn('hm')", "UserWarning: hm")],
)
def test_faulty_cell_is_named_with_its_file_and_line(code, message, tmp_path):
    path, sound = tmp_path / "x.md", tmp_path / "sound.md"
    path.write_text(SCRATCH.format(code=code), encoding="utf-8")
    sound.write_text(SCRATCH.format(code="assert first == 1"), encoding="utf-8")
    (fault,), none = run_chapters([path, sound], tmp_path)
    assert fault.startswith("book/x.md:13: ")
    assert message in fault
    assert none == []


def test_chapter_finds_nothing_of_the_one_before(tmp_path):
    paths = [tmp_path / "x.md", tmp_path / "y.md"]
    paths[0].write_text(SCRATCH.format(code="second = 2"), encoding="utf-8")
    paths[1].write_text(SCRATCH.format(code="second"), encoding="utf-8")
    none, (fault,) = run_chapters(paths, tmp_path)
    assert none == []
    assert "NameError: name 'second' is not defined" in fault
