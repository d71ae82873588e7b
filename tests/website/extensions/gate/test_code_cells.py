from website.extensions.gate.code_cells import find_code_cells, find_fences

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
    cells = find_code_cells(TEXT)
    assert [(cell.line, cell.first_code_line) for cell in cells] == [(3, 6), (11, 12), (22, 28)]
    assert [cell.source for cell in cells] == ["x = 1\ny = 2", "z = 3", "plot()"]


def test_options_are_not_code():
    first, _, last = find_code_cells(TEXT)
    assert first.removed
    assert not last.removed
    assert "alt: words" in last.options


def test_cell_inside_a_directive_is_nested():
    assert [cell.nested for cell in find_code_cells(TEXT)] == [False, True, False]


def test_indented_cell_is_nested():
    (cell,) = find_code_cells("- item\n\n  ```{code-cell} ipython3\n  x\n  ```\n")
    assert cell.nested


def test_shown_fence_is_not_a_cell():
    assert all("shown" not in cell.source for cell in find_code_cells(TEXT))


def test_fence_knows_its_options_and_classes():
    (fence,) = find_fences(":::{solution-start} ex-a\n:class: dropdown wide\n:::\n")
    assert (fence.name, fence.argument, fence.option("class")) == (
        "solution-start",
        "ex-a",
        "dropdown wide",
    )
    assert fence.has_class("dropdown")
    assert not fence.has_class("drop")


def test_unclosed_fence_reaches_to_the_end():
    (fence,) = find_fences("```{note}\na\nb\n")
    assert fence.body == ("a", "b")
