"""Find what a student wrote for a free-text question."""

from homework_tools.editions.notebooks import PLACEHOLDER
from homework_tools.grading.submission import Submission, answer_heading
from homework_tools.master.sections import without_addresses
from homework_tools.words.translator import gettext


def answer(submission: Submission, question: str, known: set[str]) -> str:
    """Return what a student wrote for a free-text question.

    `known` are the texts of the notebook as it was handed out, `without_addresses`: a cell that the
    student added below the answer belongs to it, a cell that was there does not.
    """
    parts, last = [], None
    for cell in submission.text:
        added = last is not None and cell["number"] == last + 1 and not cell["question"]
        handed_out = without_addresses(cell["source"].strip()) in known
        if cell["question"] == question or (added and not handed_out):
            written = answer_heading().sub("", cell["source"])
            written = written.replace(gettext(PLACEHOLDER), "").strip()
            parts.append(written)
            last = cell["number"]
    return "\n\n".join(part for part in parts if part)
