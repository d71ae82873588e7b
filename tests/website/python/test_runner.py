"""A cell gives what a notebook gives, and an error begins at the student's own line."""

import builtins
import json

import pytest

import rnaseq_hw
from tests.website.python.conftest import ENGINE
from website.node import run_node
from website.python.engine import runner


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs a cell and gives its outputs and its error."""
    monkeypatch.setattr(runner, "SPACE", {"__name__": "__main__"})

    def run_cell(source, number=1):
        outputs = []
        error = runner.run_cell(source, number, lambda text: outputs.append(json.loads(text)))
        return outputs, json.loads(error)

    yield run_cell
    del builtins.display


def test_result_and_printed_text_come_in_order(run):
    outputs, error = run("print('a')\ndisplay(1)\nprint('b')\n2")
    kinds = ["stream", "display_data", "stream", "execute_result"]
    assert [output["output_type"] for output in outputs] == kinds
    assert outputs[-1]["data"] == {"text/plain": "2"}
    assert error is None


def test_cells_share_their_names(run):
    run("x = 1")
    assert run("x")[0][0]["data"]["text/plain"] == "1"


def test_table_comes_as_html_too(run):
    outputs, _ = run("import pandas as pd\npd.DataFrame({'a': [1]})")
    assert "<table" in outputs[0]["data"]["text/html"]


def test_traceback_holds_own_lines_and_where_it_ended(run):
    outputs, error = run("import pandas as pd\ndef f(t):\n    return t['q']\nf(pd.DataFrame())", 3)
    lines = outputs[-1]["traceback"]
    files = [line for line in lines if line.startswith("  File")]
    assert [file.split(",")[0] for file in files[:-1]] == ['  File "Cell 3"', '  File "Cell 3"']
    assert "pandas" in files[-1]
    assert lines[0] == "Traceback (most recent call last):"
    assert error == {"ename": "KeyError", "evalue": "'q'"}


def test_failed_check_gives_its_message(run):
    _, error = run("assert False, 'Read the file at path.'")
    assert error == {"ename": "AssertionError", "evalue": "Read the file at path."}


def test_code_that_is_not_python_is_an_error_of_its_own_line(run):
    outputs, error = run("x =", 7)
    assert error["ename"] == "SyntaxError"
    assert 'File "Cell 7", line 1' in outputs[0]["traceback"][0]


def test_endless_text_is_cut(run):
    outputs, _ = run("for i in range(50_000): print('0123456789')")
    text = "".join(output["text"] for output in outputs)
    assert len(text) < runner.MOST_CHARACTERS + 100
    assert text.endswith("is not shown.]\n")


def test_figure_says_what_is_drawn(run):
    outputs, _ = run(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Means')\nplt.xlabel('gene');"
    )
    text = outputs[0]["metadata"]["alt"]
    assert text == "Figure. Means; horizontal axis: gene; 1 line."
    assert outputs[0]["metadata"]["image/png"]["width"] > 100


def completed(source):
    """Return where the last word of the source begins, and what it could become."""
    found = json.loads(runner.complete(source, len(source)))
    return found["from"], found["names"]


def test_completion_begins_where_the_word_does(run):
    run("values = [1]\n_own = 2")
    start, names = completed("a = val")
    assert start == 4
    assert {"values", "print", "lambda"} <= set(names)
    assert "_own" not in names
    assert "_own" in completed("a = _")[1]


def test_completion_knows_attributes_and_what_a_module_offers(run):
    run("import json\nvalues = [1]")
    assert "append" in completed("x = 1\nvalues.app")[1]
    assert completed("values.app")[0] == 7
    assert "dumps" in completed("from json import du")[1]
    for unknown in ("3.", "'text'.", "values[0].", "str(1).values.", "nothing.at.all"):
        assert completed(unknown)[1] == [], unknown


def test_completion_of_the_package_loads_none_of_its_modules(run):
    code = "import rnaseq_hw as hw, sys; before = {*sys.modules}"
    run(code)
    assert completed("hw.vol")[1] == sorted(rnaseq_hw.__all__)
    run("loaded = {*sys.modules} - before")
    assert not [name for name in runner.SPACE["loaded"] if name.startswith("rnaseq_hw.")]


def test_stop_that_comes_between_reading_and_clearing_is_heard():
    script = f"""
      import {{ stops }} from {ENGINE.as_uri()!r};
      const shared = new Uint8Array(1), seen = stops(shared), heard = [];
      const look = (meanwhile) => {{ heard.push(seen[0]); shared[0] = meanwhile; seen[0] = 0; }};
      for (const written of [0, 2]) look(written);
      heard.push(seen[0]);
      seen[0] = 0;
      console.log(JSON.stringify([...heard, seen[0]]));
    """
    assert json.loads(run_node("--input-type=module", "--eval", script)) == [0, 0, 2, 0]
