import pytest

from website.extensions.gate.seed import find_published_calls, replace_seed, seed_faults
from website.extensions.text.page import read_page

CHAPTER = """\
Words with seed=44.

```{code-cell} ipython3
df_expr, df_meta, true_genes = hw.simulate_dataset(
    n_samples=100, n_genes=1000, n_shift=10,
    shift_size=4, noise_sd=0.2, missing_p=0.05, seed=44,
)
```

```{code-cell} ipython3
small = hw.simulate_dataset(n_samples=6, n_genes=10, seed=1)
```

```{code-cell} ipython3
simulate_dataset(seed=44, n_samples=100, n_genes=1000, shift_size=4.0, missing_p=0.05)
```
"""


def test_published_calls_are_found_with_their_lines():
    calls = find_published_calls(read_page(CHAPTER))
    assert [(call.line, call.seed) for call in calls] == [(6, "44"), (15, "44")]


@pytest.mark.parametrize(
    ("published", "other"), [("missing_p=0.05", "missing_p=0.5"), ("shift_size=4", "shift_size=2")]
)
def test_call_with_other_settings_is_not_the_published_one(published, other):
    assert find_published_calls(read_page(CHAPTER.replace(published, other))) == []


def test_published_call_by_place_is_one_too():
    keywords = (
        "n_samples=100, n_genes=1000, n_shift=10,\n    shift_size=4, noise_sd=0.2, missing_p=0.05"
    )
    text = CHAPTER.replace(keywords, "100, 1000, 10,\n    4, 0.2, 0.05")
    assert [(call.line, call.seed) for call in find_published_calls(read_page(text))] == [
        (6, "44"),
        (15, "44"),
    ]


def test_published_call_without_its_shift_is_one_too():
    calls = find_published_calls(read_page(CHAPTER.replace("shift_size=4,", "shift_size=0,")))
    assert [call.line for call in calls] == [6, 15]


def test_new_seed_is_written_into_the_published_calls_only():
    changed = replace_seed(CHAPTER, "2045")
    assert [call.seed for call in find_published_calls(read_page(changed))] == ["2045", "2045"]
    assert changed.replace("2045", "44") == CHAPTER
    assert "Words with seed=44" in changed
    assert "seed=1)" in changed


def test_seed_of_the_settings_is_no_fault():
    assert seed_faults(read_page(CHAPTER), "44") == []


def test_other_seed_is_a_fault_with_line_and_remedy():
    (first, second) = seed_faults(read_page(CHAPTER), "45")
    assert (first[0], second[0]) == (6, 15)
    assert "run `python tasks.py seed 45`" in first[1]


def test_call_without_seed_is_a_fault():
    text = CHAPTER.replace(", seed=44,\n", ",\n")
    ((line, message),) = seed_faults(read_page(text), "44")
    assert (line, "seed=None" in message) == (4, True)
    assert replace_seed(text, "44") == text


def test_cell_that_is_no_python_has_no_calls():
    assert (
        find_published_calls(read_page("```{code-cell} ipython3\n%matplotlib inline\n(\n```\n"))
        == []
    )


def test_cell_in_a_list_is_left_alone():
    cell = "".join(f"  {line}" for line in CHAPTER.splitlines(keepends=True)[2:8])
    assert replace_seed(f"- item\n\n{cell}", "45") == f"- item\n\n{cell}"
