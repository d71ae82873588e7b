import pytest

from website.extensions.notebook.clean import clean_notebook
from website.extensions.notebook.plain_markdown import plain_markdown


class References:
    """References that show what they were asked."""

    def glued(self, key):
        return f"<value {key}>"

    def number(self, label):
        return {"fig-a": "Fig. 3"}.get(label, label)

    def title(self, target):
        return f"<title {target}>"

    def equation(self, label):
        return "7"

    def citation(self, key, textual):
        return "Welch (1947)" if textual else "Welch, 1947"

    def address(self):
        return "https://site.org/ttest.html"

    def substitution(self, name):
        return f"<{name}>"


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("is {glue:text}`fpr:.3f`.", "is <value fpr:.3f>."),
        ("{numref}`fig-a` and {numref}`figure %s <fig-a>`", "Fig. 3 and figure 3"),
        ("{ref}`ttest`, {ref}`there <ttest>`", "<title ttest>, there"),
        ("[](#ttest), [there](#ttest)", "<title ttest>, there"),
        ("{doc}`index`, [](index.md)", "<title index>, <title index.md>"),
        ("[R](https://www.r-project.org)", "[R](https://www.r-project.org)"),
        ("{term}`p-value`, {term}`its p <p-value>`", "p-value, its p"),
        ("{cite:t}`welch1947` {cite}`welch1947`", "Welch (1947) (Welch, 1947)"),
        ("{eq}`eq-t`", "(7)"),
        ("{py:func}`~rnaseq_hw.volcano_plot`", "`rnaseq_hw.volcano_plot`"),
        ("due on {{ due_date }}", "due on <due_date>"),
        ("`{{ code }}` and ``{term}`x` ``", "`{{ code }}` and ``{term}`x` ``"),
        ("$a_{b}$ and `x`", "$a_{b}$ and `x`"),
        ("(label)=\n# Title", "# Title"),
        ("% comment\nwords", "words"),
        ("```{index} ! a word\n```\nwords", "words"),
        (":::{container} needs-python\nPress it.\n:::\n```{book-citation}\n```\nwords", "words"),
        ("Term\n: What it is", "**Term:** What it is"),
        ("```{math}\n:label: eq-t\n\nt = 1\n```", "$$\nt = 1 \\tag{7}\n$$"),
        ("$$ t = 1 $$ (eq-t)", "$$ t = 1  \\tag{7} $$"),
        (":::{tip}\nWords.\n:::", "> **Tip**\n>\n> Words."),
        (":::{admonition} Why?\n:class: predict\nSo.\n:::", "> **Why?**\n>\n> So."),
        (":::{exercise-start} Twice\n:label: ex-a\n:::\nDo.\n:::{exercise-end}\n:::",
         "### Exercise: Twice\n\nDo."),
        (":::{solution-start} ex-a\n:class: dropdown\n:::\nSo.\n:::{solution-end}\n:::",
         "#### Solution\n\nSo."),
        (":::{lab} null\n:figure: fig-a\nMove it.\n:::",
         "*On the site Fig. 3 is live: [move its settings there](https://site.org/ttest.html).*"),
        ("```python\nx = {1}\n```", "```python\nx = {1}\n```"),
        (":::{quiz}\nWhich?\n\n- [ ] {glue:text}`a`\n\n  No.\n- [x] $b$\n\n  Yes.\n\n  So:\n\n"
         "  ```python\n  c\n  ```\n:::",
         "**Check yourself**\n\nWhich?\n\n- **A.** <value a>\n- **B.** $b$\n\n<details>\n"
         "<summary>Answers</summary>\n\n- **A. Not right.**\n\n  No.\n- **B. Right.**\n\n  Yes.\n\n"
         "  So:\n\n  ```python\n  c\n  ```\n\n</details>"),
        (":::{predict}\nWhich?\n\n---\n\nThis: {glue:text}`a`.\n:::",
         "> **Predict, then look**\n>\n> Which?\n>\n> <details>\n"
         "> <summary>Show the answer</summary>\n>\n> This: <value a>.\n>\n> </details>"),
    ],
)  # fmt: skip
def test_myst_becomes_plain_markdown(myst, plain):
    assert plain_markdown(myst, References()) == plain


def test_notebook_of_a_chapter_is_clean(chapter_text):
    notebook = clean_notebook(chapter_text, References(), "Where from.")
    assert notebook.cells[0].source == "Where from."
    text = "\n".join(cell.source for cell in notebook.cells)
    for markup in ("{glue", "{term", "{numref", ":::", "{{", "(ttest)=", "from myst_nb"):
        assert markup not in text
    assert "*Fig. 1" not in text  # these names know another number
    assert "*fig-line. A line that reaches <value total:.1f>.*" in text
    assert all(not cell.metadata for cell in notebook.cells)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")


def test_caption_at_the_wrong_depth_is_left_out_of_the_notebook(chapter_text):
    text = chapter_text.replace("\n  figure:", "\nfigure:").replace("\n  image:", "\nimage:")
    notebook = clean_notebook(text, References(), "Where from.")
    assert text != chapter_text
    assert not any("A line that reaches" in cell.source for cell in notebook.cells)


def test_notebook_keeps_the_tag_of_a_cell_that_must_raise():
    text = "```{code-cell} ipython3\n:tags: [raises-exception, hide-input]\n\n1 / 0\n```\n"
    notebook = clean_notebook(text, References(), "Where from.")
    assert notebook.cells[1].metadata == {"tags": ["raises-exception"]}


EXERCISE = """\
Before.

:::{pycell}
Write {term}`x`.

--- code
x = ...
--- hint
It is {glue:text}`a`.
--- solution
x = 1
--- check
assert x == 1, "x must be 1"
:::

After.
"""


def test_exercise_in_the_page_becomes_cells_and_hints():
    notebook = clean_notebook(EXERCISE, References(), "Where from.")
    _, *cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    hints = (
        "<details>\n<summary>Hint 1</summary>\n\nIt is <value a>.\n\n</details>\n<details>\n"
        "<summary>A solution</summary>\n\n```python\nx = 1\n```\n\n</details>"
    )
    assert cells == [
        ("markdown", "Before."),
        ("markdown", "Write x."),
        ("code", "x = ..."),
        ("code", 'assert x == 1, "x must be 1"'),
        ("markdown", hints),
        ("markdown", "After."),
    ]
    assert notebook.cells[4].metadata == {"tags": ["raises-exception"]}
