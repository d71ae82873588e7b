"""The master is read as it is written, and keeps its rules with any seed."""

import pytest

from homework_tools.master.read import MASTER, read_master, read_settings
from homework_tools.master.verify import verify
from tools.chapters import as_saved


def test_master_itself_is_accepted(master):
    verify(master)


def test_master_survives_the_way_to_a_notebook_and_back():
    same = as_saved(MASTER) == MASTER.read_text(encoding="utf-8")
    assert same, "JupyterLab saves homework/homework.md otherwise: `python tasks.py format`"


def test_everything_that_the_author_asks_is_asked(master):
    assert master.questions() == ("1a", "1b", "1c", "2", "3", "4a", "4b", "4c", "4d", "4e", "5")
    assert master.functions("4a") == ("group_mean_differences",)
    total = sum(master.points(question) for question in master.questions())
    assert total == master.settings.points


@pytest.mark.parametrize("kind", ["given", "solution", "check", "hidden-setup", "hidden-test"])
def test_cell_stands_on_the_line_that_it_names(kind, master):
    lines = MASTER.read_text(encoding="utf-8").split("\n")
    assert master.code(kind)
    for cell in master.code(kind):
        assert "\n".join(lines[cell.line - 1 :]).startswith(cell.source)


def test_stub_has_a_todo_in_the_place_of_the_solution(master):
    (cell,) = master.code("solution", "2")
    assert "    # TODO: compute each gene's missingness" in cell.stub
    assert cell.stub.endswith("    raise NotImplementedError()")
    assert "fraction_missing" not in cell.stub
    assert "SOLUTION" not in cell.solved
    assert "fraction_missing" in cell.solved


def test_free_text_has_question_answer_and_rubric(master):
    (cell,) = master.code("answer", "1a")
    assert cell.question_text.startswith("### Question 1a")
    assert "<!--" not in cell.question_text + cell.model_answer
    assert sum(item.points for item in cell.rubric) == cell.points


def test_another_seed_changes_the_data_everywhere(master):
    other = read_master(seed=4711)
    assert other.settings.seed == 4711
    (old, new) = ("\n".join(c.source for c in each.code("given")) for each in (master, other))
    published = f"seed={master.settings.seed}"
    assert old.count(published) == new.count("seed=4711") == 2
    assert published not in new


def test_master_holds_with_another_seed():
    verify(read_master(seed=2**32 - 1))


def test_settings_are_read_without_the_cells(tmp_path):
    path = tmp_path / "short.md"
    header = MASTER.read_text(encoding="utf-8").split("\n---\n")[0]
    path.write_text(f"{header}\n---\n\nNothing.\n", encoding="utf-8")
    assert read_settings(path) == read_settings()


# ---- the solutions and the package can't drift apart --------------------------------------------
