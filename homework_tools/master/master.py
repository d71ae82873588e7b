"""Read the homework's master, `homework/homework.md`, and refuse one that breaks its rules.

The master is a MyST notebook with everything in it: text, given code, solutions, checks that the
students see, tests that they don't, and model answers. Whatever is made for students, for
instructors or for a grader is made from what `read_master` returns.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import jupytext
import yaml

MASTER = Path(__file__).resolve().parents[2] / "homework" / "homework.md"
CODE_KINDS = ("given", "solution", "check", "hidden-setup", "hidden-test")
KINDS = ("text", "answer", *CODE_KINDS)
KEYS = {  # what each kind of cell must say beside its tag
    "given": set(),
    "solution": {"question"},
    "check": {"question"},
    "hidden-setup": set(),
    "hidden-test": {"question", "points", "title"},
    "answer": {"question", "points"},
    "text": set(),
}
SETTINGS = {"id": str, "title": str, "due": str, "points": int, "seed": int, "solutions": str}
# The author's names, arguments and defaults, then those of the functions that are ours.
SIGNATURES = {
    "simulate_dataset": "n_samples=60, n_genes=100, n_shift=10, shift_size=3.0, noise_sd=0.2, "
    "missing_p=0.0, seed=None",
    "filter_genes": "df_expr, max_missing=0.8",
    "log2_normalize_expression": "df_expr, pseudocount=1.0",
    "group_mean_differences": "df_expr, df_meta, group_col='group'",
    "volcano_plot": "results, alpha=0.05",
    "find_shifted_genes": "df_expr, df_meta, n=10",
    "save_shifted_genes": "true_genes, path='ShiftedGenes.csv'",
    "top_genes": "results, n=10",
    "count_true_genes": "top, path='ShiftedGenes.csv'",
    "error_rates": "results, true_genes, alpha=0.05",
}
BEGIN = re.compile(r"^(?P<indent> *)### BEGIN SOLUTION *(?P<todo>.*)$")
END = re.compile(r"^ *### END SOLUTION *$")
BEGIN_ANSWER = "<!-- BEGIN MODEL ANSWER -->"
BEGIN_RUBRIC = "<!-- BEGIN RUBRIC -->"
END_ANSWER = "<!-- END MODEL ANSWER -->"
RUBRIC_ITEM = re.compile(r"^- (?P<points>\d+) points?: (?P<what>\S.*)$")
PLACE = re.compile(r"\{\{ *(?P<name>\w+)(?: +(?P<question>\w+))? *\}\}")


class MasterError(ValueError):
    """The master breaks a rule; the message begins with its file and line."""


@dataclass(frozen=True)
class Settings:
    """The front matter's mapping `homework`: the one place for each of these."""

    id: str
    """Name of the homework in file names."""
    title: str
    """Its title."""
    due: str
    """The due date, in words."""
    points: int
    """All points, those of free text included."""
    seed: int
    """The seed of the published data."""
    solutions: str
    """"hidden", or "released" to publish them on the site."""


@dataclass(frozen=True)
class Cell:
    """One cell of the master."""

    kind: str
    """One of `KINDS`."""
    source: str
    """What is written in it."""
    line: int
    """The line of the master on which its source begins, counted from 1."""
    question: str = ""
    """The question that it belongs to, "" for none."""
    points: int = 0
    """The points that it is worth: a hidden test or a free-text answer."""
    title: str = ""
    """A hidden test's name, which a student may read."""


@dataclass(frozen=True)
class RubricItem:
    """What earns some of the points of a free-text answer."""

    points: int
    """The points."""
    what: str
    """What the answer must say."""


@dataclass(frozen=True)
class Master:
    """The homework, whole."""

    path: Path
    """The file."""
    settings: Settings
    """Its front matter."""
    cells: tuple[Cell, ...]
    """Its cells, from top to bottom."""

    @property
    def name(self) -> str:
        """The file, as messages name it."""
        return "/".join(self.path.parts[-2:])

    def code(self, kind: str, question: str | None = None) -> tuple[Cell, ...]:
        """Return the cells of a kind, of one question if it is given."""
        wanted = [cell for cell in self.cells if cell.kind == kind]
        return tuple(cell for cell in wanted if question in (None, cell.question))

    def questions(self) -> tuple[str, ...]:
        """Return the names of all questions, in order."""
        asked = [cell.question for cell in self.cells if cell.kind in ("solution", "answer")]
        return tuple(dict.fromkeys(asked))

    def points(self, question: str) -> int:
        """Return the points of a question."""
        return sum(cell.points for cell in self.cells if cell.question == question)

    def functions(self, question: str) -> tuple[str, ...]:
        """Return the names of the functions that a question asks for."""
        cells = self.code("solution", question)
        return tuple(node.name for cell in cells for node in _functions(solved(cell)))

    def text(self, source: str) -> str:
        """Return a text with `{{ due_date }}`, `{{ points 1a }}` and so on filled in."""
        return PLACE.sub(lambda match: self._value(match["name"], match["question"]), source)

    def _value(self, name: str, question: str | None) -> str:
        if name == "points" and question:
            if question not in self.questions():
                raise KeyError(f"points {question}")
            points = self.points(question)
            return f"{points} point" + "s" * (points != 1)
        values = {
            "title": self.settings.title,
            "due_date": self.settings.due,
            "points": self.settings.points,
            "seed": self.settings.seed,
        }
        return str(values[name])


def read_settings(path: Path = MASTER) -> Settings:
    """Return the settings in the master's front matter.

    Parameters
    ----------
    path : Path
        The master.

    Returns
    -------
    Settings
        The settings.

    Raises
    ------
    MasterError
        If one is absent, unknown or of the wrong type.
    """
    text = Path(path).read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---\n", text, flags=re.S)
    try:
        found = yaml.safe_load(match[1]) if match else None
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: a date that cannot be
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 2
        why = getattr(error, "problem", None) or error
        message = f"no valid YAML ({why}): put text with a colon, and dates, in quotes"
        raise _error(path, line, message) from None
    found = found.get("homework") if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise _error(path, 1, "no front matter with a mapping `homework:`")
    lines = text.split("\n")

    def line_of(name: str) -> int:
        return next((n for n, line in enumerate(lines, 1) if line.startswith(f"  {name}:")), 1)

    for name in found.keys() - SETTINGS.keys():
        raise _error(path, line_of(name), f"unknown setting {name!r}: one of {', '.join(SETTINGS)}")
    for name, kind in SETTINGS.items():
        if type(found.get(name)) is not kind:
            wanted = "a whole number" if kind is int else "text (a date in quotes)"
            message = f"the setting `{name}` must be {wanted}, not {found.get(name)!r}"
            raise _error(path, line_of(name), message)
    if found["solutions"] not in ("hidden", "released"):
        message = f"`solutions` must be hidden or released, not {found['solutions']!r}"
        raise _error(path, line_of("solutions"), message)
    return Settings(**found)


def read_master(path: Path = MASTER, seed: int | None = None) -> Master:
    """Return the homework, checked.

    Parameters
    ----------
    path : Path
        The master.
    seed : int, optional
        Another seed for the data, of a cohort or of one student; it takes the published one's
        place in the given code.

    Returns
    -------
    Master
        The homework.

    Raises
    ------
    MasterError
        At the first rule that is broken, with file, line and remedy.
    """
    path, settings = Path(path), read_settings(path)
    master = Master(path, settings, tuple(_cells(path)))
    for cell in master.cells:
        _check_cell(path, cell)
    _check_questions(master)
    _check_signatures(master)
    _check_points(master)
    _check_places(master)
    _check_seed(master)
    if seed is None:
        return master
    changed = [_reseeded(cell, settings.seed, seed) for cell in master.cells]
    return replace(master, settings=replace(settings, seed=seed), cells=tuple(changed))


def stub(cell: Cell) -> str:
    """Return a solution cell as a student gets it: with a TODO in the solution's place."""
    lines, inside = [], False
    for line in cell.source.split("\n"):
        if match := BEGIN.match(line):
            inside = True
            lines.append(f"{match['indent']}# TODO: {match['todo']}")
            lines.append(f"{match['indent']}raise NotImplementedError()")
        elif END.match(line):
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def solved(cell: Cell) -> str:
    """Return a solution cell with its solution, without the lines that mark it."""
    lines = cell.source.split("\n")
    return "\n".join(line for line in lines if not (BEGIN.match(line) or END.match(line)))


def solution_lines(cell: Cell) -> list[str]:
    """Return the lines of a solution cell that a student must not see."""
    lines, inside = [], False
    for line in cell.source.split("\n"):
        marks = bool(BEGIN.match(line)) - bool(END.match(line))
        if marks:
            inside = marks > 0
        elif inside:
            lines.append(line)
    return lines


def question_text(cell: Cell) -> str:
    """Return what a free-text cell asks."""
    return cell.source.partition(BEGIN_ANSWER)[0].rstrip()


def model_answer(cell: Cell) -> str:
    """Return a free-text cell's model answer."""
    return cell.source.partition(BEGIN_ANSWER)[2].partition(BEGIN_RUBRIC)[0].strip()


def rubric(cell: Cell) -> list[RubricItem]:
    """Return what earns the points of a free-text cell."""
    text = cell.source.partition(BEGIN_RUBRIC)[2].partition(END_ANSWER)[0]
    matches = [RUBRIC_ITEM.match(line) for line in text.split("\n")]
    return [RubricItem(int(match["points"]), match["what"]) for match in matches if match]


def _error(path: Path, line: int, message: str) -> MasterError:
    name = "/".join(Path(path).parts[-2:])
    return MasterError(f"{name}:{line}: {message}")


def _cells(path: Path) -> Iterator[Cell]:
    """Yield the cells, each with the line on which its source begins."""
    text = path.read_text(encoding="utf-8")
    position = text.index("\n---\n") + 4
    for found in jupytext.reads(text, "md:myst").cells:
        if not found.source:
            continue
        position = text.index("\n" + found.source, position) + 1
        line = text.count("\n", 0, position) + 1
        position += len(found.source)
        yield _cell(path, line, found)


def _cell(path: Path, line: int, found) -> Cell:
    settings = dict(found.metadata)
    tags = list(settings.pop("tags", []))
    allowed = CODE_KINDS if found.cell_type == "code" else ("answer",)
    if len(tags) > 1 or (found.cell_type == "code" and not tags):
        raise _error(path, line, f"a cell has one tag, not {tags}: one of {', '.join(allowed)}")
    kind = tags[0] if tags else "text"
    if tags and kind not in allowed:
        raise _error(path, line, f"unknown tag {kind!r}: one of {', '.join(allowed)}")
    for key in settings.keys() - KEYS[kind]:
        raise _error(path, line, f"unknown key {key!r} of a cell tagged {kind!r}")
    for key in sorted(KEYS[kind] - settings.keys()):
        raise _error(path, line, f"a cell tagged {kind!r} needs the key `{key}`")
    points = settings.get("points", 0)
    if "points" in settings and not (type(points) is int and points > 0):
        raise _error(path, line, f"points must be a whole number above 0, not {points!r}")
    return Cell(
        kind,
        found.source,
        line,
        question=str(settings.get("question", "")),
        points=points,
        title=str(settings.get("title", "")),
    )


def _check_cell(path: Path, cell: Cell) -> None:
    if cell.kind in CODE_KINDS:
        _check_markers(path, cell)
        for source in {solved(cell), stub(cell)}:
            try:
                ast.parse(source)
            except SyntaxError as error:
                message = f"this cell is no valid Python: {error.msg}"
                raise _error(path, cell.line + (error.lineno or 1) - 1, message) from None
    elif cell.kind == "answer":
        _check_answer(path, cell)
    elif "BEGIN SOLUTION" in cell.source or "MODEL ANSWER" in cell.source:
        raise _error(path, cell.line, "a solution in plain text, which every student would read")


def _check_markers(path: Path, cell: Cell) -> None:
    opened = 0
    for line, text in enumerate(cell.source.split("\n"), cell.line):
        begins, ends = BEGIN.match(text), END.match(text)
        if not (begins or ends) and re.search(r"(BEGIN|END) SOLUTION", text):
            raise _error(path, line, "a marker is `### BEGIN SOLUTION <what to do>` or its END")
        if (begins or ends) and cell.kind != "solution":
            raise _error(path, line, f"a marker of a solution in a cell tagged {cell.kind!r}")
        if begins and opened:
            raise _error(path, line, f"BEGIN SOLUTION again, before END (begun at line {opened})")
        if begins and not begins["todo"]:
            raise _error(path, line, "say after BEGIN SOLUTION what the student has to do")
        if ends and not opened:
            raise _error(path, line, "END SOLUTION without a BEGIN")
        opened = line if begins else 0 if ends else opened
    if opened:
        raise _error(path, opened, "BEGIN SOLUTION without an END")
    if cell.kind == "solution" and stub(cell) == cell.source:
        raise _error(path, cell.line, "a solution cell without BEGIN SOLUTION and END SOLUTION")


def _check_answer(path: Path, cell: Cell) -> None:
    marks = [BEGIN_ANSWER, BEGIN_RUBRIC, END_ANSWER]
    where = [cell.source.find(mark) for mark in marks]
    if [cell.source.count(mark) for mark in marks] != [1, 1, 1] or where != sorted(where):
        message = f"a free-text cell has, once and in order: {', '.join(marks)}"
        raise _error(path, cell.line, message)
    if cell.source.partition(END_ANSWER)[2].strip():
        raise _error(path, cell.line, f"nothing may follow {END_ANSWER} in its cell")
    if not question_text(cell) or not model_answer(cell):
        raise _error(path, cell.line, "a free-text cell needs a question and a model answer")
    total = sum(item.points for item in rubric(cell))
    if total != cell.points:
        message = f"the rubric's lines `- 1 point: ...` add up to {total}, not to {cell.points}"
        raise _error(path, cell.line, message)


def _check_questions(master: Master) -> None:
    asked = {}
    for cell in master.cells:
        if cell.kind in ("solution", "answer"):
            if asked.get(cell.question, cell.kind) != cell.kind or (
                cell.kind == "answer" and cell.question in asked
            ):
                raise _error(master.path, cell.line, f"question {cell.question!r} is asked twice")
            asked[cell.question] = cell.kind
        elif cell.question and asked.get(cell.question) != "solution":
            message = f"unknown question {cell.question!r}: no solution cell above has that name"
            raise _error(master.path, cell.line, message)
    for cell in master.code("solution"):
        for kind in ("check", "hidden-test"):
            if not master.code(kind, cell.question):
                message = f"question {cell.question!r} has no cell tagged {kind!r}"
                raise _error(master.path, cell.line, message)


def _check_signatures(master: Master) -> None:
    seen = {}
    for cell in master.cells:
        if cell.kind not in CODE_KINDS:
            continue
        for node in _functions(solved(cell)):
            line = cell.line + node.lineno - 1
            if node.name not in SIGNATURES:
                continue
            if cell.kind not in ("given", "solution") or node.name in seen:
                raise _error(master.path, line, f"{node.name} is defined a second time")
            seen[node.name] = line
            if ast.unparse(node.args) != SIGNATURES[node.name]:
                message = (
                    f"the signature {node.name}({ast.unparse(node.args)}) has changed; it must "
                    f"stay {node.name}({SIGNATURES[node.name]})"
                )
                raise _error(master.path, line, message)
        if [ast.dump(node.args) for node in _functions(stub(cell))] != [
            ast.dump(node.args) for node in _functions(solved(cell))
        ]:
            raise _error(master.path, cell.line, "the stub's functions differ from the solution's")
    for name in SIGNATURES.keys() - seen.keys():
        raise _error(master.path, 1, f"no given or solution cell defines {name}")


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def _check_points(master: Master) -> None:
    total = sum(cell.points for cell in master.cells)
    if total != master.settings.points:
        lines = master.path.read_text(encoding="utf-8").split("\n")
        line = next(n for n, text in enumerate(lines, 1) if text.startswith("  points:"))
        message = (
            f"the front matter says {master.settings.points} points; those of the hidden tests "
            f"and the free-text answers add up to {total}"
        )
        raise _error(master.path, line, message)


def _check_places(master: Master) -> None:
    for cell in master.cells:
        if cell.kind not in ("text", "answer"):
            continue
        for line, text in enumerate(cell.source.split("\n"), cell.line):
            try:
                master.text(text)
            except KeyError as error:
                message = f"{{{{ {error.args[0]} }}}} has no value"
                raise _error(master.path, line, message) from None


def _check_seed(master: Master) -> None:
    published = re.compile(r"\bseed=(\d+)")
    for cell in master.code("given"):
        for line, text in enumerate(cell.source.split("\n"), cell.line):
            for found in published.findall(text):
                if int(found) != master.settings.seed:
                    message = (
                        f"seed={found} in the given code, but the front matter says "
                        f"{master.settings.seed}: run `python tasks.py seed {master.settings.seed}`"
                    )
                    raise _error(master.path, line, message)


def _reseeded(cell: Cell, old: int, new: int) -> Cell:
    if cell.kind != "given":
        return cell
    return replace(cell, source=re.sub(rf"\bseed={old}\b", f"seed={new}", cell.source))
