"""The rules that a master must keep, each with the line that breaks it and the remedy."""

import ast
import re
from pathlib import Path

from homework_tools.master.master import (
    BEGIN,
    BEGIN_ANSWER,
    BEGIN_RUBRIC,
    CODE_KINDS,
    END,
    END_ANSWER,
    Cell,
    Master,
    broken,
    functions,
)
from homework_tools.master.sections import TABLE

TABLE_OF_SIGNATURES = "SIGNATURES in homework_tools/master/rules.py"

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


def check_master(master: Master) -> None:
    """Refuse a master at the first rule that it breaks.

    The MasterError has file, line and remedy.
    """
    for cell in master.cells:
        _check_cell(master.path, cell)
        if cell.kind == "hidden-test" and master.settings.language.startswith("en"):
            _check_title(master.path, cell)
    _check_questions(master)
    _check_sections(master)
    _check_signatures(master)
    _check_points(master)
    _check_places(master)
    _check_seed(master)


def _check_cell(path: Path, cell: Cell) -> None:
    if cell.kind in CODE_KINDS:
        _check_markers(path, cell)
        for source in {cell.solved, cell.stub}:
            try:
                ast.parse(source)
            except SyntaxError as error:
                message = f"this cell is no valid Python: {error.msg}"
                raise broken(path, cell.line + (error.lineno or 1) - 1, message) from None
    elif cell.kind == "answer":
        _check_answer(path, cell)
    elif "BEGIN SOLUTION" in cell.source or "MODEL ANSWER" in cell.source:
        raise broken(path, cell.line, "a solution in plain text, which every student would read")


def _check_markers(path: Path, cell: Cell) -> None:
    opened = 0
    for line, text in enumerate(cell.source.split("\n"), cell.line):
        begins, ends = re.match(BEGIN, text), re.match(END, text)
        if not (begins or ends) and re.search(r"(BEGIN|END) SOLUTION", text):
            raise broken(path, line, "a marker is `### BEGIN SOLUTION <what to do>` or its END")
        if (begins or ends) and cell.kind != "solution":
            raise broken(path, line, f"a marker of a solution in a cell tagged {cell.kind!r}")
        if begins and opened:
            raise broken(path, line, f"BEGIN SOLUTION again, before END (begun at line {opened})")
        if begins and not begins["todo"]:
            raise broken(path, line, "say after BEGIN SOLUTION what the student has to do")
        if ends and not opened:
            raise broken(path, line, "END SOLUTION without a BEGIN")
        opened = line if begins else 0 if ends else opened
    if opened:
        raise broken(path, opened, "BEGIN SOLUTION without an END")
    if cell.kind == "solution" and cell.stub == cell.source:
        raise broken(path, cell.line, "a solution cell without BEGIN SOLUTION and END SOLUTION")


def _check_title(path: Path, cell: Cell) -> None:
    if not re.match(r"[a-z]+s\b", cell.title):
        message = f"the title {cell.title!r} must say what is true of a right solution: `keeps ...`"
        raise broken(path, cell.line, message)


def _check_answer(path: Path, cell: Cell) -> None:
    marks = [BEGIN_ANSWER, BEGIN_RUBRIC, END_ANSWER]
    where = [cell.source.find(mark) for mark in marks]
    if [cell.source.count(mark) for mark in marks] != [1, 1, 1] or where != sorted(where):
        message = f"a free-text cell has, once and in order: {', '.join(marks)}"
        raise broken(path, cell.line, message)
    if cell.source.partition(END_ANSWER)[2].strip():
        raise broken(path, cell.line, f"nothing may follow {END_ANSWER} in its cell")
    if not cell.question_text or not cell.model_answer:
        raise broken(path, cell.line, "a free-text cell needs a question and a model answer")
    total = sum(item.points for item in cell.rubric)
    if total != cell.points:
        message = f"the rubric's lines `- 1 point: ...` add up to {total}, not to {cell.points}"
        raise broken(path, cell.line, message)


def _check_questions(master: Master) -> None:
    asked = {}
    for cell in master.cells:
        if cell.kind in ("solution", "answer"):
            if asked.get(cell.question, cell.kind) != cell.kind or (
                cell.kind == "answer" and cell.question in asked
            ):
                raise broken(master.path, cell.line, f"question {cell.question!r} is asked twice")
            asked[cell.question] = cell.kind
        elif cell.question and asked.get(cell.question) != "solution":
            message = f"unknown question {cell.question!r}: no solution cell above has that name"
            raise broken(master.path, cell.line, message)
    for cell in master.code("solution"):
        for kind in ("check", "hidden-test"):
            if not master.code(kind, cell.question):
                message = f"question {cell.question!r} has no cell tagged {kind!r}"
                raise broken(master.path, cell.line, message)


def _check_sections(master: Master) -> None:
    for question in master.sections.keys() - set(master.questions()):
        message = f"a section for question {question!r}, which the homework does not ask"
        raise broken(master.path.with_name(TABLE), 1, message)


def _check_signatures(master: Master) -> None:
    seen = {}
    for cell in master.cells:
        if cell.kind not in CODE_KINDS:
            continue
        for node in functions(cell.solved):
            line = cell.line + node.lineno - 1
            if node.name not in SIGNATURES:
                if cell.kind == "solution":  # the grader could not say how the tests call it
                    message = f"{node.name} is not in {TABLE_OF_SIGNATURES}: add it with its "
                    raise broken(master.path, line, f"{message}arguments, or correct its name")
                continue
            if cell.kind not in ("given", "solution") or node.name in seen:
                raise broken(master.path, line, f"{node.name} is defined a second time")
            seen[node.name] = line
            if ast.unparse(node.args) != SIGNATURES[node.name]:
                message = (
                    f"the signature {node.name}({ast.unparse(node.args)}) has changed; it must "
                    f"stay {node.name}({SIGNATURES[node.name]})"
                )
                raise broken(master.path, line, message)
        if [ast.dump(node.args) for node in functions(cell.stub)] != [
            ast.dump(node.args) for node in functions(cell.solved)
        ]:
            raise broken(master.path, cell.line, "the stub's functions differ from the solution's")
    for name in SIGNATURES.keys() - seen.keys():
        message = f"no given or solution cell defines {name}: write it, or take it out of "
        raise broken(master.path, 1, message + TABLE_OF_SIGNATURES)


def _check_points(master: Master) -> None:
    total = sum(cell.points for cell in master.cells)
    if total != master.settings.points:
        lines = master.path.read_text(encoding="utf-8").split("\n")
        line = next(n for n, text in enumerate(lines, 1) if text.startswith("  points:"))
        message = (
            f"the front matter says {master.settings.points} points; those of the hidden tests "
            f"and the free-text answers add up to {total}"
        )
        raise broken(master.path, line, message)


def _check_places(master: Master) -> None:
    for cell in master.cells:
        if cell.kind not in ("text", "answer"):
            continue
        for line, text in enumerate(cell.source.split("\n"), cell.line):
            try:
                master.text(text)
            except KeyError as error:
                message = f"{{{{ {error.args[0]} }}}} has no value"
                raise broken(master.path, line, message) from None


def _check_seed(master: Master) -> None:
    published = re.compile(r"\bseed=(\d+)")
    for cell in master.code("given"):
        for line, text in enumerate(cell.source.split("\n"), cell.line):
            for found in published.findall(text):
                if int(found) != master.settings.seed:
                    message = (
                        f"seed={found} in the given code, but course.yml says "
                        f"{master.settings.seed}: run `python tasks.py seed {master.settings.seed}`"
                    )
                    raise broken(master.path, line, message)
