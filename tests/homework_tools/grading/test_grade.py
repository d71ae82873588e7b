"""A class is graded whole, whatever is handed in, and a run again goes on where it stopped."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import tasks
from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading import collect as collecting
from homework_tools.grading import grade, kept_results
from homework_tools.grading.by_hand import read_hand_grades
from homework_tools.grading.collect import MAX_BYTES, answer, collect, read_submission
from homework_tools.grading.feedback import feedback
from homework_tools.grading.hidden_tests import HiddenTests, empty_folder
from homework_tools.grading.reports import write_reports
from homework_tools.grading.safe_text import inert, plain
from homework_tools.grading.scores import points
from homework_tools.grading.session import Session
from homework_tools.grading.summary import summary
from homework_tools.grading.unusual import unusual
from homework_tools.master.master import solved
from homework_tools.sandbox.host.sandbox import Limits, Sandbox
from tests.homework_tools.submissions import (
    answers,
    code,
    earned,
    lying,
    notebook,
    solved_cells,
    with_cells,
    written,
)

QUICK = Limits(call_s=2, total_s=12, restarts=3, memory_mb=512, file_mb=1)
LINUX = sys.platform == "linux"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(QUICK) as found:
        yield found


@pytest.fixture(scope="module")
def tests(master):
    return HiddenTests(master)


def put(folder, name, content):
    """Write a submission's file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(**members):
    """Return the bytes of a zip; `__` in a name stands for a slash and `_dot_` for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return content.getvalue()


EMPTY = notebook([])


# ---- what is found -------------------------------------------------------------------------


BROKEN = [
    ("a.ipynb", b"", "the file is empty"),
    ("a.ipynb", b" \n", "the file is empty"),
    ("a.ipynb", b"{not json", "not a notebook that can be read"),
    ("a.ipynb", b"\xff\xfe\x00", "not a notebook that can be read"),
    ("a.ipynb", b"[" * 100_000, "not a notebook that can be read"),
    ("a.ipynb", b"[]", "a file without cells"),
    ("a.ipynb", b'{"worksheets": []}', "a file without cells"),
    ("a.ipynb", b" " * MAX_BYTES + b"{}", "larger than 20 MB"),
    ("a.docx", b"x", r"not a notebook \(.docx\)"),
    ("a.py", b"x = 1", r"not a notebook \(.py\)"),
    ("a", b"x", r"not a notebook \(no suffix\)"),
    ("a.zip", b"x", "a broken zip"),
    ("a.zip", zipped(), "the zip is empty"),
    ("a.zip", zipped(a_dot_docx="x", b_dot_csv=""), "the zip holds no .ipynb file"),
    ("a.zip", zipped(a_dot_ipynb=b" " * (3 * MAX_BYTES)), "the file is empty"),
]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    BROKEN,
)
def test_file_that_cannot_be_graded_says_why(tmp_path, name, content, fault):
    put(tmp_path, name, content)
    (found,) = collect(tmp_path)
    assert found.student == "a"
    assert re.search(fault, found.fault)


def test_student_is_named_by_the_file_or_by_the_zip_with_one_notebook(tmp_path):
    put(tmp_path, "alice.ipynb", EMPTY)
    put(tmp_path, "section 2/bob.ipynb", EMPTY)
    put(tmp_path, "carol.zip", zipped(homework_dot_ipynb=EMPTY, ShiftedGenes_dot_csv="gene"))
    put(tmp_path, "class.zip", zipped(x__dan_dot_ipynb=EMPTY, eve_dot_ipynb=EMPTY))
    put(tmp_path, ".ipynb_checkpoints/alice-checkpoint.ipynb", EMPTY)
    put(tmp_path, "__MACOSX/x.ipynb", EMPTY)
    put(tmp_path, "grades_by_hand.csv", b"student,question,points\n")
    found = {each.student: each.fault for each in collect(tmp_path)}
    assert found == dict.fromkeys(["alice", "bob", "carol", "dan", "eve"], "")


def test_name_that_is_a_path_elsewhere_is_taken_for_its_last_part(tmp_path):
    evil = io.BytesIO()
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("../../etc/mallory.ipynb", EMPTY)
        archive.writestr("..\\..\\=cmd|x.ipynb", EMPTY)
        archive.writestr("/con.ipynb", EMPTY)
    put(tmp_path, "class.zip", evil.getvalue())
    found = {each.student for each in collect(tmp_path)}
    assert found == {"mallory", "_cmd_x", "_con"}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("jose\u0301", "jos\u00e9"),  # as macOS writes it
        ("jose\u0300", "jos\u00e8"),
        ("\u092a\u094d\u0930\u093f\u092f\u093e", "\u092a\u094d\u0930\u093f\u092f\u093e"),  # Priya
        ("\U00020000" * 80, "\U00020000" * 30),
    ],
)
def test_name_in_any_script_is_kept_as_far_as_a_disk_takes_it(tmp_path, name, student):
    put(tmp_path, "class.zip", zipped(**{f"{name}.ipynb": EMPTY, "bob.ipynb": EMPTY}))
    assert {each.student for each in collect(tmp_path)} == {student, "bob"}


def test_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    put(tmp_path, "class.zip", zipped(a_dot_ipynb=EMPTY, b_dot_ipynb=EMPTY))
    monkeypatch.setattr(collecting, "MAX_TOGETHER", 2 * len(EMPTY) - 1)
    (found,) = collect(tmp_path)
    assert re.search(r"the zip's notebooks are larger than \d+ MB; unpack it", found.fault)


def test_file_that_breaks_its_way_of_packing_is_refused(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", EMPTY)
    content = bytearray(content.getvalue())
    content[41:60] = b"\xff" * 19
    put(tmp_path, "a.zip", bytes(content))
    assert "broken in the zip" in collect(tmp_path)[0].fault


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_that_python_unpacks_without_a_limit_is_refused(tmp_path, packed):
    """Four kilobytes can hold four gigabytes of one letter; Python makes all of them at once."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packed) as archive:
        archive.writestr("a.ipynb", b" " * (2 * collecting.MAX_BYTES))
    tracemalloc.start()
    (found,) = collect(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "packed in an unusual way" in found.fault
    assert most < collecting.MAX_BYTES


def test_zip_of_many_long_names_does_not_swell_the_tables(tmp_path):
    members = {f"{number:0500}/bob.ipynb": EMPTY for number in range(50)}
    put(tmp_path, "mallory.zip", zipped(**members))
    (bob,) = collect(tmp_path)
    assert bob.fault.startswith("50 files of this student (mallory.zip/000")
    assert bob.fault.endswith(", and 45 more); keep one")
    put(tmp_path, "bob.ipynb", EMPTY)
    (note,) = collect(tmp_path)[0].notes
    assert note.endswith(", and 45 more")
    assert len(bob.file + bob.fault + note) < 6000


def test_two_files_of_a_student_are_one_row_and_not_graded(tmp_path):
    put(tmp_path, "alice.ipynb", EMPTY)
    put(tmp_path, "late/Alice.ipynb", EMPTY)
    (found,) = collect(tmp_path)
    assert found.fault == "2 files of this student (alice.ipynb, late/Alice.ipynb); keep one"


def test_zip_of_several_notebooks_cannot_void_or_replace_a_students_own_file(tmp_path):
    right = notebook([code("x = 1")])
    put(tmp_path, "bob.ipynb", right)
    put(tmp_path, "mallory.zip", zipped(mallory_dot_ipynb=EMPTY, bob_dot_ipynb=EMPTY))
    bob, mallory = collect(tmp_path)
    note = "from mallory.zip, a zip of 2 notebooks: may its owner hand this in?"
    assert (bob.content, bob.fault, bob.file) == (right, "", "bob.ipynb")
    passed_over = "passed over, since the student's own file counts: mallory.zip/bob.ipynb"
    assert (bob.notes, mallory.notes) == ((passed_over,), (note,))


def test_two_zips_that_name_one_student_are_both_named_in_that_students_row(tmp_path):
    put(tmp_path, "x.zip", zipped(ann_dot_ipynb=EMPTY, bob_dot_ipynb=EMPTY))
    put(tmp_path, "y.zip", zipped(zoe_dot_ipynb=EMPTY, Bob_dot_ipynb=b"{"))
    found = {each.student.casefold(): each for each in collect(tmp_path)}
    fault = "2 files of this student (x.zip/bob.ipynb, y.zip/Bob.ipynb); keep one"
    assert found["bob"].fault == fault
    assert len(found["bob"].notes) == 2
    assert [len(found[name].notes) for name in ("ann", "zoe")] == [1, 1]


def test_rows_from_a_zip_of_several_notebooks_are_flagged_but_not_in_the_feedback(folder):
    put(folder / "in", "class.zip", zipped(eve_dot_ipynb=EMPTY, fay_dot_ipynb=b"{"))
    rows = run(folder)
    for name in ("eve", "fay"):
        assert "from class.zip, a zip of 2 notebooks" in rows[name]["flags"]
        assert "class.zip" not in (folder / "out/feedback" / f"{name}.md").read_text("utf-8")
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert summary.count("from class.zip, a zip of 2 notebooks") == 2


def test_hidden_notebook_gets_a_row_and_what_systems_add_does_not(tmp_path):
    put(tmp_path, ".ada.ipynb", EMPTY)
    put(tmp_path, ".bob.ZIP", zipped(x_dot_ipynb=EMPTY))
    for name in ("._ada.ipynb", ".DS_Store", ".git/x.ipynb", ".gitignore", "x/._ada.zip"):
        put(tmp_path, name, b"x")
    assert [each.student for each in collect(tmp_path)] == ["ada", "bob"]


def test_control_characters_in_a_files_name_are_shown_by_number(tmp_path):
    put(tmp_path, "x.zip", zipped(**{"a\x1b[31m.ipynb": EMPTY, "b\x9b.ipynb": EMPTY}))
    assert {each.file for each in collect(tmp_path)} == {"x.zip/a%1B[31m.ipynb", "x.zip/b%9B.ipynb"}
    put(tmp_path, "x.zip", zipped(**{"a\u202ebpyni.ipynb": EMPTY, "b\u2028c.ipynb": EMPTY}))
    shown = {name for each in collect(tmp_path) for name in (each.file, *each.notes)}
    assert not [name for name in shown if "\u202e" in name or "\u2028" in name]


@pytest.mark.parametrize("name", ["CON", "con.x", "Com1", "LPT\u00b9", "COM\u00b2.old", "conout"])
def test_name_that_windows_keeps_for_itself_is_changed(name):
    assert read_submission(f"{name}.ipynb", EMPTY).student == f"_{name}"


def test_encrypted_zip_is_refused(tmp_path):
    content = bytearray(zipped(a_dot_ipynb=EMPTY))
    content[6] |= 1  # the flags of the local header, and of the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    put(tmp_path, "a.zip", bytes(content))
    assert "encrypted" in collect(tmp_path)[0].fault


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_is_not_followed(tmp_path):
    put(tmp_path, "real/bob.ipynb", EMPTY)
    (tmp_path / "alice.ipynb").symlink_to(tmp_path / "real" / "bob.ipynb")
    (tmp_path / "loop").symlink_to(tmp_path)
    faults = {each.student: each.fault for each in collect(tmp_path)}
    assert faults["bob"] == ""
    assert "a link" in faults["alice"]
    assert "a link" in faults["loop"]


# ---- answers -------------------------------------------------------------------------------


def test_answer_is_found_with_its_cell_and_with_cells_that_the_student_added(master):
    cells = json.loads(json.dumps(student_notebook(master).cells))
    place = next(n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["answer"])
    cells[place]["source"] = "**Your answer to question 1a:**\n\nBy a factor."
    cells.insert(place + 1, written("And more."))
    submission = read_submission("a.ipynb", notebook(cells))
    known = {c.source.strip() for c in student_notebook(master).cells}
    assert answer(submission, "1a", known) == "By a factor.\n\nAnd more."
    assert answer(submission, "3", known) == ""


def test_answer_is_found_when_its_cell_has_another_tag_as_well():
    cell = written("By a factor.", "1a")
    cell["metadata"]["tags"].append("seen")
    assert answer(read_submission("a.ipynb", notebook([cell])), "1a", set()) == "By a factor."


def test_answer_is_found_when_the_metadata_are_lost():
    cells = [written("**Your answer to question 1a:**\n\nBy a factor."), code("x = 1")]
    submission = read_submission("a.ipynb", notebook(cells))
    assert answer(submission, "1a", set()) == "By a factor."


# ---- what is hostile -----------------------------------------------------------------------


def graded(tests, sandbox, *cells):
    return tests.grade(with_cells(tests.master, *cells), sandbox)


FAULTS = [
    ("while True: pass", "took longer than"),
    ("import os; os._exit(0)", "ended the whole Python process"),
    ("raise SystemExit", "stopped with SystemExit"),
    ("return 'x' * 50_000_000", "what it returns is far too large"),
    ("return [['x' * 999] * 99] * 99", "what it returns is far too large"),
    ("return filter_genes(df_expr)", "stopped with RecursionError"),
    ("return missing_name", "of a notebook only imports, functions and plain values"),
    ("import nothing_of_this_name", "only numpy, pandas, scipy"),
    ("import os; os.makedirs('x.csv', exist_ok=True)", "must return a tuple of two tables"),
    ("return object()", "must return a tuple of two tables"),
    ("return (1, 2)", "must return a table"),
]


@pytest.mark.parametrize(
    ("body", "words"),
    FAULTS,
)
def test_fault_in_one_function_costs_that_question_alone(tests, sandbox, master, body, words):
    record = graded(tests, sandbox, f"def filter_genes(df_expr, max_missing=0.8):\n    {body}")
    for test in record["tests"]:
        if test["question"] == "2":
            assert test["points"] == 0
    assert words in " ".join(test["feedback"] for test in record["tests"])
    others = {q: p for q, p in earned(master, record).items() if q != "2"}
    assert others == {q: master.points(q) for q in others}


BOMBS = [
    "return bytearray(2**40)",
    "import os\n    while True: os.fork()",
    "import os\n    os.kill(os.getppid(), 9)",
    "import threading\n    while True: threading.Thread(target=filter_genes).start()",
    "import gc, sys\n    sys.setrecursionlimit(10**9)\n    return filter_genes(df_expr)",
]


@pytest.mark.skipif(not LINUX, reason="the limits are Linux's")
@pytest.mark.parametrize(
    "body",
    BOMBS,
)
def test_bomb_costs_that_question_alone(tests, sandbox, master, body):
    if sandbox.kind == "subprocess":
        pytest.skip("a plain process is not held back")
    record = graded(tests, sandbox, f"def filter_genes(df_expr, max_missing=0.8):\n    {body}")
    points = earned(master, record)
    assert points.pop("2") == 0
    assert points == {q: master.points(q) for q in points}


FORGERIES = {
    "equal to everything": "class Yes:\n    def __eq__(self, other): return True\n"
    "    def __getattr__(self, name): return self\n    def __call__(self, *a, **k): return self\n"
    "    def __getitem__(self, key): return self\n    def __len__(self): return 2\n"
    "    def __iter__(self): return iter([self, self])\n    def __bool__(self): return True\n"
    "def F(*args, **kwargs): return Yes()",
    "a table that lies": "import pandas\nclass Table(pandas.DataFrame):\n"
    "    def equals(self, other): return True\n    def __eq__(self, other): return True\n"
    "def F(*args, **kwargs): return Table({'gene': [1]})",
    "looks for the tests": "import gc, sys\ndef F(*args, **kwargs):\n"
    "    found = [o for o in gc.get_objects() if isinstance(o, dict) and 'hidden_student' in o]\n"
    "    frame = sys._getframe()\n    while frame:\n        found += [frame.f_globals.get('T')]\n"
    "        frame = frame.f_back\n    return found",
    "changes what the worker sends": "import sys\ndef F(*args, **kwargs):\n"
    "    codec = sys.modules['guest.codec']\n"
    "    codec.write_message = lambda stream, answer: stream.write(b'\\0\\0\\0\\2{}')\n"
    "    return 1",
    "sends results of its own": "import os\ndef F(*args, **kwargs):\n"
    "    for n in range(3, 20):\n        try: os.write(n, b'\\0\\0\\0\\2{}')\n"
    "        except OSError: pass\n    return 1",
    "changes numpy and assert": "import numpy, builtins, sys\ndef F(*args, **kwargs):\n"
    "    numpy.allclose = lambda *a, **k: True\n    builtins.AssertionError = type('E', (), {})\n"
    "    builtins.abs = lambda x: 0\n    return 1",
}


@pytest.mark.parametrize("source", FORGERIES.values(), ids=FORGERIES)
def test_forged_submission_earns_nothing(tests, sandbox, master, source):
    names = [name for question in master.questions() for name in master.functions(question)]
    cells = [code(source), *(code(f"{name} = F") for name in names)]
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    assert earned(master, record) == dict.fromkeys(earned(master, record), 0)


TRIES = {
    "fork": ("import os\ndef filter_genes(df_expr):\n    os.fork()", "processes (`os.fork`)"),
    "fork in disguise": (
        "import pathlib\ndef filter_genes(df_expr, max_missing=0.8):\n"
        "    getattr(pathlib.os, 'fo' + 'rk')()",
        "it tried to start a process",
    ),
    "network": ("def filter_genes(df_expr):\n    import socket", "the network (`socket`)"),
    "network in disguise": (
        "def filter_genes(df_expr, max_missing=0.8):\n    pd.read_csv('ht' + 'tp://x.invalid/')",
        "it tried to use the network",
    ),
    "a module in disguise": (
        "def filter_genes(df_expr, max_missing=0.8):\n"
        "    np.random._pickle.__loader__.load_module('g' + 'c').get_objects()",
        "Python's own parts (`__loader__`)",
    ),
}


@pytest.mark.parametrize(("source", "words"), TRIES.values(), ids=TRIES)
def test_try_to_leave_the_process_is_noted_for_the_instructor(tests, sandbox, source, words):
    record = graded(tests, sandbox, source)
    assert words in " ".join(record["notes"])
    assert words not in feedback(tests.master, record, {})


@pytest.mark.parametrize("source", FORGERIES.values(), ids=FORGERIES)
def test_forged_submission_is_noted(source):
    assert list(unusual(((1, source),)))


def test_honest_notebooks_are_not_noted(master):
    cells = [cell["source"] for cell in solved_cells(master)]
    cells += [source for _, _, source in answers("alternatives")]
    cells += ["from scipy import signal, stats\npd.options.display.max_rows = 9\nimport os, sys"]
    cells += ["results.eval('p_value < 0.05')\nprint(np.__version__, sys.version)"]
    assert list(unusual(tuple(enumerate(cells)))) == []


def test_long_lines_do_not_keep_the_search_for_them_busy():
    started = time.perf_counter()
    lines = ["import " * 500_000, "a." * 900_000, "np.x " * 700_000, "__" * 10**6]
    list(unusual(tuple(enumerate([*lines, "class " * 500_000, "class " + "\t" * 10**6]))))
    assert time.perf_counter() - started < 30


def test_top_level_code_does_not_run(tests, sandbox, master):
    cells = ["while True: pass", "exit()", "1 / 0", "import os\nos._exit(1)", "np.random.seed(1)"]
    cells += ["both = filter_genes(df_expr)\nkept, summary = both\nagain = summary"]
    cells += ["import matplotlib.pyplot as plt\nplt.rcParams['x'] = 1\nsummary['new'] = 1"]
    record = graded(tests, sandbox, *cells)
    assert sum(earned(master, record).values()) == 28
    assert record["flags"] == []


def test_broken_cell_costs_what_it_defines_and_is_named(tests, sandbox, master):
    cells = solved_cells(master)
    place = next(n for n, cell in enumerate(cells) if "def top_genes" in cell["source"])
    cells[place]["source"] += "\n  )"
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    assert earned(master, record)["4b"] == 0
    assert earned(master, record)["4a"] == master.points("4a")
    flag, _ = record["flags"]  # and that there are no answers
    assert flag.startswith(f"SyntaxError in cell {place + 1}")
    feedback = [test["feedback"] for test in record["tests"] if test["question"] == "4b"]
    assert "top_genes is not defined in the notebook" in feedback[0]


def changed_by_a_student(master, old, new, **changes):
    """Return the released notebook, solved, with a text replaced in the one cell that has it."""
    cells = json.loads(json.dumps(student_notebook(master).cells))
    solutions = iter(master.code("solution"))
    for cell in cells:
        if "solution" in cell["metadata"].get("tags", []):
            cell["source"] = solved(next(solutions))
    (cell,) = [cell for cell in cells if old in cell["source"]]
    cell["source"] = cell["source"].replace(old, new)
    cell.update(changes)
    return cells


def words_for(tests, sandbox, cells, question="4b"):
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    lost = [test["feedback"] for test in record["tests"] if test["question"] == question]
    return lost[0], record


def test_error_in_a_cell_that_was_handed_out_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes((")
    words, record = words_for(tests, sandbox, cells)
    place = "SyntaxError in your cell of question 4b, line 1: `def top_genes(("
    assert record["flags"][0].startswith(place)
    assert f"Not everything could be read: {place}" in words
    assert (
        "top_genes is not defined in the notebook. Not everything could be read: SyntaxError\n"
        in (summary(master, [record], {}))
    )


def test_line_that_does_not_run_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "LN2 = np.log(2)\n\n\ndef top_genes(")
    cells.append(code("def top_genes(results, n=10): return LN2"))
    words, _ = words_for(tests, sandbox, cells)
    assert "LN2 is set in your cell of question 4b, line 1, by a line that does not run" in words


def test_solution_in_a_cell_of_text_is_placed_by_its_question(tests, sandbox, master):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes(", cell_type="raw")
    words, _ = words_for(tests, sandbox, cells)
    assert "Your cell of question 4b holds it, but is a raw cell" in words


def test_error_inside_a_function_is_placed_by_its_question_for_the_instructor(
    tests, sandbox, master
):
    cells = changed_by_a_student(
        master, "def top_genes(results, n=10):", "def top_genes(results, n=10):\n    1 / 0"
    )
    _, record = words_for(tests, sandbox, cells)
    (detail, _) = [test["detail"] for test in record["tests"] if test["question"] == "4b"]
    assert "(ZeroDivisionError in your cell of question 4b, line 2: `1 / 0`)" in detail


@pytest.mark.parametrize("question", ["4b", "<b>", "", None, ["4b"]])
def test_cell_whose_label_is_not_its_own_is_placed_by_its_number(tests, sandbox, master, question):
    cells = changed_by_a_student(master, "def top_genes(", "def top_genes((")
    (place,) = [n for n, cell in enumerate(cells, start=1) if "top_genes((" in cell["source"]]
    if question == "4b":  # split in two, of which each keeps the label
        cells.append(code("x = 1") | {"metadata": cells[place - 1]["metadata"]})
    cells[place - 1]["metadata"]["question"] = question
    _, record = words_for(tests, sandbox, cells)
    assert record["flags"][0].startswith(f"SyntaxError in cell {place}, line 1")


RENAMED = ["filter_gene", "my_filter_genes", "filterGenes", "filter_genes_2", "Filter"]


@pytest.mark.parametrize("name", RENAMED)
def test_renamed_function_is_named(tests, sandbox, master, name):
    cells = solved_cells(master)
    for cell in cells:
        cell["source"] = cell["source"].replace("def filter_genes", f"def {name}")
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = "filter_genes is not defined in the notebook. There is a function "
    words += f"`{name}`: give it the name filter_genes again."
    assert {t["feedback"] for t in record["tests"] if t["question"] == "2"} == {words}


def test_function_with_no_similar_name_gets_no_guess(tests, sandbox):
    cells = [code("import numpy as np\ndef mean(x): return 1\ndef top_genes(results, n): return 1")]
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = [test["feedback"] for test in record["tests"] if test["question"] in ("2", "1b")]
    assert {text.partition(" ")[2] for text in words} == {"is not defined in the notebook."}


@pytest.mark.parametrize(("kind", "shown"), [("markdown", "Markdown"), ("raw", "raw")])
def test_function_in_a_cell_that_is_no_code_is_found(tests, sandbox, master, kind, shown):
    cells = solved_cells(master)
    place = next(n for n, cell in enumerate(cells) if "def filter_genes" in cell["source"])
    cells[place]["cell_type"] = kind
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    words = f"filter_genes is not defined in the notebook. Cell {place + 1} holds it, but is a "
    words += f"{shown} cell: make it a code cell again."
    assert {t["feedback"] for t in record["tests"] if t["question"] == "2"} == {words}


def test_cell_that_is_too_large_costs_what_it_defines_and_is_named(tests, sandbox, master):
    large = f"def top_genes(results, n=10):\n    '{'x' * 5 * 2**20}'"
    cells = [cell for cell in solved_cells(master) if "def top_genes" not in cell["source"]]
    submission = read_submission("a.ipynb", notebook([code(large), *cells]))
    record = tests.grade(submission, sandbox)
    points = earned(master, record)
    assert points == {q: 0 if q == "4b" else master.points(q) for q in points}
    assert record["flags"][0] == "cell 1 is too large to be read: 5.0 MB of code"
    lost = [test["feedback"] for test in record["tests"] if test["question"] == "4b"]
    assert "not defined in the notebook. Not everything could be read: cell 1 is" in lost[0]


def test_function_below_a_timing_command_is_read(tests, sandbox, master):
    right = solved(next(c for c in master.code("solution", "4b")))
    record = graded(tests, sandbox, "def top_genes(results, n=10): return 1", f"\n%%time\n{right}")
    assert earned(master, record)["4b"] == master.points("4b")
    record = graded(tests, sandbox, "%%bash\ndef top_genes(results, n=10): return 1")
    assert earned(master, record)["4b"] == master.points("4b")


@pytest.mark.parametrize(
    "line", ["LN2 = np.log(2)", "a, LN2 = 1, np.log(2)", "LN2: float = abs(1)"]
)
def test_name_set_by_a_line_that_does_not_run_is_named_with_its_place(tests, sandbox, line):
    use = "def top_genes(results, n=10): return LN2"
    record = graded(tests, sandbox, f"plot(LN2, c=1)\n\n{line}", use)
    (feedback, _) = [test["feedback"] for test in record["tests"] if test["question"] == "4b"]
    assert re.search(r"LN2 is set in cell \d+, line 3, by a line that does not run", feedback)
    assert "or write that line inside the function" in feedback


def test_answer_cells_that_are_gone_are_flagged(tests, sandbox, master):
    cells = [*solved_cells(master), written("My answer.", "3"), written("", "1a")]
    record = tests.grade(read_submission("a.ipynb", notebook(cells)), sandbox)
    assert record["flags"] == ["no answer cell in the notebook for question 4c, 5"]


def test_changed_arguments_are_flagged(tests, sandbox):
    source = "def top_genes(table, k):\n    return table.nsmallest(k, 'p_value')"
    record = graded(tests, sandbox, source)
    assert record["flags"] == ["the arguments of top_genes were changed to `(table, k)`"]


def test_types_of_arguments_and_a_look_at_a_table_cost_nothing(tests, sandbox):
    source = "def top_genes(results: pd.DataFrame, n: int = 10) -> pd.DataFrame:\n"
    source += "    display(results.head())\n    return results.nsmallest(n, 'p_value')"
    record = graded(tests, sandbox, source)
    assert record["flags"] == []
    assert earned(tests.master, record)["4b"] == tests.master.points("4b")


def test_long_lines_do_not_keep_the_grader_busy(tests, sandbox):
    lines = ["x " * 60_000, "x" + " " * 60_000 + "#=", "x, " * 40_000 + "#="]
    record = graded(tests, sandbox, *lines, "def top_genes(results, n=10): return x")
    assert record["seconds"] < 10


def test_faults_that_a_worker_makes_up_do_not_keep_the_grader_busy(tests, sandbox):
    place = len(solved_cells(tests.master)) + 1
    lie = lying(f"message['faults'] = [{{'cell': {place}}}] * 150_000")
    record = graded(tests, sandbox, "#\n" * 700_000, lie)
    assert record["seconds"] < 10
    assert record["flags"][-1] == "and 149995 more errors"


def test_definitions_that_never_end_are_given_up_at_once(tests, sandbox, master):
    record = graded(tests, sandbox, "def g(x=[1 for n in iter(int, 1) if n]): pass")
    assert sum(earned(master, record).values()) == 0
    assert record["seconds"] < 15
    assert "its definitions cannot be loaded" in record["flags"]


def test_all_functions_that_never_end_cost_the_time_of_one_student(tests, sandbox, master):
    names = [name for question in master.questions() for name in master.functions(question)]
    code = "\n".join(f"def {name}(*a, **k):\n    while True: pass" for name in names)
    record = graded(tests, sandbox, code)
    assert record["seconds"] < QUICK.total_s + 8
    assert sum(earned(master, record).values()) == 0


def test_feedback_shows_no_data_of_the_tests(tests, sandbox):
    source = "def filter_genes(df_expr, max_missing=0.8):\n    raise ValueError(df_expr.to_csv())"
    record = graded(tests, sandbox, source)
    test = next(test for test in record["tests"] if test["question"] == "2")
    assert re.match(r"(?s)ValueError: ,Q.*, line 2: `raise ValueError\(df_expr", test["detail"])
    assert test["feedback"] == "filter_genes stopped with ValueError (values that do not fit, " + (
        "perhaps because shapes or labels differ)."
    )


CHOSEN = """def filter_genes(df_expr, max_missing=0.8):
    data = int(df_expr.columns[0][1:])
    {}"""
CHANNELS = {
    "a line": [CHOSEN.format("".join(f"if data == {n}: 1 / 0\n    " for n in range(200)))],
    "a helper's cell": [
        *(f"def f{n}(): 1 / 0" for n in range(200)),
        CHOSEN.format("globals()[f'f{data}']()"),
    ],
    "a line that sets a name": [
        "\n".join(f"n{n} = len([])" for n in range(200)),
        CHOSEN.format("raise NameError(name=f'n{data}')"),
    ],
    "a class of errors": [CHOSEN.format("raise type(f'E{data}', (ZeroDivisionError,), {})")],
}


@pytest.mark.parametrize("cells", CHANNELS.values(), ids=CHANNELS)
def test_submission_cannot_write_the_tests_data_into_its_feedback(tests, sandbox, cells):
    """Feedback is the same, whichever line, cell, name or class the data have chosen."""

    def said(offset):
        moved = [cell.replace("[1:])", f"[1:]) + {offset}") for cell in cells]
        record = graded(tests, sandbox, *moved)
        return [test["feedback"] for test in record["tests"]] + record["flags"]

    assert said(0) == said(1)


def test_worker_that_has_seen_the_tests_data_adds_no_words(tests, master, tmp_path):
    lie = f"""p = __import__('pathlib').Path({str(tmp_path / "seen")!r})
            if p.exists(): message['signatures']['top_genes'] = message['faults'] = p.read_text()"""
    see = f"import os\n    open({str(tmp_path / 'seen')!r}, 'w').write('Q' * 9)\n    os._exit(0)"
    cells = [lying(lie), f"def filter_genes(df_expr, max_missing=0.8):\n    {see}"]
    patient = Limits(call_s=30, total_s=200, restarts=3)  # each process imports pandas anew
    with Sandbox(patient, "subprocess") as open_sandbox:
        record = graded(tests, open_sandbox, *cells)
    assert (tmp_path / "seen").exists()
    assert record["flags"] == ["the process ended"]


def test_error_named_by_the_student_shows_no_data_of_the_tests(tests, sandbox):
    source = "def filter_genes(df_expr, max_missing=0.8):\n"
    source += "    raise type('V' + df_expr.columns[0], (Exception,), {})"
    record = graded(tests, sandbox, source)
    test = next(test for test in record["tests"] if test["question"] == "2")
    assert re.match(r"V\w+\d: ", test["detail"])
    assert test["feedback"] == "filter_genes stopped with an error of another kind."


def test_changed_arguments_stay_on_the_other_side_where_a_test_can_see_them(sandbox):
    source = "def f(table, names, series):\n    table['new'] = 1\n    names.append('x')\n"
    source += "    series.iloc[0] = 9.0"
    table, names, series = pd.DataFrame({"a": [1.5]}), ["k"], pd.Series([1.0])
    submission = read_submission("a.ipynb", notebook([code(source)]))
    with empty_folder(), Session(sandbox, submission) as session:
        function = session.function("f")
        function(table, names, series=series)
    assert list(table.columns) == ["a"]
    assert (names, series.tolist()) == (["k"], [1.0])
    left = function.given
    assert list(left[0].columns) == ["a", "new"]
    assert (left[1], left[2].tolist()) == (["k", "x"], [9.0])


# ---- a class -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, master):
    """Return a folder with four submissions: full points, a fault, none, and a broken file."""
    right = with_cells(master).content
    wrong = with_cells(master, "def top_genes(results, n=10): return results.head(n)").content
    put(tmp_path / "in", "alice.ipynb", right)
    cells = [cell for cell in json.loads(wrong)["cells"] if cell["metadata"].get("question") != "3"]
    cells.append(written("=1+1 is my answer", "3"))
    put(tmp_path / "in", "bob.ipynb", notebook(cells))
    put(tmp_path / "in", "carol.ipynb", EMPTY)
    put(tmp_path / "in", "dan.ipynb", b"{")
    return tmp_path


def run(folder, *options, master=None):
    where = [str(folder / "in"), "--out", str(folder / "out")]
    grade.main([*where, "--master", str(tasks.ROOT / "homework" / "homework.md"), *options])
    with (folder / "out" / "scores.csv").open(encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_class_gets_scores_feedback_summary_and_answers_to_read(folder, capsys):
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "26", "0", ""]
    assert rows["carol"]["flags"] == "no answer cell in the notebook for question 1a, 3, 4c, 5"
    assert rows["bob"]["4b"] == "0"
    assert rows["bob"]["3"] == ""
    assert rows["bob"]["1a"] == "0"
    assert rows["bob"]["flags"] == "free text to read: 3"
    assert rows["dan"]["flags"].startswith("not graded: not a notebook that can be read")
    feedback = (folder / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "**26 of 37 points so far**; 3 points of free text are still to be read" in feedback
    assert "## Question 4b: 0 of 2\n\n- Lost 1: should return the n rows" in feedback
    assert "not the n rows with the smallest p-values, smallest first" in feedback
    assert "## Question 1a: 0 of 3\n\nNo answer was found in the notebook." in feedback
    assert "## Question 3: not read yet" in feedback
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert "4 submissions, 1 of them not graded." in summary
    assert "Free text still to be read: 1 × question 3." in summary
    assert "## Scores, out of 37" in summary
    assert [line[:12] for line in summary.split("\n") if " 1 #" in line] == [
        "  0-3      1",
        " 24-27     1",
        " 28-31     1",
    ]
    assert summary.index("| 4b | 0.67 | 2 | 1 of 3 |") < summary.index("| 3 | 1 not read yet | 3 |")
    assert "- 1 × question 4b: not the n rows" in summary
    assert "- dan: not a notebook that can be read" in summary
    read = (folder / "out" / "to_read.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(read))
    assert (row["student"], row["question"], row["answer"]) == ("bob", "3", "'=1+1 is my answer")
    assert "the pseudocount" in row["rubric"]
    pages = (folder / "out" / "to_read.md").read_text(encoding="utf-8")
    assert pages.count("Question 3 (3 points)") == 1
    assert "4 submissions, 1 of them not graded" in capsys.readouterr().out


UNTRUE = lying("message['signatures']['top_genes'] = '\\ud800\\n- alice: copied'")


def test_text_that_no_file_can_hold_costs_no_report(folder, master):
    put(folder / "in", "mallory.ipynb", with_cells(master, UNTRUE).content)
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "26", "0", "", "28"]
    assert r"changed to `(\ud800\n- alice: copied)`" in rows["mallory"]["flags"]
    kept = folder / "out" / "results" / "mallory.json"
    record = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(record | {"flags": ["\ud800"]}), encoding="utf-8")
    assert run(folder)["mallory"]["flags"].startswith(r"\ud800; look at its code: cell")


@pytest.mark.skipif(not LINUX, reason="no such name can be there")
def test_file_name_that_is_no_text_costs_no_report(folder, master):
    for name in (b"Andr\xe8.ipynb", b"Andr\xe9.ipynb"):
        put(folder / "in", os.fsdecode(name), with_cells(master).content)
    rows = run(folder)
    assert {row["file"] for row in rows.values()} >= {"Andr%E8.ipynb", "Andr%E9.ipynb"}
    assert rows["Andr_E9"]["total"] == "28"
    assert "the file's name is not plain text" in rows["Andr_E9"]["flags"]


def test_failure_of_the_grader_costs_one_row_until_it_is_mended(folder, monkeypatch, capsys):
    original = HiddenTests.grade

    def failing(self, submission, sandbox):
        record = original(self, submission, sandbox)
        if submission.student == "bob" and not submission.fault:
            raise IndexError("no such thing")
        if submission.student == "carol" and not submission.fault:
            del record["answers"]
        return record

    with monkeypatch.context() as patch:
        patch.setattr(HiddenTests, "grade", failing)
        rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "", "", ""]
    words = "not graded: the grader could not grade it ({}); please report this"
    assert rows["bob"]["flags"] == words.format("IndexError")
    assert rows["carol"]["flags"] == words.format("KeyError")
    assert "IndexError: no such thing" in capsys.readouterr().err
    assert [row["total"] for row in run(folder).values()] == ["28", "26", "0", ""]


def test_grades_by_hand_are_merged(folder):
    lines = "student;question;points;comment\nbob;3;2,5;nearly\nbob;1a;;\n"
    put(folder / "out", "grades_by_hand.csv", lines.encode("utf-8-sig"))
    row = run(folder)["bob"]
    assert (row["3"], row["total"], row["flags"]) == ("2.5", "28.5", "")
    feedback = (folder / "out" / "feedback" / "bob.md").read_text(encoding="utf-8")
    assert "**28.5 of 40 points**" in feedback
    assert "## Question 3: 2.5 of 3\n\nnearly\n\nWhat earns points:\n\n- 1: on a log" in feedback
    assert "## Question 5: 0 of 3\n\nNo answer was found in the notebook." in feedback
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert "## Scores, out of 40" in summary
    assert "| 3 | 0.83 | 3 | 0 of 3 |" in summary


@pytest.mark.parametrize("name", ["grades_by_hand.csv", "late/Grades_by_hand.CSV"])
def test_hand_grades_that_a_student_hands_in_earn_nothing(folder, capsys, name):
    path = put(folder / "in", name, b"student,question,points\nbob,3,3\n")
    rows = run(folder)
    assert (list(rows), rows["bob"]["3"]) == (["alice", "bob", "carol", "dan"], "")
    said = capsys.readouterr()
    assert "Grades by hand" not in said.out
    assert f"WARNING: {path} was NOT used: a student may have handed it in." in said.err
    assert f"move it to {folder / 'out' / 'grades_by_hand.csv'}" in said.err
    assert "was NOT used" in (folder / "out" / "summary.md").read_text(encoding="utf-8")
    assert run(folder, "--by-hand", str(path))["bob"]["3"] == "3"
    said = capsys.readouterr()
    assert f"Grades by hand: {path}\n" in said.out
    assert "NOT used" not in said.err


def test_file_whose_name_only_ends_like_that_of_the_hand_grades_gets_a_row(tmp_path):
    put(tmp_path, "ada_grades_by_hand.csv", b"x")
    (found,) = collect(tmp_path)
    assert found.fault.startswith("not a notebook (.csv)")


def test_text_graded_by_hand_without_a_comment_shows_what_earns_points(master):
    record = {
        "student": "a",
        "name": "a",
        "fault": "",
        "flags": [],
        "notes": [],
        "tests": [],
        "answers": {"1a": "text"},
    }
    assert "## Question 1a: not read yet\n\n##" in feedback(master, record, {})
    graded = feedback(master, record, {("a", "1a"): (1.0, "")})
    assert "## Question 1a: 1 of 3\n\nWhat earns points:\n\n- 1: only the randomly" in graded
    assert "\n\n\n" not in graded


def test_what_lost_several_points_is_said_once(master, tests, sandbox):
    record = graded(tests, sandbox, "def top_genes(results, n=10): raise NotImplementedError()")
    words = feedback(master, record, {})
    assert words.count("top_genes is still to be written.") == 1
    assert (
        "- Lost 2: top_genes is still to be written.\n"
        "  - should return the n rows with the smallest p-values, smallest first\n"
        "  - should keep each row whole: its name and its other values\n" in words
    )
    assert "- Earned 2: should keep the right genes, with all samples and values\n" in words


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("student,points\n", "g.csv:1: no column 'question'"),
        ("student,question,points\nbob,2,1\n", "g.csv:2: '2' is no free-text question"),
        ("student,question,points\nbob,3,4\n", "g.csv:2: points must be .* 0 to 3, not '4'"),
        ("student,question,points\nbob,3,x\n", "g.csv:2: points must be"),
        ("student,question,points\nbob,3,nan\n", "g.csv:2: points must be"),
        ("student,question,points\nbob,3,1\nbob,3,2\n", "g.csv:3: .* graded twice"),
        ("student,question,points\nbob,3,tr\udce8s\n", "g.csv:2: not in UTF-8; in Excel"),
    ],
)
def test_grades_by_hand_that_cannot_be_are_refused(tmp_path, master, lines, message):
    path = put(tmp_path, "g.csv", lines.encode(errors="surrogateescape"))
    with pytest.raises(ValueError, match=message):
        read_hand_grades(path, master, {"bob": "bob"})


def test_grades_by_hand_of_a_student_who_has_gone_cost_nobody_theirs(folder, capsys):
    lines = "student,question,points\nbob,3,2\nzoe,3,1\n"
    put(folder / "out", "grades_by_hand.csv", lines.encode())
    assert run(folder)["bob"]["3"] == "2"
    words = "grades_by_hand.csv:3: nobody named 'zoe' has handed in; left out"
    assert f"WARNING: {words}" in capsys.readouterr().err
    assert f"\n- {words}\n" in (folder / "out/summary.md").read_text("utf-8")


def test_class_list_gives_the_tables_the_real_names(folder, master):
    right = with_cells(master).content
    put(folder / "in", "Ada_Lovelace.ipynb", right)
    put(folder / "in", "_CON.ipynb", notebook([written("some words", "3")]))
    put(folder, "class.csv", b"student,file\nAda <Lovelace>,Ada_Lovelace.ipynb\nCON,_CON.ipynb\n")
    rows = run(folder, "--students", str(folder / "class.csv"))
    assert rows["Ada <Lovelace>"]["total"] == "28"
    assert "not on the class list" in rows["alice"]["flags"]
    assert "not on the class list" not in rows["CON"]["flags"]
    page = (folder / "out" / "feedback" / "Ada_Lovelace.md").read_text(encoding="utf-8")
    assert r": Ada \<Lovelace\>" in page.split("\n")[0]
    put(folder / "out", "grades_by_hand.csv", b"student,question,points\nCON,3,2\n")
    assert run(folder, "--students", str(folder / "class.csv"))["CON"]["3"] == "2"


def test_file_on_no_list_cannot_take_the_name_of_one_that_is(folder):
    roster = {"ada-1": "alice", "bob": "Bob B."}
    found = list(grade.named(collect(folder / "in"), roster))
    assert [each.name for each in found] == ["alice.ipynb", "Bob B.", "", ""]
    assert [len(each.notes) for each in found] == [1, 0, 1, 1]


HOSTILE = "k='</p><img src=x onerror=alert(1)>[a](b) `c` *d*'"


def test_arguments_reach_markdown_as_code(folder, master):
    source = f"def top_genes(results, {HOSTILE}): return 1"
    put(folder / "in", "mallory.ipynb", with_cells(master, source).content)
    run(folder)
    shown = f"`(results, {HOSTILE.replace('`', chr(39))})`"
    for name in ("summary.md", "feedback/mallory.md"):
        assert shown in (folder / "out" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a <b> & [c](d) *e* |f| $g$", r"a \<b\> \& \[c\](d) \*e\* \|f\| \$g\$"),
        ("`<b>` is `x_y`", "`<b>` is `x_y`"),
        ("one ` alone <b>", r"one \` alone \<b\>"),
        ("``<b>`` and `c` and `", r"\`\`\<b\>\`\` and `c` and \`"),
        ("_x_ of top_genes", r"\_x\_ of top_genes"),
    ],
)
def test_words_of_others_are_no_markdown(words, shown):
    assert inert(words) == shown


def test_names_of_files_reach_markdown_as_they_are(folder):
    put(folder / "in", "eve.<img src=x>", b"x")
    run(folder)
    summary = (folder / "out" / "summary.md").read_text(encoding="utf-8")
    page = (folder / "out" / "feedback" / "eve.md").read_text(encoding="utf-8")
    assert r"not a notebook (.\<img src=x\>)" in summary
    assert r"not a notebook (.\<img src=x\>)" in page


UNSEEN = ["\x1b]0;new title\x07", "\r\r## All points\r\r", "\u202e", "\u2028"]


@pytest.mark.parametrize("words", UNSEEN)
def test_line_of_code_in_a_report_can_neither_end_its_line_nor_steer_a_terminal(folder, words):
    """An error is shown with the student's own line, which may hold what no line should."""
    put(folder / "in", "eve.ipynb", notebook([code(f"import no_such_module  # {words}")]))
    put(folder / "in", "fay.ipynb", notebook([code(f"import no_such_module; '{words}'")]))
    rows = run(folder)
    assert "Error in cell 1" in rows["eve"]["flags"] + rows["fay"]["flags"]
    for name in ("scores.csv", "summary.md", "feedback/eve.md", "feedback/fay.md"):
        text = (folder / "out" / name).read_bytes().decode()
        assert not [c for c in text if c != "\n" and not c.isprintable()], name


def test_answers_cannot_steer_the_readers_terminal(folder):
    text = "good\x1b[2J\x9b31m\r\nwork\u202e \tby\u200dZoë\x07\u2028."
    put(folder / "in", "eve.ipynb", notebook([written(text, "3")]))
    run(folder)
    shown = "good\\x1b[2J\\x9b31m\nwork\\u202e \tby\u200dZoë\\x07\\u2028."
    with (folder / "out" / "to_read.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["student"] == "eve"]
    assert row["answer"] == shown
    assert f"~~~text\n{shown}\n~~~" in (folder / "out" / "to_read.md").read_text("utf-8")


FORMULAS = ["=1", "+1", "-1", "@x", " =1", "\t1", *["＝cmd", "＋1", "－1", "＠x"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_quoted_for_spreadsheets(text):
    assert plain(text) == f"'{text}"
    assert plain(f"x{text}") == f"x{text}"


def snapshot(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_run_again_grades_nothing_and_changes_nothing(folder, monkeypatch):
    run(folder)
    before = snapshot(folder / "out")
    monkeypatch.setattr(HiddenTests, "_run", lambda *_: pytest.fail("graded again"))
    run(folder)
    assert snapshot(folder / "out") == before


def test_interrupted_run_goes_on_where_it_stopped(folder, monkeypatch):
    graded = []
    original = HiddenTests.grade

    def interrupted(self, submission, sandbox):
        if submission.student == "carol" and graded == ["alice", "bob"]:
            graded.append("interrupted")
            raise KeyboardInterrupt
        graded.append(submission.student)
        return original(self, submission, sandbox)

    monkeypatch.setattr(HiddenTests, "grade", interrupted)
    with pytest.raises(SystemExit, match="goes on from here"):
        run(folder)
    assert len(run(folder)) == 4
    assert graded == ["alice", "bob", "interrupted", "carol", "dan"]


DYING = """
import os, sys
from homework_tools.grading import grade
from homework_tools.grading.hidden_tests import HiddenTests
def dying(self, submission, sandbox, original=HiddenTests.grade):
    if submission.student == "bob" and not submission.fault:
        os._exit(9)
    return original(self, submission, sandbox)
HiddenTests.grade = dying
grade.main(sys.argv[1:])
"""


def test_submission_at_which_the_grader_dies_twice_is_passed_over(folder):
    """Nothing can tidy up when the grader is killed; a note that it left says what it was at."""
    command = [sys.executable, "-c", DYING, str(folder / "in"), "--out", str(folder / "out")]
    environment = os.environ | {"PYTHONPATH": str(tasks.ROOT)}
    runs = [subprocess.run(command, env=environment, capture_output=True) for _ in range(3)]
    assert [done.returncode for done in runs] == [9, 9, 0]
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "", "0", ""]
    assert rows["bob"]["flags"].startswith("not graded: the grader was killed twice while it grade")
    assert not (folder / "out" / "in_progress.json").exists()
    (folder / "out" / "results" / "bob.json").unlink()
    assert run(folder)["bob"]["total"] == "26"


TRACED = """
import ctypes, sys
from homework_tools.grading import grade
def traceable(*args, **options):
    sys.exit(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) + 40)  # PR_GET_DUMPABLE
grade.grade_class = traceable
grade.main(sys.argv[1:])
"""


@pytest.mark.skipif(not LINUX, reason="it is Linux's way")
def test_grader_cannot_be_traced_by_programs_of_the_same_account(folder):
    where = [str(folder / "in"), "--out", str(folder / "out"), "--sandbox", "subprocess"]
    environment = os.environ | {"PYTHONPATH": str(tasks.ROOT)}
    assert subprocess.run([sys.executable, "-c", TRACED, *where], env=environment).returncode == 40


def test_run_that_is_killed_goes_on_where_it_stopped(folder):
    """Kill the grader at once, as a power cut would; nothing of it can tidy up."""
    where = [str(folder / "in"), "--out", str(folder / "out")]
    command = [sys.executable, "-m", "homework_tools.grading.grade", *where]
    environment = os.environ | {"PYTHONPATH": str(tasks.ROOT), "TMPDIR": str(folder)}
    first = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    kept, deadline = folder / "out" / "results" / "alice.json", time.monotonic() + 120
    while not kept.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    first.kill()
    first.wait()
    assert kept.exists()
    assert not (folder / "out" / "scores.csv").exists()
    before = kept.stat().st_mtime_ns
    rows = run(folder)
    assert [row["total"] for row in rows.values()] == ["28", "26", "0", ""]
    assert kept.stat().st_mtime_ns == before
    assert not list((folder / "out" / "results").glob("*.unfinished"))


def test_changed_submission_is_graded_again_and_one_that_is_gone_leaves(folder, master):
    run(folder)
    put(folder / "in", "carol.ipynb", with_cells(master).content)
    (folder / "in" / "dan.ipynb").unlink()
    rows = run(folder)
    assert rows["carol"]["total"] == "28"
    assert "dan" not in rows
    assert not (folder / "out" / "feedback" / "dan.md").exists()
    assert not (folder / "out" / "results" / "dan.json").exists()


def test_change_in_any_folder_of_the_grader_grades_again(master, sandbox, monkeypatch, tmp_path):
    assert {Path(grade.__file__), Path(collecting.__file__)} <= {
        *kept_results.PACKAGE.rglob("*.py")
    }
    monkeypatch.setattr(kept_results, "PACKAGE", tmp_path)
    put(tmp_path, "sandbox/guest/worker.py", b"1")
    before = kept_results.grading_key(master, sandbox)
    put(tmp_path, "sandbox/guest/worker.py", b"2")
    assert kept_results.grading_key(master, sandbox) != before


def test_result_cut_off_by_a_crash_is_made_again(folder):
    run(folder)
    path = folder / "out" / "results" / "alice.json"
    path.write_bytes(path.read_bytes()[:50])
    assert run(folder)["alice"]["total"] == "28"


def test_weaker_sandbox_is_announced(folder, capsys):
    for name in ("alice", "bob"):
        (folder / "in" / f"{name}.ipynb").unlink()
    run(folder, "--sandbox", "subprocess")
    assert "WARNING (subprocess): Without bubblewrap" in capsys.readouterr().err


def test_progress_is_told(capsys):
    for done in range(41):
        grade.show_progress(done, 40, "alice")
    assert capsys.readouterr().err.split("\n") == [
        "0/40 graded",
        "20/40 graded",
        "40/40 graded",
        "",
    ]


def test_folder_that_is_not_there_or_empty_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="is not a folder: name the one"):
        grade.main([str(tmp_path / "x"), "--out", str(tmp_path / "out")])
    (tmp_path / "in").mkdir()
    with pytest.raises(SystemExit, match="holds no submission"):
        grade.main([str(tmp_path / "in"), "--out", str(tmp_path / "out")])


def test_unread_text_is_no_point_and_an_empty_one_is_zero(master, tmp_path):
    record = {"student": "a", "name": "a", "file": "a.ipynb", "fault": "", "flags": [], "notes": []}
    record |= {"tests": [], "answers": {"1a": "text", "3": ""}}
    found = points(master, record, {("a", "5"): (1.5, "")})
    assert (found["1a"], found["3"], found["5"]) == (None, 0, 1.5)
    write_reports(tmp_path, master, [record], {})
    assert "~~~text" in (tmp_path / "to_read.md").read_text(encoding="utf-8")
