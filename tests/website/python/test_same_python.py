"""The page's Python says what CPython says: of the package, and of students' answers."""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import tasks
from homework_tools.master.read import read_master
from tests.homework_tools.submissions import answers
from tests.website.python import verdicts

# What a browser's Python can't do, start another process; what is about the repository; and the
# long simulations, which CPython runs and which would take most of the time here.
LEFT_OUT = (
    "whoever_computes_it or dask_cluster or wheel_holds or each_table_of_our_own"
    " or shared_factor or stays_at_alpha or another_simulation or stays_below_the_level"
)
PACKAGE_TESTS = """
import importlib.util, os, sys, types
import rnaseq_hw
assert rnaseq_hw.__file__.startswith("/lib/"), rnaseq_hw.__file__

sys.dont_write_bytecode = True
sys.path += ["/repo", "/site"]
os.chdir("/repo")
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
import pytest


class Anything:
    def __getattr__(self, name):
        return self

    def __call__(self, *values, **options):
        return self

    def __or__(self, other):
        return self


hypothesis = types.ModuleType("hypothesis")  # a part of it is compiled, for other systems
hypothesis.strategies = hypothesis.assume = Anything()
hypothesis.example = hypothesis.settings = lambda *values, **options: lambda test: test
hypothesis.given = lambda *values, **options: pytest.mark.skip(reason="needs hypothesis")
for name in ("strategies", "extra", "extra.numpy"):
    sys.modules[f"hypothesis.{name}"] = hypothesis.strategies
sys.modules["hypothesis"] = hypothesis


class Count:
    passed = 0

    def pytest_runtest_logreport(self, report):
        self.passed += report.when == "call" and report.passed


count = Count()
names = sorted(n for n in os.listdir("tests") if n.startswith("test_") and n != "test_package.py")
options = ["-q", "--assert=plain", "--noconftest", "--import-mode=importlib", "-c", "/dev/null"]
options += ["--rootdir=/repo", "-p", "tests.published", "-p", "no:cacheprovider", "--tb=short"]
options += ["-W", "error", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-k", KEYS]
code = pytest.main([*options, *(f"tests/{name}" for name in names)], plugins=[count])
assert code == 0, code
count.passed
"""


def printed(result):
    """Return all that a cell has printed, and its error's last line."""
    return "".join(output.get("text", "") for output in result["outputs"]) + str(result["error"])


@pytest.fixture(scope="module")
def cases():
    """Return every right alternative and every mutant, with its question's check."""
    master = read_master()
    kinds = [(kind, *answer) for kind in ("alternatives", "mutants") for answer in answers(kind)]
    checks = {question: master.code("check", question)[0].source for _, question, _, _ in kinds}
    names = [f"{kind}, {question}: {name}" for kind, question, name, _ in kinds]
    return names, [(code, checks[question]) for _, question, _, code in kinds]


@pytest.fixture(scope="module")
def cells():
    """Return the code of the homework that a student sees, solved."""
    kinds = ("given", "solution", "check")
    return [cell.solved for cell in read_master().cells if cell.kind in kinds]


@pytest.fixture(scope="module")
def in_the_page(run_cells, cases, cells):
    """Return what one Python of the page says of the answers, and then of the package.

    The answers come first: they write files where they are, and the package's tests then move to
    the repository.
    """
    source = Path(verdicts.__file__).read_text(encoding="utf-8")
    asked = json.dumps([cells, cases[1]])
    answers = f"{source}\nimport json\nprint(json.dumps(verdicts(*json.loads({asked!r}))))"
    package = f"KEYS = {f'not ({LEFT_OUT})'!r}\n{PACKAGE_TESTS}"
    folders = {"/repo": str(tasks.ROOT), "/site": str(Path(pytest.__file__).parents[1])}
    return run_cells([answers, package], ["scipy", "plot", "data"], folders)


def test_package_passes_its_own_tests(in_the_page):
    _, result = in_the_page
    assert result["error"] is None, printed(result)
    assert int(result["outputs"][-1]["data"]["text/plain"]) > 400


@pytest.mark.filterwarnings("ignore")
def test_checks_say_the_same_of_every_answer(in_the_page, cases, cells, tmp_path, monkeypatch):
    names, pairs = cases
    result, _ = in_the_page
    assert result["error"] is None, printed(result)
    text = "".join(o["text"] for o in result["outputs"] if o.get("name") == "stdout")
    there = dict(zip(names, json.loads(text.splitlines()[-1]), strict=True))

    monkeypatch.chdir(tmp_path)
    plt.switch_backend("Agg")
    here = dict(zip(names, verdicts.verdicts(cells, pairs), strict=True))
    assert there == here
    assert not [name for name, said in here.items() if said and name.startswith("alternatives")]
    assert sum(name.startswith("alternatives") for name in names) >= 31
    assert sum(bool(said) for name, said in here.items() if name.startswith("mutants")) >= 40
