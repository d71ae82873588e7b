"""Who shares what hardly anybody has is shown to the instructor, in words that accuse nobody."""

import re
import time

import numpy as np
import pytest

from homework_tools.grading.similar import look
from homework_tools.grading.similar.look import look_for_similar
from homework_tools.grading.similar.pairs import similar_pairs
from tests.homework_tools.submissions import (
    answers,
    code,
    file_with_cells,
    notebook,
    put,
    run,
    with_cells,
    written,
)

SHORT = ["return results.sort_values('p_value').head(n)", "return results.nsmallest(n, 'p_value')"]
LONG = [source for question, _, source in answers("mutants") if question == "4a"]
EVIL = "</pre><script>alert(1)</script>"
WORDS = f"The noise of each gene is drawn once for each sample, so the two means differ {EVIL}."


def disguised(source):
    """Return code with other names, comments and layout."""
    names = sorted(set(re.findall(r"^ +(\w+)(?=, \w+ =| =)", source, re.MULTILINE)))
    for number, name in enumerate(names):
        source = re.sub(rf"(?<![.\w]){name}\b", f"my_{number}", source)
    return source.replace("\n    ", "\n\n    # my own words\n    ")


@pytest.fixture(scope="module")
def found(master):
    """Return what is found in a class of twenty with two pairs and common short answers."""
    submissions = []
    for number in range(20):
        cells = [f"def top_genes(results, n=10):\n    {SHORT[number % 2]}", LONG[number]]
        text = ""
        if number == 7:
            cells[1] = disguised(LONG[3])
        if number in (11, 12):
            text = WORDS
        each = with_cells(master, *cells, student=f"s{number:02d}", answer=text)
        submissions.append(each)
    submissions.append(with_cells(master, student="untouched"))
    return look_for_similar(submissions, master)


def test_disguised_copy_and_shared_words_are_the_pairs(found):
    page, pairs, notes = found
    heads = re.findall(r"<h2>\d+\. (.*)</h2>", page)
    assert len(heads) == pairs
    assert set(heads) == {"s03 and s07", "s11 and s12"}
    assert "my own words" in page
    assert notes == {}


def test_page_says_look_and_shows_hostile_text_as_it_is(found):
    page = found[0]
    assert "For the instructor alone" in page
    assert "a reason to look, and no more" in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page.replace("<mark>", "").replace("</mark>", "")
    assert "default-src 'none'" in page
    for word in ("cheat", "plagia", "guilty", "copied from"):
        assert word not in page.casefold()


def test_marked_text_is_the_students_own_text(found):
    boxes = re.findall(r"<pre>(.*?)</pre>", found[0], re.DOTALL)
    assert any("my_0" in box and "<mark>" in box for box in boxes)
    assert all(box.count("<mark>") == box.count("</mark>") for box in boxes)


def test_long_cell_hides_no_copy_and_is_named(master):
    long, copy = "# words\n" * 20_000, disguised(LONG[3])
    cells = {"ada": [LONG[3]], "below": [long, copy], "after": [f"{long}\n{copy}"]}
    submissions = [with_cells(master, *sources, student=s) for s, sources in cells.items()]
    page, _, notes = look_for_similar(submissions, master)
    assert "ada and below" in page
    assert "ada and after" not in page  # of one cell only the beginning is read
    assert {s for s, said in notes.items() if "100,000 characters" in str(said)} == {
        "below",
        "after",
    }


def test_same_files_and_same_answers_are_flagged_in_the_scores_and_nowhere_else(folder, master):
    lines = "\n    ".join(f"a = a + b * {n}" for n in range(9))
    own = f"{LONG[0]}\n\ndef helper(a, b):\n    {lines}"
    same = file_with_cells(master, own)
    spaced = file_with_cells(master, own.replace("\n", "\n\n"))
    for name, content in {"eve": same, "fay": same, "gil": spaced}.items():
        put(folder / "in", f"{name}.ipynb", content)
    stub = notebook([code(cell.solved) for cell in master.code("given")] + [written("", "3")])
    for name in ("hal", "ida"):
        put(folder / "in", f"{name}.ipynb", stub)
    rows = run(folder)
    assert "look: the same file as fay; look: the same answers as fay, gil" in rows["eve"]["flags"]
    assert rows["gil"]["flags"].endswith("look: the same answers as eve, fay")
    flagged = {name for name, row in rows.items() if "look: the same" in row["flags"]}
    assert flagged == {"eve", "fay", "gil"}
    for path in (folder / "out" / "feedback").iterdir():
        assert "look: the same" not in path.read_text(encoding="utf-8")
    assert "eve and fay" in (folder / "out" / "similar.html").read_text(encoding="utf-8")


def test_pieces_of_more_students_than_a_tenth_count_for_nothing():
    common, own = np.arange(50, dtype=np.uint64), np.arange(1000, 1030, dtype=np.uint64)
    marks = {f"s{n}": np.union1d(common, own + np.uint64(100 * n)) for n in range(60)}
    assert similar_pairs(marks) == []
    marks["copy"] = np.union1d(common, own + np.uint64(100 * 5))
    (pair,) = similar_pairs(marks)
    assert (pair.first, pair.second, len(pair.pieces), pair.share) == ("s5", "copy", 30, 1)
    assert pair.weight == pytest.approx(30 * np.log(61 / 2))


def test_pieces_of_a_whole_small_class_count_for_nothing():
    common, own = np.arange(50, dtype=np.uint64), np.arange(1000, 1030, dtype=np.uint64)
    marks = {f"s{n}": np.union1d(common, own + np.uint64(100 * n)) for n in range(4)}
    assert similar_pairs(marks) == []
    marks["s3"] = marks["s2"]
    (pair,) = similar_pairs(marks)
    assert (pair.first, pair.second, len(pair.pieces)) == ("s2", "s3", 30)


def test_page_says_how_many_pairs_it_does_not_show(master, monkeypatch):
    monkeypatch.setattr(look, "MAX_PAIRS", 1)
    submissions = [
        with_cells(master, LONG[n // 2], student=f"s{n:02d}", answer=WORDS if n < 2 else "")
        for n in range(8)
    ]
    page, pairs, _ = look_for_similar(submissions, master)
    assert (pairs, page.count("<h2>")) == (1, 1)
    assert "Shown: the first 1 of 4 pairs." in page


def test_nobody_and_a_class_without_code_have_no_pairs():
    assert similar_pairs({}) == []
    assert similar_pairs({"a": np.empty(0, np.uint64), "b": np.empty(0, np.uint64)}) == []


def test_class_of_a_thousand_is_compared_in_seconds():
    drawn = np.random.default_rng(1).integers(0, 80_000, (1000, 400)).astype(np.uint64)
    started = time.process_time()
    similar_pairs({f"s{number}": np.unique(row) for number, row in enumerate(drawn)})
    assert time.process_time() - started < 20
