"""The gate works: each planted fault turns the build of a healthy book red.

One book holds all faults, in a few copies of the healthy chapter, and is built once by the gate's
own command: a message must name the file, the line and what to do. A fault that stops a build has
a book of its own. `test_built_site` builds the book without a fault, and finds it green.
"""

import re

import pytest

from tests.website.extensions.conftest import copy_healthy_book

TOTAL = "total = sum(values) / 1.25"
WARNS = 'import warnings; warnings.warn("careful")'
SUM = "The sum is {glue:text}`total:.1f`"
NAME = ("    name: fig-line", "    name: fig-line")
ALT = "A line chart. The horizontal axis counts the values; one straight line rises from"
ALT_ENDS = ("      the lower left to the upper right.\n", "")
HASH = "_images/86296482a70168a24f6c752e81653dfbd492c9fd28dbd22da30ffe2650fa01ed.png"
NESTED = "::::{dropdown} Answer\n```{code-cell} ipython3\ntotal\n```\n::::\n\n"

# What is replaced, of which the last is at fault; how many lines above it the fault is named (below
# it when negative, at the top when None); and what is said there.
FAULTS = {
    "warning_on_stderr": (
        [(TOTAL, f"{WARNS}; {TOTAL}")],
        1,
        ("wrote to stderr", "UserWarning: careful", "fix its cause"),
    ),
    "warning_on_stderr_of_a_hidden_cell": (
        [("from myst_nb import glue", f"{WARNS}\nfrom myst_nb import glue")],
        3,
        ("wrote to stderr", "UserWarning: careful", "fix its cause"),
    ),
    "formula_that_cannot_be_read": (
        [("where $x = 0$ says", r"where $\frac{1$ says")],
        0,
        ("can't be read", "Correct it"),
    ),
    "dead_cross_reference": ([("[](#ttest)", "[](#ttset)")], 1, ("ttset",)),
    "figure_without_alt": (
        [ALT_ENDS, (f"  image:\n    alt: {ALT}\n", ""), NAME],
        3,
        ("no alternative text", "mystnb: image: alt:"),
    ),
    "figure_with_a_hash_as_alt": (
        [ALT_ENDS, (ALT, HASH), NAME],
        3,
        ("which says nothing", "mystnb: image: alt:"),
    ),
    "figure_without_caption": (
        [("    caption: A line that reaches {glue:text}`total:.1f`.\n", "")],
        2,
        ("no caption", "mystnb: figure: caption:"),
    ),
    "typed_number": ([(SUM, "The sum is 399600.0")], 0, ("399600.0", "{glue:text}`name`")),
    "disguised_typed_number": (
        [(SUM, "The sum is `399,600`")],
        0,
        ("a cell computes it", "{glue:text}`name`"),
    ),
    "wrong_seed": ([("seed=44", "seed=45")], 0, ("seed=45", "python tasks.py seed 44")),
    "unformatted_header": (
        [("  display_name: Python 3 (ipykernel)\n", "")],
        0,
        ("display_name: Python 3", "copy the header"),
    ),
    "wrong_time": (
        [(": about 30 minutes", ": about 5 minutes")],
        0,
        ("take a beginner about 30", "write `about 30 minutes`"),
    ),
    "missing_key_points": ([("## Key points", "## Points")], None, ("## Key points", "add it")),
    "code_cell_nested_in_a_dropdown": (
        [(SUM, NESTED + SUM)],
        -1,
        ("silently not be run", "top level"),
    ),
    "quiz_without_a_right_option": (
        [("- [x] Every draw.", "- [ ] Every draw.")],
        2,
        ("0 options are marked right", "mark exactly one"),
    ),
    "option_without_its_explanation": (
        [("  The same seed makes the same data.\n", "")],
        2,
        ("no explanation", "indented by two spaces"),
    ),
    "number_typed_in_a_quiz": (
        [("- [x] Every draw.", "- [x] All 44 draws.")],
        0,
        ("the number 44 is typed in prose", "`code`"),
    ),
    "prediction_that_reveals_nothing": (
        [("---\n\nIt is {glue", "It is {glue")],
        2,
        ("after it what is revealed",),
    ),
}

# The copies of the chapter, each with its faults from top to bottom: one moves the lines below it.
# A page without its header can't be written, and the build ends there: it is the last by its name.
CHAPTERS = {
    "first": ("formula_that_cannot_be_read", "dead_cross_reference"),
    "second": (
        *("disguised_typed_number", "figure_with_a_hash_as_alt"),
        "option_without_its_explanation",
    ),
    "third": (
        *("code_cell_nested_in_a_dropdown", "figure_without_caption"),
        *("number_typed_in_a_quiz", "wrong_time"),
    ),
    "without_header": (
        *("unformatted_header", "wrong_seed"),
        *("warning_on_stderr", "warning_on_stderr_of_a_hidden_cell"),
        *("typed_number", "figure_without_alt", "prediction_that_reveals_nothing"),
        *("quiz_without_a_right_option", "missing_key_points"),
    ),
}
CHAPTER_OF = {name: chapter for chapter, names in CHAPTERS.items() for name in names}
WRONG_LABS = [
    (":::{lab} vulcano\n:figure: fig-line", "no lab 'vulcano': take one of first, volcano, null"),
    (":::{lab} volcano\n", "add `:figure: fig-...`"),
    (":::{lab} volcano\n:figure: fig-lime", "'fig-lime' is not there"),
    (":::{lab} volcano\n:figure: other.md#fig-line", "'other.md#fig-line' is not there"),
    (":::{lab} volcano\n:figure: fig-line\n:settings: sample=10", "'sample' is no setting"),
    (":::{lab} volcano\n:figure: fig-line\n:settings: seed=ten", "'seed=ten': write a number"),
]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """Return a book with all faults, and the line at which each was planted."""
    book = copy_healthy_book(tmp_path_factory.mktemp("faulty") / "book")
    lines = {}
    for chapter in (*CHAPTERS, "labs"):
        book.copy_chapter(chapter)
    for name, chapter in CHAPTER_OF.items():
        for old, new in FAULTS[name][0]:
            lines[name] = book.plant(old, new, chapter)
    labs = "".join(f"{start}\nTouch it.\n:::\n\n" for start, _ in WRONG_LABS)
    lines["labs"] = book.plant(SUM, labs + SUM, chapter="labs")
    for chapter in (*CHAPTERS, "labs"):
        book.own_labels(chapter)
    return book, lines


@pytest.fixture(scope="module")
def red(faulty):
    """Return the build of the book with all faults."""
    return faulty[0].build()


def said_at(build, name, line):
    """Return the warnings, errors here, of a line of a chapter."""
    said = rf"{name}\.md:{line}: (WARNING|ERROR)"
    return [each for each in build.output.splitlines() if re.search(said, each)]


def test_build_is_red_for_faults_alone(red):
    assert red.exit_code != 0, red.output
    healthy = re.findall(r"ttest\.md:.*(?:WARNING|ERROR).*", red.output)
    assert healthy == []


@pytest.mark.parametrize("name", FAULTS)
def test_fault(name, faulty, red):
    assert name in CHAPTER_OF, "CHAPTERS says which copy of the chapter holds a fault: add it there"
    _, above, words = FAULTS[name]
    line = 1 if above is None else faulty[1][name] - above
    found = said_at(red, CHAPTER_OF[name], line)
    assert any(all(word in each for word in words) for each in found), red.output


def test_wrong_labs(faulty, red):
    line = faulty[1]["labs"]
    for start, words in WRONG_LABS:
        assert any(words in each for each in said_at(red, "labs", line)), red.output
        line += f"{start}\nTouch it.\n:::\n\n".count("\n")


def test_raising_cell(book):
    line = book.plant(TOTAL, "1 / 0")
    build = book.build()
    assert build.exit_code != 0
    assert any(
        "ZeroDivisionError" in each and "fix the cell" in each
        for each in said_at(build, "ttest", line)
    ), build.output


def test_fault_of_an_extension_beside_the_book(book):
    with (book.folder / "website" / "extensions" / "__init__.py").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("\nraise RuntimeError('the extensions of this folder')\n")
    build = book.build()
    assert build.exit_code != 0
    assert "the extensions of this folder" in build.output
