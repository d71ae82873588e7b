"""Compare the notebooks of a class: a page of similar pairs, and a note on the same ones."""

import hashlib
import re
from collections import defaultdict

import numpy as np

from homework_tools.grading.collect import with_cells
from homework_tools.grading.reports.safe_text import few
from homework_tools.grading.similar.own import OwnParts, Part
from homework_tools.grading.similar.page import similar_page
from homework_tools.grading.similar.pairs import LEAST_PIECES, similar_pairs
from homework_tools.grading.similar.pieces import MAX_CHARACTERS
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.words.translator import gettext, gettext_noop

MAX_PAIRS = 50
NAMED = 5  # others in a note


def look_for_similar(
    submissions: list[Submission], master: Master
) -> tuple[str, int, dict[str, list[str]]]:
    """Return what to look at in a class; submissions are read one at a time.

    That is a page of HTML with the pairs side by side, how many there are, and for each student
    what is to be said of notebooks that are the same as theirs.
    """
    own = OwnParts(master)
    readable = {each.student: each for each in submissions if not each.fault}
    names = {student: each.name or student for student, each in readable.items()}
    marks, files, answers, long = {}, {}, {}, []
    for student, each in readable.items():
        whole = with_cells(each)
        parts = own.of(whole)
        if sum(len(source) for _, source in own.code(whole)) > MAX_CHARACTERS:
            long.append(student)
        found = {piece.mark for part in parts for piece in part.pieces}
        marks[student] = np.array(sorted(found), dtype=np.uint64)
        files[student] = each.digest if parts else ""  # untouched notebooks are the same
        answers[student] = _key(parts) if len(found) >= LEAST_PIECES else ""
    found_pairs = similar_pairs(marks)
    pairs = found_pairs[:MAX_PAIRS]
    shown = {student for pair in pairs for student in (pair.first, pair.second)}
    parts = {student: own.of(with_cells(readable[student])) for student in shown}
    left_out = len(found_pairs) - len(pairs)
    shown = [(p, parts[p.first], parts[p.second]) for p in pairs]
    page = similar_page(shown, names, left_out, master.settings.language)
    notes = _notes(files, answers, names)
    for student in long:
        words = gettext("look: only the first {count} characters of its code were compared")
        notes[student].append(words.format(count=f"{MAX_CHARACTERS:,}"))
    return page, len(pairs), notes


def _key(parts: list[Part]) -> str:
    """Return what is the same for notebooks with the same answers, apart from spaces."""
    texts = sorted(part.question + re.sub(r"\s+", "", part.text) for part in parts)
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()


def _notes(
    files: dict[str, str], answers: dict[str, str], names: dict[str, str]
) -> dict[str, list[str]]:
    """Say of each student with whom the file is the same, or the answers are."""
    notes: dict[str, list[str]] = defaultdict(list)
    same_file = gettext_noop("look: the same file as {students}")
    same_answers = gettext_noop("look: the same answers as {students}")
    for words, keys in ((same_file, files), (same_answers, answers)):
        together = defaultdict(list)
        for student, key in keys.items():
            together[key or student].append(student)  # a key "" is that of nobody
        for students in together.values():
            for student in students:
                others = ", ".join(few([names[s] for s in students if s != student], NAMED))
                if others and not any(others in note for note in notes[student]):
                    notes[student].append(gettext(words, students=others))
    return notes
