from website.extensions.text.page import read_page

TEXT = """\
Words.

```{code-cell} ipython3
:tags: [remove-cell]

x = 1
y = 2
```

::::{dropdown} Answer
```{code-cell} ipython3
z = 3
```
::::

````md
```{code-cell}
shown, not run
```
````

```{code-cell} ipython3
---
mystnb:
  image:
    alt: words
---
plot()
```
"""


def test_cells_are_found_with_their_lines():
    cells = read_page(TEXT).cells
    assert [(cell.line, cell.first_code_line) for cell in cells] == [(3, 6), (11, 12), (22, 28)]
    assert [cell.source for cell in cells] == ["x = 1\ny = 2", "z = 3", "plot()"]


def test_options_are_not_code():
    first, _, last = read_page(TEXT).cells
    assert first.removed
    assert not last.removed
    assert "alt: words" in last.options


def test_cell_inside_a_directive_is_nested():
    assert [cell.nested for cell in read_page(TEXT).cells] == [False, True, False]


def test_indented_cell_is_nested():
    (cell,) = read_page("- item\n\n  ```{code-cell} ipython3\n  x\n  ```\n").cells
    assert cell.nested


def test_shown_fence_is_not_a_cell():
    assert all("shown" not in cell.source for cell in read_page(TEXT).cells)


def test_fence_knows_its_options_and_classes():
    (fence,) = read_page(":::{solution-start} ex-a\n:class: dropdown wide\n:::\n").fences
    assert (fence.name, fence.argument, fence.option("class")) == (
        "solution-start",
        "ex-a",
        "dropdown wide",
    )
    assert fence.has_class("dropdown")
    assert not fence.has_class("drop")


def test_unclosed_fence_reaches_to_the_end():
    (fence,) = read_page("```{note}\na\nb\n").fences
    assert fence.body == ("a", "b")


def test_same_text_is_parsed_once():
    assert read_page(TEXT) is read_page("".join([TEXT]))


def test_headings_inside_of_code_and_directives_are_not_the_pages():
    text = "# One\n\n```python\n# two\n```\n\n:::{note}\n## Three\n:::\n\nFour\n----\n"
    assert [(each.line, each.level, each.title) for each in read_page(text).headings] == [
        (1, 1, "One"),
        (11, 2, "Four"),
    ]
