"""Make the texts to read, which the site shows as well: the handout and the solutions."""

from homework_tools.master.master import Master
from homework_tools.words.translator import gettext


def handout(master: Master) -> str:
    """Return the assignment as Markdown to read: text, given code, stubs and questions."""
    pieces = []
    for cell in master.cells:
        if cell.kind in ("text", "answer"):
            pieces.append(master.text(cell.public))
        elif cell.kind in ("given", "solution"):
            pieces.append(_fenced(cell.public))
    return "\n\n".join(pieces) + "\n"


def solutions_page(master: Master) -> str:
    """Return the solutions and model answers as Markdown; no hidden test and no rubric.

    It does so whatever `solutions` says in course.yml: the caller decides.
    """
    pieces = []
    for question in master.questions():
        pieces.append("## " + gettext("Question {question}").format(question=question))
        for cell in master.cells:
            if cell.question == question and cell.kind == "solution":
                pieces.append(_fenced(cell.solved))
            elif cell.question == question and cell.kind == "answer":
                pieces.append(master.text(cell.model_answer))
    return "\n\n".join(pieces) + "\n"


def _fenced(source: str) -> str:
    return f"```python\n{source}\n```"
