"""Each edition holds what its readers need, and the students' runs as far as they have come."""

import ast
import re

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from homework_tools.editions.make import (
    main,
    student_seed,
    write_for_students,
    write_student_edition,
)
from homework_tools.editions.notebooks import student_notebook
from homework_tools.editions.pages import handout, solutions_page
from homework_tools.grading.submission import read_submission
from homework_tools.master.master import MasterError
from homework_tools.master.read import MASTER, read_master
from homework_tools.roster.names import file_names, read_class, read_roster, write_roster


@pytest.fixture(scope="module")
def student(master):
    return student_notebook(master)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write every edition, as the command does."""
    folder = tmp_path_factory.mktemp("dist")
    main(["--out", str(folder / "homework")])
    return folder / "homework"


@pytest.fixture
def name(master):
    return master.settings.id


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def test_student_notebook_runs_to_the_first_stub_and_says_what_to_do(student, tmp_path):
    notebook = nbformat.from_dict(student)
    with pytest.raises(CellExecutionError, match="Question 1b is your first step: write find_sh"):
        NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (failed,) = [
        number
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert notebook.cells[failed].metadata["tags"] == ["check"]
    before = [cell for cell in notebook.cells[:failed] if cell.cell_type == "code"]
    assert len(before) >= 5
    assert not [o for cell in before for o in cell.outputs if o.get("name") == "stderr"]


def test_every_check_says_kindly_which_question_is_to_do(master):
    for cell in master.code("check"):
        assert f"Question {cell.question}" in cell.source
        assert "except NotImplementedError:" in cell.source


def test_student_notebook_needs_only_four_packages(student):
    code = "\n".join(cell.source.rstrip(";") for cell in student.cells if cell.cell_type == "code")
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name).split(".")[0]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported == {"matplotlib", "numpy", "pandas", "scipy"}


def test_student_notebook_has_a_stub_for_each_function_and_a_cell_for_each_answer(student, master):
    stubs = [cell.metadata["question"] for cell in tagged(student, "solution")]
    answers = [cell.metadata["question"] for cell in tagged(student, "answer")]
    assert stubs == [cell.question for cell in master.code("solution")]
    assert answers == [cell.question for cell in master.code("answer")]
    assert all("raise NotImplementedError()" in cell.source for cell in tagged(student, "solution"))
    assert all("Your answer" in cell.source for cell in tagged(student, "answer"))


def test_student_notebook_says_the_rule_the_due_date_and_the_points(student, master):
    text = "\n".join(cell.source for cell in student.cells if cell.cell_type == "markdown")
    assert "Do not change function names or arguments" in text
    assert f"Due on {master.settings.due_date} · {master.settings.points} points" in text
    assert "{{" not in text
    assert "<!--" not in text


def test_student_editions_agree(written, name):
    notebook = nbformat.read(written / f"{name}.ipynb", as_version=4)
    text = jupytext.read(written / f"{name}.md")
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in text.cells]
    assert [cell.metadata for cell in notebook.cells] == [cell.metadata for cell in text.cells]


def test_student_edition_is_the_same_in_every_run(master, written, name, tmp_path):
    for path in write_student_edition(master, tmp_path):
        assert path.read_bytes() == (written / path.name).read_bytes()


def test_instructor_notebook_is_executed_and_has_everything(written, name, master):
    notebook = nbformat.read(written / f"{name}-instructor.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    said = "".join(o.text for o in outputs if o.output_type == "stream")
    assert said.count("the check has passed") == len(master.code("check"))
    text = "\n".join(cell.source for cell in notebook.cells)
    for cell in [*master.code("hidden-test"), *master.code("given")]:
        assert cell.source in text
    assert all(cell.solved in text for cell in master.code("solution"))
    assert text.count("**Rubric.**") == text.count("**Model answer.**")
    assert text.count("**Rubric.**") == len(master.code("answer"))
    assert "not for students" in notebook.cells[0].source


def test_command_writes_every_edition_and_export(written, name):
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    kinds = [".ipynb", ".md", "-instructor.ipynb", "-handout.md", "-solutions.md"]
    assert {f"{name}{kind}" for kind in kinds} <= files
    assert any(file.startswith("nbgrader/") for file in files)
    assert any(file.startswith("otter/") for file in files)


def test_handout_has_every_question_with_its_points(master):
    text = handout(master)
    for question in master.questions():
        points = master.points(question)
        assert re.search(rf"^### Question {question} \({points} points?\)", text, re.M)
    assert master.settings.due_date in text
    assert "# Check of question" not in text


def test_solutions_page_answers_every_question(master):
    text = solutions_page(master)
    headings = re.findall(r"^## Question (\w+)$", text, re.M)
    assert headings == list(master.questions())
    assert "### BEGIN" not in text
    assert "1 point:" not in text


def test_faulty_master_makes_no_edition(planting, tmp_path):
    line = planting.plant("  points: ", "  points: 1")
    where = rf"NOT made\.\n.*homework\.md:{line}: the front matter says"
    with pytest.raises(SystemExit, match=where):
        main(["--master", str(planting.path), "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_student_edition_that_would_show_a_solution_is_not_written(planting, tmp_path, monkeypatch):
    def leaking(master):
        notebook = student_notebook(master)
        notebook.cells[-1].source = master.code("solution")[0].solved
        return notebook

    monkeypatch.setattr("homework_tools.editions.make.student_notebook", leaking)
    with pytest.raises(MasterError, match="the student's edition would show"):
        write_student_edition(read_master(planting.path), tmp_path)
    assert list(tmp_path.glob("*.ipynb")) == []


def test_each_student_can_have_data_of_their_own(master, tmp_path):
    write_for_students(tmp_path, ["ada", "grace"], master)
    seeds = {}
    for student in ("ada", "grace"):
        notebook = nbformat.read(tmp_path / f"{student}.ipynb", as_version=4)
        seeds[student] = notebook.metadata["homework"]["seed"]
        code = "\n".join(cell.source for cell in notebook.cells)
        assert code.count(f"seed={seeds[student]}") == 2
    assert seeds["ada"] != seeds["grace"]
    assert seeds["ada"] == student_seed(master.settings.seed, "ada")
    assert 0 <= seeds["ada"] < 2**32


NAMES = ["Ada Lovelace", "Zoë, Smith", "O’Neil", "CON", "../x", "ann", "Ann", "María-José 2nd", "="]


def test_every_name_gets_a_safe_file_of_its_own_and_a_way_back(tmp_path, monkeypatch):
    seeds = []
    note = lambda folder, master: seeds.append(master.settings.seed) or []  # noqa: E731
    monkeypatch.setattr("homework_tools.editions.make.write_editions", note)
    monkeypatch.setattr("homework_tools.editions.make.write_exports", lambda *_: [])
    text = "\ufeff" + "\r\n".join(["", *NAMES, "  "]) + "\r\n"
    (tmp_path / "class.txt").write_bytes(text.encode())
    main(["--out", str(tmp_path), "--seed", "7", "--students", str(tmp_path / "class.txt")])
    assert seeds == [7]
    owners = read_roster(tmp_path / "students.csv")
    assert list(owners.values()) == NAMES
    files = [path.stem for path in (tmp_path / "students").glob("*.ipynb")]
    assert sorted(file.casefold() for file in files) == sorted(owners)
    assert {"Ada_Lovelace", "Zoë_Smith", "O_Neil", "_CON"} <= set(files)
    assert all(read_submission(f"{file}.ipynb", b"").student == file for file in files)
    notebook = nbformat.read(tmp_path / "students" / "Zoë_Smith.ipynb", as_version=4)
    assert notebook.metadata["homework"]["seed"] == student_seed(7, "Zoë, Smith")


def test_class_list_is_read_before_anything_is_made(tmp_path, capsys):
    (tmp_path / "class.txt").write_text("ada\nada\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"NOT made\.\nclass\.txt: 'ada' is there twice"):
        main(["--out", str(tmp_path / "out"), "--students", str(tmp_path / "class.txt")])
    for path, fault in ((tmp_path / "absent.txt", "is not there"), (tmp_path, "is a folder")):
        with pytest.raises(SystemExit):
            main(["--out", str(tmp_path / "out"), "--students", str(path)])
        assert f"argument --students: {path} {fault}: name a file" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_names_of_one_file_do_not_depend_on_the_rest_of_the_list():
    few, more = ["a b", "a_b"], ["zoe", "a-b", "a_b", "A b", "a b"]
    assert len(set(file_names(more).values())) == len(more)
    assert all(file_names(more)[name] == file for name, file in file_names(few).items())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ada\n zoe\nada \n", "class.txt: 'ada' is there twice"),
        ("jose\u0301\njos\u00e9".encode(), "class.txt: 'jos\u00e9' is there twice"),
        (b"ada\nZo\xeb\n", "class.txt:2: not in UTF-8"),
        (b"\n \n", "class.txt holds no name: write one per line"),
    ],
)
def test_class_list_that_cannot_be_read_names_the_place(tmp_path, content, words):
    (tmp_path / "class.txt").write_bytes(content)
    with pytest.raises(ValueError, match=words):
        read_class(tmp_path / "class.txt")


def test_master_is_outside_the_folder_that_sphinx_reads():
    assert MASTER.parent.name == "homework"
    assert not [part for part in MASTER.parts if part == "book"]


def test_name_that_looks_like_a_file_made_unique_takes_no_other_students_file():
    few = file_names(["A B", "A_B"])
    more = file_names(["A B", "A_B", few["A B"]])
    assert len(set(more.values())) == 3
    assert more["A B"] == few["A B"]


@pytest.mark.parametrize("name", ["a\u2028b", "a\x0bb", "a\x85b", '"a", b', "=cmd|x"])
def test_name_with_marks_that_may_end_a_line_comes_back_from_the_class_list(tmp_path, name):
    (file,) = (files := file_names([name])).values()
    assert read_roster(write_roster(tmp_path / "students.csv", files)) == {file.casefold(): name}
