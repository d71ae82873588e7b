"""The gate works: each planted fault turns the build of a healthy book red.

Every test builds the same book by the gate's own command; the message must name the file, the line
and what to do. `test_built_site` builds the book without a fault, and finds it green.
"""

import re


def assert_red(book, line, *words):
    """Build; the build must fail and tell these words at this line of the chapter."""
    build = book.build()
    assert build.exit_code != 0, build.output
    found = [each for each in build.output.splitlines() if re.search(rf"ttest\.md:{line}:", each)]
    assert any(all(word in each for word in words) for each in found), build.output


def test_raising_cell(book):
    line = book.plant("total = sum(values) / 1.25", "1 / 0")
    assert_red(book, line, "ZeroDivisionError", "fix the cell")


def test_fault_of_an_extension_beside_the_book(book):
    with (book.folder / "website" / "extensions" / "__init__.py").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("\nraise RuntimeError('the extensions of this folder')\n")
    build = book.build()
    assert build.exit_code != 0
    assert "the extensions of this folder" in build.output


def test_warning_on_stderr(book):
    line = book.plant(
        "total = sum(values) / 1.25",
        'import warnings; warnings.warn("careful"); total = sum(values) / 1.25',
    )
    assert_red(book, line - 1, "wrote to stderr", "UserWarning: careful", "fix its cause")


def test_warning_on_stderr_of_a_hidden_cell(book):
    line = book.plant(
        "from myst_nb import glue",
        'import warnings; warnings.warn("careful")\nfrom myst_nb import glue',
    )
    assert_red(book, line - 3, "wrote to stderr", "UserWarning: careful", "fix its cause")


def test_formula_that_cannot_be_read(book):
    line = book.plant("[](#ttest)", r"[](#ttest) $\frac{1$") - 1
    assert_red(book, line, "can't be read", "Correct it")


def test_dead_cross_reference(book):
    line = book.plant("[](#ttest)", "[](#ttset)") - 1  # the line at which its paragraph begins
    assert_red(book, line, "ttset")


def test_figure_without_alt(book):
    book.plant("      the lower left to the upper right.\n", "")
    book.plant(
        "  image:\n    alt: A line chart. The horizontal axis counts the values; "
        "one straight line rises from\n",
        "",
    )
    line = book.plant("    name: fig-line", "    name: fig-line") - 3
    assert_red(book, line, "no alternative text", "mystnb: image: alt:")


def test_figure_with_a_hash_as_alt(book):
    book.plant("      the lower left to the upper right.\n", "")
    book.plant(
        "A line chart. The horizontal axis counts the values; one straight line rises from",
        "_images/86296482a70168a24f6c752e81653dfbd492c9fd28dbd22da30ffe2650fa01ed.png",
    )
    line = book.plant("    name: fig-line", "    name: fig-line") - 3
    assert_red(book, line, "a path or a hash", "mystnb: image: alt:")


def test_figure_without_caption(book):
    line = book.plant("    caption: A line that reaches {glue:text}`total:.1f`.\n", "")
    assert_red(book, line - 2, "no caption", "mystnb: figure: caption:")


def test_typed_number(book):
    line = book.plant("The sum is {glue:text}`total:.1f`", "The sum is 399600.0")
    assert_red(book, line, "399600.0", "{glue:text}`name`")


def test_disguised_typed_number(book):
    line = book.plant("The sum is {glue:text}`total:.1f`", "The sum is `399,600`")
    assert_red(book, line, "a cell computes it", "{glue:text}`name`")


def test_wrong_seed(book):
    line = book.plant("seed=44", "seed=45")
    assert_red(book, line, "seed=45", "python tasks.py seed 44")


def test_unformatted_header(book):
    line = book.plant("  display_name: Python 3 (ipykernel)\n", "")
    assert_red(book, line, "display_name: Python 3", "copy the header")


def test_missing_key_points(book):
    book.plant("## Key points", "## Points")
    assert_red(book, 1, "## Key points", "add it")


def test_code_cell_nested_in_a_dropdown(book):
    line = book.plant(
        "The sum is {glue",
        "::::{dropdown} Answer\n```{code-cell} ipython3\ntotal\n```\n::::\n\nThe sum is {glue",
    )
    assert_red(book, line + 1, "silently not be run", "top level")


LAB = ":::{lab} volcano\n:figure: fig-line\nTouch it.\n:::\n\nThe sum is {glue"


WRONG_LABS = [
    (":::{lab} vulcano\n:figure: fig-line", "no lab 'vulcano': take one of first, volcano, null"),
    (":::{lab} volcano\n", "add `:figure: fig-...`"),
    (":::{lab} volcano\n:figure: fig-lime", "'fig-lime' is not there"),
    (":::{lab} volcano\n:figure: other.md#fig-line", "'other.md#fig-line' is not there"),
    (":::{lab} volcano\n:figure: fig-line\n:settings: sample=10", "'sample' is no setting"),
    (":::{lab} volcano\n:figure: fig-line\n:settings: seed=ten", "'seed=ten': write a number"),
]


def test_wrong_labs(book):
    labs = [f"{start}\nTouch it.\n:::\n\n" for start, _ in WRONG_LABS]
    line = book.plant("The sum is {glue", "".join(labs) + "The sum is {glue")
    build = book.build()
    assert build.exit_code != 0
    for text, (_, words) in zip(labs, WRONG_LABS, strict=True):
        found = [each for each in build.output.splitlines() if f"ttest.md:{line}:" in each]
        assert any(words in each for each in found), build.output
        line += text.count("\n")


def test_lab_loads_its_files_on_its_page_alone(book):
    book.plant("The sum is {glue", LAB)
    build = book.build()
    assert build.exit_code == 0, build.output
    pages = [path for path in build.html.rglob("*.html") if "lab/lab.js" in path.read_text("utf-8")]
    assert [path.name for path in pages] == ["ttest.html"]


def test_fault_keeps_the_next_build_red(book):
    book.plant("seed=44", "seed=45")
    assert book.build().exit_code != 0
    build = book.build()
    assert build.exit_code != 0
    assert "python tasks.py seed 44" in build.output


def test_quiz_without_a_right_option(book):
    line = book.plant("- [x] Every draw.", "- [ ] Every draw.") - 2
    assert_red(book, line, "0 options are marked right", "mark exactly one")


def test_option_without_its_explanation(book):
    line = book.plant("  The same seed makes the same data.\n", "") - 2
    assert_red(book, line, "no explanation", "indented by two spaces")


def test_number_typed_in_a_quiz(book):
    line = book.plant("- [x] Every draw.", "- [x] All 44 draws.")
    assert_red(book, line, "the number 44 is typed in prose", "`code`")


def test_prediction_that_reveals_nothing(book):
    line = book.plant("---\n\nIt is {glue", "It is {glue") - 2
    assert_red(book, line, "after it what is revealed")
