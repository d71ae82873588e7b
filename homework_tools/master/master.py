"""What the homework's master, `homework/homework.md`, is made of: settings, cells and questions.

The master is a MyST notebook with everything in it: text, given code, solutions, checks that the
students see, tests that they don't, and model answers. Whatever is made for students, for
instructors or for a grader is made from what `read_master` returns.
"""

import ast
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from homework_tools.master.course import Course, MasterError
from homework_tools.master.due_date import in_words
from homework_tools.master.sections import Section, with_sections
from homework_tools.words.translator import ngettext

CODE_KINDS = ("given", "solution", "check", "hidden-setup", "hidden-test")
BEGIN = r"^(?P<indent> *)### BEGIN SOLUTION *(?P<todo>.*)$"
END = r"^ *### END SOLUTION *$"
SOLUTION = re.compile(rf"{BEGIN}\n(?P<code>(?:.*\n)*?){END}", re.MULTILINE)
STUB = "# TODO: {todo}\nraise NotImplementedError()"
BEGIN_ANSWER = "<!-- BEGIN MODEL ANSWER -->"
BEGIN_RUBRIC = "<!-- BEGIN RUBRIC -->"
END_ANSWER = "<!-- END MODEL ANSWER -->"
RUBRIC_ITEM = re.compile(r"^- (?P<points>\d+) points?: (?P<what>\S.*)$")
PLACE = re.compile(r"\{\{ *(?P<name>\w+)(?: +(?P<question>\w+))? *\}\}")


@dataclass(frozen=True, kw_only=True)
class Settings(Course):
    """What `course.yml` says of the course, and the front matter of the homework."""

    id: str  # name of the homework in file names
    points: int  # all points, those of free text included

    @property
    def due_date(self) -> str:
        """Return when the homework is due, in words."""
        return in_words(self.due, self.language)


@dataclass(frozen=True)
class RubricItem:
    """What earns some of the points of a free-text answer."""

    points: int
    what: str  # what the answer must say


@dataclass(frozen=True)
class Cell:
    """One cell of the master."""

    kind: str  # "text", "answer" or one of `CODE_KINDS`
    source: str
    line: int  # the line of the master on which its source begins, counted from 1
    question: str = ""  # the question that it belongs to, "" for none
    points: int = 0  # the points that it is worth: a hidden test or a free-text answer
    title: str = ""  # a hidden test's name, which a student may read

    def marked(self, solution: str) -> str:
        """Return the source with another text in the place of each solution and its marks.

        In the text `{todo}` is what the student has to do, and a line `{code}` the solution; it is
        indented as the marks are.
        """

        def filled(found: re.Match) -> str:
            text = solution.format(todo=found["todo"], code="{code}")
            text = textwrap.indent(text, found["indent"])
            return text.replace(found["indent"] + "{code}", found["code"].removesuffix("\n"))

        return SOLUTION.sub(filled, self.source)

    @property
    def stub(self) -> str:
        """Return a solution as a student gets it: with a TODO in its place."""
        return self.marked(STUB)

    @property
    def solved(self) -> str:
        """Return the code with its solution, without the lines that mark it."""
        return self.marked("{code}")

    @property
    def solution_lines(self) -> list[str]:
        """Return the lines of a solution that a student must not see."""
        return [line for m in SOLUTION.finditer(self.source) for line in m["code"].split("\n")]

    @property
    def public(self) -> str:
        """Return what a student may read of the cell, "" if that is nothing."""
        if self.kind == "solution":
            return self.stub
        if self.kind == "answer":
            return self.question_text
        return self.source if self.kind in ("text", "given", "check") else ""

    @property
    def question_text(self) -> str:
        """Return what a free-text cell asks."""
        return self.source.partition(BEGIN_ANSWER)[0].rstrip()

    @property
    def model_answer(self) -> str:
        """Return a free-text cell's model answer."""
        return self.source.partition(BEGIN_ANSWER)[2].partition(BEGIN_RUBRIC)[0].strip()

    @property
    def rubric(self) -> list[RubricItem]:
        """Return what earns the points of a free-text cell."""
        text = self.source.partition(BEGIN_RUBRIC)[2].partition(END_ANSWER)[0]
        matches = [RUBRIC_ITEM.match(line) for line in text.split("\n")]
        return [RubricItem(int(match["points"]), match["what"]) for match in matches if match]


@dataclass(frozen=True)
class Master:
    """The homework, whole."""

    path: Path
    settings: Settings  # its front matter, and the course's settings
    cells: tuple[Cell, ...]  # its cells, from top to bottom
    sections: dict[str, Section] = field(default_factory=dict, hash=False)  # by question
    book: str = ""  # the address of a chapter, with `{}` for its name; "" while it is not known

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

    @property
    def question_of(self) -> dict[str, str]:
        """Return which question asks for each function that a student writes, by its name."""
        cells = self.code("solution")
        return {node.name: cell.question for cell in cells for node in functions(cell.solved)}

    def functions(self, question: str) -> tuple[str, ...]:
        """Return the names of the functions that a question asks for."""
        return tuple(name for name, asked in self.question_of.items() if asked == question)

    def section(self, question: str) -> str:
        """Return Markdown that names what to read for a question, "" if nothing is known."""
        section = self.sections.get(question)
        return section.words(self.book) if section else ""

    def text(self, source: str) -> str:
        """Return a text with `{{ due_date }}`, `{{ points 1a }}` and so on filled in.

        Below each question's heading it says what to read in the book.
        """
        text = PLACE.sub(lambda match: self._value(match["name"], match["question"]), source)
        return with_sections(text, self.section)

    def _value(self, name: str, question: str | None) -> str:
        if name == "points" and question:
            if question not in self.questions():
                raise KeyError(f"points {question}")
            return ngettext("{n} point", "{n} points", self.points(question))
        values = {
            "title": self.settings.title,
            "course": "".join(f"{each} · " for each in self.settings.where),
            "due_date": self.settings.due_date,
            "points": self.settings.points,
            "seed": self.settings.seed,
        }
        return str(values[name])


def broken(path: Path, line: int, message: str) -> MasterError:
    """Return the error of a broken rule, which names the master and the line."""
    name = "/".join(Path(path).parts[-2:])
    return MasterError(f"{name}:{line}: {message}")


def functions(source: str) -> list[ast.FunctionDef]:
    """Return the functions that a cell's code defines."""
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
