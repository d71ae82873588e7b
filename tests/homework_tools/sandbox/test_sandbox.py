"""Whatever a submission does, the grader gets an answer or a reason, and goes on."""

import os
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from homework_tools.sandbox.guest import codec
from homework_tools.sandbox.host.sandbox import KINDS, Sandbox
from homework_tools.sandbox.host.workers import Died, OutOfTime, Worker
from tests.homework_tools.sandbox.ask import LIMITS, LINUX, ask, ask_each


def test_result_comes_back(sandbox):
    assert ask(sandbox, "def f(x): return x + 0.5", 1)["value"] == 1.5


def test_endless_loop_runs_out_of_time(sandbox):
    started = time.monotonic()
    with pytest.raises(OutOfTime):
        ask(sandbox, "def f():\n    while True: pass", seconds=0.5)
    assert time.monotonic() - started < 8


def test_endless_loop_that_catches_everything_runs_out_of_time(sandbox):
    source = "def f():\n    while True:\n        try: f()\n        except BaseException: pass"
    with pytest.raises((OutOfTime, Died)):
        ask(sandbox, source, seconds=0.5)


def test_worker_that_keeps_sending_is_not_heard_when_its_time_is_over():
    ours, theirs = socket.socketpair()
    worker = Worker(ours.makefile("rwb", buffering=0), lambda: ours.shutdown(socket.SHUT_RDWR))
    with ours, theirs, ThreadPoolExecutor() as pool:
        theirs.send(codec.HEADER.pack(500))
        sending = pool.submit(lambda: [theirs.send(b" ") and time.sleep(0.02) for _ in range(500)])
        with pytest.raises(OutOfTime):
            worker.ask(None, 0.3)
        assert isinstance(sending.exception(), OSError)  # nobody hears it any more


@pytest.mark.parametrize("end", ["os._exit(0)", "os.abort()", "ctypes.string_at(0)"])
def test_end_of_the_process_is_noticed(sandbox, end):
    if end != "os._exit(0)" and sys.platform == "win32":
        pytest.skip("opens a dialog there")
    with pytest.raises(Died):
        ask(sandbox, f"import os, ctypes\ndef f(): {end}")


def test_polite_end_is_an_error_of_the_function(sandbox):
    ends = {"a": "sys.exit()", "b": "exit(3)", "c": "raise KeyboardInterrupt", "d": "input()"}
    source = "\n".join(["import sys", *(f"def {name}(): {end}" for name, end in ends.items())])
    assert all("fault" in answer for answer in ask_each(sandbox, source, ends))


def test_much_output_costs_nothing(sandbox):
    source = "import os, sys\ndef f():\n    for _ in range(50): print('x' * 2**20)\n"
    source += (
        "    sys.__stdout__ and sys.__stdout__.write('y')\n    os.write(1, b'z' * 99)\n    return 1"
    )
    assert ask(sandbox, source)["value"] == 1


def test_result_that_is_too_large_is_refused(sandbox):
    assert ask(sandbox, "def f(): return 'x' * 50_000_000")["fault"]["kind"] == "ResultTooLarge"


def test_objects_of_its_own_do_not_cross(strongest):
    source = "class Liar(list):\n    def __eq__(self, other): return True\n    __ne__ = None\n"
    answer = ask(strongest, source + "class Thing:\n    pass\ndef f(): return [Liar([1]), Thing()]")
    value = codec.decode(answer["value"])
    assert type(value[0]) is list
    assert isinstance(value[1], codec.Unknown)
    assert value != [[1], 2]


def test_installed_solutions_are_not_to_be_had(sandbox):
    answer = ask(sandbox, "def f():\n    import rnaseq_hw\n    return 1")
    assert answer["fault"]["kind"] == "ModuleNotFoundError"


def test_only_definitions_imports_and_constants_run(strongest):
    source = "import math\nA = [1, -2.5]\nB: int = 3\nC = math.sqrt(4)\nwhile True: pass\n1 / 0\n"
    source += "exit()\ng = lambda: A[1]\ndef f(): return [B, g(), 'C' in globals()]"
    assert codec.decode(ask(strongest, source)["value"]) == [3, -2.5, False]


def test_lines_of_ipython_are_passed_over(strongest):
    source = "%matplotlib inline\n!pip install x\nlen?\ndef f(): return 3\n"
    source += "here, there = %time f()\nfiles = !ls"
    assert ask(strongest, source)["value"] == 3
    assert ask(strongest, "def f():\n    return (7\n        % 4)")["value"] == 3


PLOTS = [
    "fig, ax = plt.subplots()\n    ax.plot([1]).x\n    plt.show()",
    "fig, axes = plt.subplots(1, 2)\n    assert isinstance(axes[0], plt.Axes)",
    "fig, (one, two, three) = plt.subplots(1, 3)\n    n, bins, bars = one.hist([1])",
    "plt.rcParams['font.size'] = 9\n    with plt.style.context('ggplot'): plt.plot([1])",
    "low, high = plt.ylim()\n    plt.ylim(0, 1.1 * high)\n    if low < high: plt.show()",
    "line = Line2D([0], [0])\n    plt.legend(handles=[line])",
    "pd.Series([1]).plot.hist()\n    pd.DataFrame({'a': [1]}).hist()",
]


@pytest.mark.parametrize("plot", PLOTS)
def test_plots_are_not_drawn(strongest, plot):
    source = "import matplotlib.pyplot as plt, pandas as pd\nfrom IPython.display import display\n"
    source += "from matplotlib.lines import Line2D\ndef f(ax: plt.Axes | None = None):\n"
    answer = ask(strongest, f"{source}    {plot}\n    return 1")
    assert answer.get("value") == 1, answer


def test_files_of_the_test_are_there_and_those_written_come_back(strongest):
    source = "def f():\n    text = open('a.csv').read()\n    open('b.csv', 'w').write(text * 2)\n"
    source += "    open('c.exe', 'w').write('x')\n"
    answer = ask(strongest, source, files={"a.csv": "gene\n"})
    assert answer["files"] == {"a.csv": "gene\n", "b.csv": "gene\ngene\n"}


def test_errors_name_cell_and_line(strongest):
    fault = ask(strongest, "def f():\n    x = 1\n    return {}['k']")["fault"]
    assert (fault["kind"], fault["cell"], fault["line"]) == ("KeyError", 1, 3)


def test_deep_result_is_refused_and_does_no_harm(sandbox):
    source = "def f():\n    a = []\n    for _ in range(99999): a = [a]\n    return a"
    answer = ask(sandbox, source)
    assert "fault" in answer or codec.decode(answer["value"])


def test_plain_process_says_what_it_cannot_stop(sandboxes, monkeypatch):
    sandbox = sandboxes("subprocess")
    assert "can read, change and delete every file" in sandbox.warning()
    assert ("end the grader" in sandbox.warning()) != sandbox.filtered
    monkeypatch.setattr(sandbox, "filtered", False)
    assert "use the network" in sandbox.warning()
    assert "a submission at which that happens twice is passed over" in sandbox.warning()


def test_limits_alone_say_what_they_cannot_stop(sandboxes, monkeypatch):
    sandbox = sandboxes("limits")
    assert "it can read every file that you can read" in sandbox.warning()
    assert ("change your files" in sandbox.warning()) != sandbox.read_only
    monkeypatch.setattr(sandbox, "read_only", False)
    assert "It can also change your files" in sandbox.warning()


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="only root can run as `nobody`")
@pytest.mark.parametrize("kind", KINDS[:2])
def test_root_is_told_when_submissions_run_as_root(sandboxes, monkeypatch, kind):
    sandboxes(kind)  # or skip

    class Popen(subprocess.Popen):
        def __init__(self, command, **options):
            if "user" in options:
                raise PermissionError(13, "Permission denied", sys.executable)
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    with Sandbox(LIMITS, kind) as sandbox:
        assert "Submissions run as root" in sandbox.warning()
        assert f"`nobody`, taken otherwise, can't use {sys.executable}" in sandbox.warning()


def test_weaker_kind_is_taken_where_bubblewrap_is_absent(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with Sandbox(LIMITS) as sandbox:
        assert sandbox.kind in ("limits", "subprocess")


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match=r"unknown kind of sandbox 'docker': one of bubblewrap"):
        Sandbox(LIMITS, "docker")


def test_server_that_dies_is_started_again(sandboxes):
    sandbox = sandboxes("limits")
    sandbox._server.kill()
    sandbox._server.wait()
    assert ask(sandbox, "def f(): return 1")["value"] == 1


def test_test_data_is_never_copied_to_the_workers_side(sandboxes):
    source = "import os\ndef f(): return [os.getcwd(), *os.listdir('.')]"
    folder, *files = codec.decode(ask(sandboxes("subprocess"), source)["value"])
    assert files == []
    assert "rnaseq" not in folder
