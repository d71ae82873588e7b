"""A hostile submission costs nobody else anything, earns nothing and learns nothing."""

import re
import sys
import time

import pandas as pd
import pytest

from homework_tools.grading.reports.feedback import feedback
from homework_tools.grading.session import Session, StandIn
from homework_tools.grading.submission import read_submission
from homework_tools.grading.unusual import unusual
from homework_tools.master.verify import empty_folder
from homework_tools.sandbox.host.sandbox import Limits, Sandbox
from tests.homework_tools.submissions import (
    answers,
    code,
    earned,
    graded,
    lying,
    notebook,
    solved_cells,
)

LINUX = sys.platform == "linux"


FAULTS = [  # a loop that never rests is stopped in sandbox/test_sandbox.py
    ("import time\n    while True: time.sleep(1)", "took longer than"),
    ("import os; os._exit(0)", "ended the whole Python process"),
    ("raise SystemExit", "stopped with SystemExit"),
    ("return 'x' * 5_000_000", "what it returns is far too large"),
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
    names = list(master.question_of)
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
    assert words not in feedback(tests.master, record)


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
    lines = ["import " * 150_000, "a." * 250_000, "np.x " * 200_000, "__" * 300_000]
    list(unusual(tuple(enumerate([*lines, "class " * 150_000, "class " + "\t" * 300_000]))))
    assert time.perf_counter() - started < 30


def test_long_lines_do_not_keep_the_grader_busy(tests, sandbox):
    lines = ["x " * 60_000, "x" + " " * 60_000 + "#=", "x, " * 40_000 + "#="]
    record = graded(tests, sandbox, *lines, "def top_genes(results, n=10): return x")
    assert record["seconds"] < 10


def test_faults_that_a_worker_makes_up_do_not_keep_the_grader_busy(tests, sandbox):
    place = len(solved_cells(tests.master)) + 1
    lie = lying(f"message['faults'] = [{{'cell': {place}}}] * 150_000")
    record = graded(tests, sandbox, "#\n" * 700_000, lie)
    assert record["seconds"] < 10
    assert record["flags"][-1] == "and 149995 more"


def test_names_that_a_worker_makes_up_do_not_stop_the_grader(tests, sandbox, master):
    record = graded(tests, sandbox, lying("message['unset'] = {'top_genes': [[], {}, None]}"))
    assert sum(earned(master, record).values()) == 28


def test_definitions_that_never_end_are_given_up_at_once(tests, hasty, master):
    record = graded(tests, hasty, "import time\ndef g(x=time.sleep(99)): pass")
    assert sum(earned(master, record).values()) == 0
    assert record["seconds"] < 15
    assert "its definitions cannot be loaded" in record["flags"]


def test_all_functions_that_never_end_cost_the_time_of_one_student(tests, hasty, master):
    names = list(master.question_of)
    code = "import time\n" + "\n".join(f"def {name}(*a, **k): time.sleep(99)" for name in names)
    record = graded(tests, hasty, code)
    assert record["seconds"] < hasty.limits.total_s + 5
    assert sum(earned(master, record).values()) == 0


def test_feedback_shows_no_data_of_the_tests(tests, sandbox):
    source = "def filter_genes(df_expr, max_missing=0.8):\n    raise ValueError(df_expr.to_csv())"
    record = graded(tests, sandbox, source)
    test = next(test for test in record["tests"] if test["question"] == "2")
    assert re.match(r"(?s)ValueError: ,Q.*, line 2: `raise ValueError\(df_expr", test["detail"])
    assert test["feedback"] == (
        "filter_genes stopped with ValueError (values that do not fit together, perhaps because "
        "shapes or labels differ)."
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
        function = StandIn(session, "f")
        function(table, names, series=series)
    assert list(table.columns) == ["a"]
    assert (names, series.tolist()) == (["k"], [1.0])
    left = function.given
    assert list(left[0].columns) == ["a", "new"]
    assert (left[1], left[2].tolist()) == (["k", "x"], [9.0])
