"""Find what a student wrote for a free-text question."""

from homework_tools.grading.submission import ANSWER, Submission
from homework_tools.master.sections import without_addresses

PLACEHOLDER = "*Write here, in place of this line.*"


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
            written = ANSWER.sub("", cell["source"]).replace(PLACEHOLDER, "").strip()
            parts.append(written)
            last = cell["number"]
    return "\n\n".join(part for part in parts if part)
