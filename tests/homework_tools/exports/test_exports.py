"""The notebooks for nbgrader and Otter Assign are formed as those tools want them.

`test_exports_in_tools.py` runs the tools themselves.
"""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import tasks
from homework_tools.exports import nbgrader, otter
from homework_tools.exports.isolated_tests import as_function, needed
from homework_tools.exports.write import write_exports
from homework_tools.master.master import Cell, Master, MasterError, Settings
from homework_tools.master.read import read_master

MASTER = read_master(tasks.ROOT / "homework" / "homework.md")
SETTINGS = Settings(id="small", points=5, title="A small homework")
SOLUTION = '''\
def double(x):
    """Return x twice."""
    ### BEGIN SOLUTION multiply by two
    return factor * x
    ### END SOLUTION
'''
ANSWER = """\
Why? ({{ points 1 }}; due on {{ due_date }})

<!-- BEGIN MODEL ANSWER -->
Because.
<!-- BEGIN RUBRIC -->
- 2 points: says because
<!-- END MODEL ANSWER -->"""
TEST = Cell("hidden-test", "assert double(_three) == np.int64(6), 'x'", 9, "2", 3, "doubles")
SMALL = Master(
    Path("homework/homework.md"),
    SETTINGS,
    (
        Cell("text", "# {{ title }}", 1),
        Cell("given", "import numpy as np\nimport os\nfactor = 2", 2),
        Cell("answer", ANSWER, 3, "1", 2),
        Cell("solution", SOLUTION, 4, "2"),
        Cell("check", "assert double(1) == 2", 5, "2"),
        Cell("hidden-setup", "_three = 3", 6),
        TEST,
    ),
)


def nbgrader_cells(master):
    """Return nbgrader's cells by what stands before the number in their id."""
    cells = [c for c in nbgrader.notebook_cells(master) if "nbgrader" in c.metadata]
    return {c.metadata.nbgrader.grade_id.rsplit("-", 1)[0]: c for c in cells}


def raw(cells):
    return [cell.source for cell in cells if cell.cell_type == "raw"]


def test_exports_are_written_the_same_at_each_run(tmp_path):
    first = write_exports(MASTER, tmp_path / "a")
    second = write_exports(MASTER, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    name = MASTER.settings.id
    assert [path.relative_to(tmp_path / "a").as_posix() for path in first] == [
        f"nbgrader/source/{name}/{name}.ipynb",
        "nbgrader/nbgrader_config.py",
        f"otter/{name}.ipynb",
    ]


def test_nbgrader_gives_every_point_of_the_homework():
    cells = nbgrader.notebook_cells(MASTER)
    graded = [cell.metadata.nbgrader for cell in cells if "nbgrader" in cell.metadata]
    assert sum(cell.get("points", 0) for cell in graded) == MASTER.settings.points
    assert all(cell["grade"] == ("points" in cell) for cell in graded)


def test_nbgrader_ids_are_unique():
    cells = nbgrader.notebook_cells(MASTER)
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))


def test_nbgrader_lets_the_student_change_solutions_and_answers_only():
    cells = nbgrader_cells(SMALL)
    assert {kind for kind, cell in cells.items() if not cell.metadata.nbgrader.locked} == {
        "solution",
        "answer",
    }
    assert set(cells) == {"given", "answer", "solution", "check", "hidden-test"}


def test_nbgrader_keeps_the_stubs_text_outside_the_solution():
    source = nbgrader_cells(SMALL)["solution"].source
    assert "    # TODO: multiply by two\n    ### BEGIN SOLUTION\n    return factor" in source


def test_nbgrader_takes_out_the_whole_hidden_test_but_its_title():
    lines = nbgrader_cells(SMALL)["hidden-test"].source.split("\n")
    assert lines[:2] == ["# Question 2: doubles", "### BEGIN HIDDEN TESTS"]
    assert lines[-1] == "### END HIDDEN TESTS"


def test_nbgrader_asks_before_the_answer_and_takes_the_model_answer_out():
    cells = nbgrader.notebook_cells(SMALL)
    asked = next(n for n, cell in enumerate(cells) if cell.source.startswith("Why?"))
    assert cells[asked].source == "Why? (2 points; due on 2 February 2026, 23:59 UTC)"
    answer = cells[asked + 1].source
    assert answer.startswith("### BEGIN SOLUTION\nBecause.")
    assert answer.endswith("- 2 points: says because\n### END SOLUTION")


def test_nbgrader_is_told_to_give_up_on_a_hung_cell():
    config = nbgrader.course_config(SMALL)
    assert "c.ExecutePreprocessor.timeout = 60" in config
    assert "c.ExecutePreprocessor.iopub_timeout = 30" in config
    compile(config, "nbgrader_config.py", "exec")


@pytest.mark.parametrize("tool", [nbgrader, otter])
def test_notebook_of_each_tool_has_all_text_and_code_that_students_get(tool):
    cells = [(cell.cell_type, cell.source) for cell in tool.notebook_cells(MASTER)]
    texts = {("markdown", MASTER.text(cell.source)) for cell in MASTER.code("text")}
    codes = {("code", cell.source) for kind in ("given", "check") for cell in MASTER.code(kind)}
    assert len(texts) > 5 < len(codes)
    assert texts | codes <= set(cells)


def test_otter_gives_every_point_of_the_homework():
    cells = otter.notebook_cells(MASTER)
    begins = [source for source in raw(cells) if source.startswith("# BEGIN QUESTION")]
    manual = [settings for each in begins if (settings := yaml.safe_load(each)).get("manual")]
    by_hand = sum(settings["points"] for settings in manual)
    heads = [c.source for c in cells if c.source.startswith('""" # BEGIN TEST CONFIG')]
    tests = sum(yaml.safe_load(head.split('"""')[1]).get("points") for head in heads)
    assert by_hand + tests == MASTER.settings.points
    assert tests == sum(cell.points for cell in MASTER.code("hidden-test"))


def test_otter_question_names_are_unique():
    sources = raw(otter.notebook_cells(MASTER))
    names = [yaml.safe_load(s)["name"] for s in sources if s.startswith("# BEGIN QUESTION")]
    assert len(names) == len(set(names)) == len(MASTER.questions())


def test_otter_closes_every_block_that_it_opens():
    opened = []
    for source in raw(otter.notebook_cells(MASTER)):
        verb, _, block = source.split("\n")[0].removeprefix("# ").partition(" ")
        if verb == "BEGIN":
            opened.append(block)
        elif verb == "END":
            assert opened.pop() == block
    assert opened == []


def test_otter_hides_every_test():
    sources = [cell.source for cell in otter.notebook_cells(MASTER)]
    heads = [source for source in sources if "BEGIN TEST CONFIG" in source]
    assert len(heads) == len(MASTER.code("hidden-test"))
    assert all("hidden: true" in head for head in heads)


def test_otter_stub_is_a_prompt_beside_the_solution():
    source = SMALL.code("solution")[0].marked(otter.SOLUTION)
    assert source.split("\n")[2:] == [
        "    # BEGIN SOLUTION NO PROMPT",
        "    return factor * x",
        "    # END SOLUTION",
        '    """ # BEGIN PROMPT',
        "    # TODO: multiply by two",
        "    raise NotImplementedError()",
        '    """ # END PROMPT',
        "",
    ]


def test_otter_students_need_not_install_otter():
    settings = yaml.safe_load(raw(otter.notebook_cells(SMALL))[0])
    assert settings["init_cell"] is False
    assert settings["export_cell"] is False
    begin = next(s for s in raw(otter.notebook_cells(SMALL)) if "name: q2" in s)
    assert yaml.safe_load(begin)["check_cell"] is False


def test_hidden_test_takes_from_the_student_what_it_uses_and_nothing_else():
    function, call = as_function(SMALL, TEST, "test_it")
    assert call == "test_it(double)"
    assert function.split("\n")[:3] == [
        "def test_it(double):",
        "    import numpy as np",
        "    _three = 3",
    ]


def test_hidden_test_passes_and_fails_with_the_students_function():
    function, call = as_function(SMALL, TEST, "test_it")
    exec(f"{function}\n{call}", {"double": lambda x: 2 * x, "_three": 4})
    with pytest.raises(AssertionError, match="x"):
        exec(f"{function}\n{call}", {"double": lambda x: x})


def test_hidden_test_hands_out_copies_and_can_see_what_became_of_them():
    source = "_list = [_three]\nassert double(_list) is None and _list == [3]\n"
    test = replace(TEST, source=f"{source}assert double.given == [[3, 3]], 'left alone'")
    function, call = as_function(SMALL, test, "test_it")
    exec(f"{function}\n{call}", {"double": lambda x: x.extend(x)})
    with pytest.raises(AssertionError, match="left alone"):
        exec(f"{function}\n{call}", {"double": lambda x: None})


def test_hidden_test_that_needs_another_is_refused_with_its_line():
    stranger = replace(TEST, source="assert double(_four) == 8")
    with pytest.raises(MasterError, match=r"^homework/homework\.md:9: .* _four, .* run alone"):
        as_function(SMALL, stranger, "test_it")


def test_setup_of_another_question_is_left_out():
    other = Cell("hidden-setup", "_five = 5", 8, "7")
    function, _ = as_function(replace(SMALL, cells=(*SMALL.cells, other)), TEST, "test_it")
    assert "_five" not in function


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = f(y)", {"f", "y"}),
        ("def g(a):\n    return a + b\ng(1)", {"b"}),
        ("[i for i in z if i < w]", {"z", "w"}),
        ("import numpy as np\nnp.ones(len([1]))", set()),
        ("k = lambda u, v=d: u + v", {"d"}),
    ],
)
def test_needed_names_are_those_from_elsewhere(source, names):
    assert needed(source) == names
