"""Find what in a notebook is the student's own: neither handed out, nor what a question forces."""

import re
from dataclasses import dataclass

from homework_tools.editions.notebooks import student_notebook
from homework_tools.grading.similar.pieces import MAX_CHARACTERS, Piece, code_pieces, text_pieces
from homework_tools.grading.submission import Submission, answer, handed_out
from homework_tools.master.master import Master


@dataclass(frozen=True)
class Part:
    """What a student wrote in one place."""

    question: str  # the question, "" for code of none
    text: str
    pieces: tuple[Piece, ...]  # those of its pieces that nobody was handed out


class OwnParts:
    """Knows what was handed out with the homework, and the model solutions."""

    def __init__(self, master: Master):
        self._master = master
        cells = student_notebook(master).cells
        self._given = {c.source.strip() for c in cells if c.cell_type == "code"}
        texts = [c.source for c in cells if c.cell_type == "markdown"]
        self._texts = handed_out(master)
        code = [*self._given, *(cell.solved for cell in master.code("solution"))]
        texts += [cell.model_answer for cell in master.code("answer")]
        self._known = {piece.mark for each in code for piece in code_pieces(each)}
        self._known |= {piece.mark for each in texts for piece in text_pieces(each)}
        self._questions = master.question_of

    def code(self, submission: Submission) -> list[tuple[str, str]]:
        """Return question and text of each cell of code that is not as it was handed out.

        Those that belong to a question come first: nothing that is only long hides them.
        """
        found = [
            (submission.solutions.get(number) or self._defines(source), source)
            for number, source in submission.code
            if source.strip() not in self._given
        ]
        return sorted(found, key=lambda cell: not cell[0])

    def of(self, submission: Submission) -> list[Part]:
        """Return what a student wrote, place by place: code first, then answers in words.

        Of a very long notebook it is only the beginning.
        """
        parts, room = [], MAX_CHARACTERS
        for question, source in self.code(submission):
            text, room = source[:room], max(0, room - len(source))
            parts.append(Part(question, text, self._own(code_pieces(text))))
        for cell in self._master.code("answer"):
            text = answer(submission, cell.question, self._texts)[:MAX_CHARACTERS]
            parts.append(Part(cell.question, text, self._own(text_pieces(text))))
        return [part for part in parts if part.text.strip()]

    def _own(self, pieces: list[Piece]) -> tuple[Piece, ...]:
        return tuple(piece for piece in pieces if piece.mark not in self._known)

    def _defines(self, source: str) -> str:
        """Return the question whose function a cell defines first, "" if it defines none."""
        names = re.findall(r"^def[ \t]+(\w+)", source, re.MULTILINE)
        return next((self._questions[name] for name in names if name in self._questions), "")
